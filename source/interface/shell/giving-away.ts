import {setImmediate} from 'node:timers/promises';
import type {Stage} from './reach.ts';

/**
 * Stops reading from the terminal. Ink only takes its listener away: Node would go on reading, and swallow the first
 * line meant for the program that has the terminal meanwhile. Ink's listener starts it again.
 */
async function letGo(stdin: NodeJS.ReadableStream): Promise<void> {
	// Node notices one turn later that nobody listens, and stops one turn after it was asked to.
	await setImmediate();
	stdin.pause();
	await setImmediate();
}

/** The way to give the terminal away, and whether somebody has it. */
export type GivingAway = {readonly away: Stage['away']; readonly isAway: () => boolean};

/** Gives the terminal away by Ink's `suspend`, to one at a time: a key that came twice in one piece does so once. */
export function givingAway(suspend: (meanwhile: () => Promise<void>) => Promise<void>, stdin: NodeJS.ReadableStream): GivingAway {
	let isAway = false;
	return {
		isAway: () => isAway,
		away: async meanwhile => {
			if (isAway) return;
			isAway = true;
			try {
				await suspend(async () => {
					await letGo(stdin);
					await meanwhile();
				});
			} finally {
				isAway = false;
			}
		},
	};
}

import {emitKeypressEvents} from 'node:readline';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {makeController} from '../shell/controller.ts';
import type {PictureSource} from '../shell/model.ts';
import {NoKeys} from '../shell/no-keys.ts';
import type {Stage} from '../shell/reach.ts';
import {listenToSignals} from '../shell/signals.ts';
import type {StartOptions} from '../shell/start.ts';
import {type Keypress, pressesOf} from './keys.ts';
import {makeReader} from './reader.ts';

/** Only one view at a time is listened to; half of as many rows is a page. */
const size = {columns: 80, rows: 24};

/**
 * Runs the dashboard for somebody who listens, until they leave it. Lines are appended, nothing else is written: no escape
 * sequence, nothing that would have to be restored but the keys, which are read one by one.
 */
export async function startReader({source, options}: {source: PictureSource; options: StartOptions}): Promise<void> {
	const {stdin = process.stdin, stdout = process.stdout, looks} = options;
	if (!stdin.isTTY) throw new NoKeys();
	const {promise: left, resolve: leave} = Promise.withResolvers<void>();
	const raw = (isRaw: boolean) => void stdin.setRawMode(isRaw);
	const pause = (stopped: () => void) => {
		raw(false);
		stopped();
		raw(true);
	};
	let isAway = false;
	const signals = listenToSignals({restore: () => raw(false), pause, redraw: () => pause(() => {}), isAway: () => isAway});
	const away: Stage['away'] = async meanwhile => {
		isAway = true;
		stdin.off('keypress', listen);
		raw(false);
		stdin.pause();
		await nextTurn();
		try {
			await meanwhile();
		} finally {
			isAway = false;
			raw(true);
			stdin.on('keypress', listen).resume();
		}
	};
	const stage: Stage = {
		textOnly: true,
		write: () => {},
		leave,
		away,
		stop: () => void process.kill(0, 'SIGTSTP'),
	};
	const controller = makeController(source, looks, size, options);
	const reader = makeReader(source, controller, lines => void stdout.write(`${lines.join('\n')}\n`));
	const listen = (text: string | undefined, key: Keypress) => {
		for (const press of pressesOf(text, key)) reader.press(press, stage);
	};
	emitKeypressEvents(stdin);
	raw(true);
	stdin.on('keypress', listen).on('end', leave).resume();
	try {
		await left;
		await signals.passed();
	} finally {
		signals.stop();
		reader.stop();
		stdin.off('keypress', listen).off('end', leave).pause();
		raw(false);
	}
}

import {setImmediate} from 'node:timers/promises';

/**
 * Stops reading from the terminal. Ink only takes its listener away: Node would go on reading, and swallow the first
 * line meant for the program that has the terminal meanwhile. Ink's listener starts it again.
 */
export async function letGo(stdin: NodeJS.ReadableStream): Promise<void> {
	// Node notices one turn later that nobody listens, and stops one turn after it was asked to.
	await setImmediate();
	stdin.pause();
	await setImmediate();
}

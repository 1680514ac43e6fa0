import {createInterface} from 'node:readline';
import {setTimeout} from 'node:timers/promises';

/** Milliseconds in which everything comes in that was typed before. */
const moment = 20;

/** What was typed or pasted before a question was asked is no answer to it. */
async function discardTyped(): Promise<void> {
	const discard = () => {};
	process.stdin.on('data', discard).resume();
	await setTimeout(moment);
	process.stdin.pause().off('data', discard);
}

/**
 * Asks whoever sits at the terminal for a line, which the terminal itself lets them edit. Undefined where they end the input, or
 * where `signal` says that nobody needs to know any more.
 */
export async function askLine(question: string, output: NodeJS.WritableStream, signal: AbortSignal): Promise<string | undefined> {
	await discardTyped();
	if (signal.aborted || process.stdin.readableEnded) return undefined;
	output.write(question);
	const lines = createInterface({input: process.stdin, terminal: false, signal});
	return new Promise(resolve => {
		lines.once('line', line => {
			resolve(line.trim());
			lines.close();
		});
		lines.once('close', () => {
			// The cursor still stands behind the question.
			if (signal.aborted) output.write('\n');
			resolve(undefined);
		});
	});
}

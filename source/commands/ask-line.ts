import {createInterface} from 'node:readline';

/**
 * Asks whoever sits at the terminal for a line, which the terminal itself lets them edit. Undefined where they end the input, or
 * where `signal` says that nobody needs to know any more.
 */
export function askLine(question: string, output: NodeJS.WritableStream, signal: AbortSignal): Promise<string | undefined> {
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

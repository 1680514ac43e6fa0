/** What Ink writes, in fewer bytes: the screen ends up the same. A row over ssh is worth it. */

const nextLines = /(?:\u001b\[E){2,}/g;
const styleRuns = /(?:\u001b\[[\d;]*m){2,}/g;
const style = /\u001b\[([\d;]*)m/g;

/** What an SGR sequence of ours sets; undefined for any other. */
function aspectOf(parameters: string): 'colour' | 'weight' | 'inverse' | undefined {
	if (/^(39|38;[25];[\d;]+|3[0-7]|9[0-7])$/.test(parameters)) return 'colour';
	if (parameters === '1' || parameters === '22') return 'weight';
	return parameters === '7' || parameters === '27' ? 'inverse' : undefined;
}

/** With no text between them only the last of each kind counts; Ink replays the whole history of a line. */
function lastOfEach(run: string): string {
	const last = new Map<string, string>();
	for (const [sequence, parameters = ''] of run.matchAll(style)) {
		const aspect = aspectOf(parameters);
		if (aspect === undefined) return run;
		last.delete(aspect);
		last.set(aspect, sequence);
	}
	return [...last.values()].join('');
}

/** The same steps down and the same styles, said once. */
export function thrifty(bytes: string): string {
	return bytes.replace(nextLines, steps => `\u001b[${steps.length / 3}E`).replace(styleRuns, lastOfEach);
}

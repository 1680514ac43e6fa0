import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {libraryTexts} from '../../source/files/library.ts';
import {configFolder} from '../../source/files/places.ts';
import {parseRunbooks} from '../../source/runbooks/parse/parse.ts';
import {stepsOf} from '../../source/runbooks/session/steps.ts';
import {doingLines, proseBetween} from '../../source/runbooks/walk/page.ts';
import {median} from './proc.ts';
import {watch} from './terminal.ts';
import {timed} from './timed.ts';

const program = 'dist/midwatch.cjs';
const node = process.execPath;

/** A runbook of 1,000 lines: prose, tables, and a command to every ten of them. */
function longRunbook(): string {
	const section = (at: number) => [
		`## Investigation ${at}`,
		'',
		`Look at what the pods of \`ns-${at}\` say, and **whether** they are [ready](https://example.org/${at}).`,
		'',
		`1. See which pods do not run:`,
		'',
		'   ```sh',
		`   kubectl -n ns-${at} get pods --field-selector=status.phase!=Running | grep -v Completed`,
		'   ```',
		'',
	];
	return ['# A long one', '', ...Array.from({length: 100}, (_, at) => section(at)).flat()].slice(0, 1000).join('\n');
}

/** Puts a runbook where its user keeps them. */
async function shelve(name: string, text: string): Promise<void> {
	const folder = join(configFolder(process.env), 'runbooks');
	await mkdir(folder, {recursive: true, mode: 0o700});
	await writeFile(join(folder, `${name}.md`), text, {mode: 0o600});
}

/** Milliseconds from the start of midwatch to the end of such a runbook on the terminal, without what Node itself takes. */
export async function runbookShown(rounds: number): Promise<number> {
	await shelve('long', longRunbook());
	const taken: number[] = [];
	for (let round = -1; round < rounds; round++) {
		const bare = await watch(node, ['-e', '0']).ended;
		const shown = await watch(node, [program, 'runbook', 'show', 'long']).ended;
		// The first round warms the caches of the disk and of the compiler.
		if (round >= 0) taken.push(shown - bare);
	}
	return median(taken);
}

/** Milliseconds to parse and lay it out in a midwatch that runs: it has read the library, as it does for what fits a finding. */
export async function runbookOpened(rounds: number): Promise<number> {
	const open = (text: string, file: string) =>
		parseRunbooks(text, file, 'user').runbooks.flatMap(runbook => [
			...proseBetween(runbook, undefined, undefined),
			...stepsOf(runbook).flatMap(({doing}) => doingLines(doing)),
		]);
	for (const [file, text] of Object.entries(await libraryTexts())) open(text, file);
	const text = longRunbook();
	const taken: number[] = [];
	for (let round = 0; round < rounds; round++) taken.push(await timed(() => open(text, 'long.md')));
	return median(taken);
}

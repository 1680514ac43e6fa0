import {safeText} from '../cluster/safe-text.ts';
import {commandLine} from '../shell-word.ts';
import {tellEntries} from './tell.ts';
import {beginningOf, type ListedRun} from './view.ts';

/** What means something wherever it stands, and what begins a block at the beginning of a line. */
const marks = /[\\`*_[\]<|~&]|#+$|^(?:[-+#>]|\d+(?=[.)]))/g;

/** Text as it is, whatever Markdown would make of it. */
export function markdownText(text: string): string {
	return safeText(text, 4000).replaceAll(marks, mark => (/\d/.test(mark) ? `${mark}\\` : `\\${mark}`));
}

/** A run as Markdown: what it was, each step with its time, and what of the journal is not as it was written. */
export function runMarkdown(run: ListedRun): string {
	const began = beginningOf(run.entries);
	const facts: ReadonlyArray<readonly [string, string]> = [
		['run', run.run],
		['state', run.state],
		['began', began === undefined ? '' : new Date(began.at).toISOString()],
		['context', began?.context ?? ''],
		['server', began?.server ?? ''],
		['by', began?.by ?? ''],
		['command', (began && commandLine(began.command)) ?? ''],
	];
	const told = tellEntries(run).map(
		({at, what, text}) => `| ${new Date(at).toISOString()} | ${markdownText(what)} | ${markdownText(text)} |`,
	);
	return [
		`# ${markdownText(began?.title ?? run.run)}`,
		'',
		...facts.filter(([, value]) => value !== '').map(([name, value]) => `- ${name}: ${markdownText(value)}`),
		'',
		'| time | | |',
		'|---|---|---|',
		...told,
		...(run.damage.length === 0 ? [] : ['', '## Damage', '', ...run.damage.map(({text}) => `- ${markdownText(text)}`)]),
		'',
	].join('\n');
}

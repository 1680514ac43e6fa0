import {safeText} from '../../cluster/safe-text.ts';
import {markdownText} from '../../journal/markdown.ts';
import {duration} from '../../words.ts';
import type {Attempt} from './attempts.ts';
import type {Report, ReportStep} from './report.ts';

/** A block that nothing in it can end: its fence is longer than any in the text. */
function fenced(text: readonly string[], language = ''): readonly string[] {
	const lines = text.map(line => safeText(line, 4000));
	const longest = Math.max(2, ...lines.flatMap(line => [...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)));
	const fence = '`'.repeat(longest + 1);
	return [`${fence}${language}`, ...lines, fence];
}

const lasting = (seconds: number | undefined): string =>
	seconds === undefined ? 'not known' : seconds < 60 ? `${seconds} s` : duration(seconds * 1000, 'fine');

const minuteOf = (iso: string): string => iso.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');

function attemptLines(attempt: Attempt, at: number, of: number): readonly string[] {
	const {began, seconds, command, class: kind, edited, result, text, output} = attempt;
	const facts = [
		of > 1 ? `try ${at + 1}` : '',
		minuteOf(began),
		kind === undefined ? '' : markdownText(kind),
		edited ? 'edited' : '',
		`**${result}**${text === '' ? '' : `: ${markdownText(text)}`}`,
		seconds === undefined ? '' : lasting(seconds),
	];
	return [
		'',
		facts.filter(fact => fact !== '').join(', '),
		...(command === '' ? [] : ['', ...fenced(command.split('\n'), 'sh')]),
		...(output.length === 0 ? [] : ['', 'It printed, at its end:', '', ...fenced(output, 'text')]),
	];
}

function stepLines({number, phase, title, result, text, byHand, attempts, notes}: ReportStep): readonly string[] {
	const name = [number === undefined ? '' : `${number}. `, markdownText(title)].join('');
	const how = byHand ? 'by hand' : '';
	const said = attempts.length > 0 && !byHand ? '' : [how, markdownText(text)].filter(part => part !== '').join(': ');
	return [
		`### ${name}`,
		'',
		[`**${result}**`, said, phase === undefined ? '' : markdownText(phase)].filter(part => part !== '').join(', '),
		...attempts.flatMap((attempt, at) => attemptLines(attempt, at, attempts.length)),
		...notes.flatMap(note => ['', `> ${markdownText(note)}`]),
		'',
	];
}

/** A report as Markdown for those who were not there: nothing that a runbook, a command or the cluster says can be more than text in it. */
export function reportMarkdown(report: Report): string {
	const {runbook, finding, seconds, parameters} = report;
	const {toAcknowledge, toRecover, walked} = seconds;
	const facts: ReadonlyArray<readonly [string, string | undefined]> = [
		['finding', finding],
		['runbook', `${runbook.id} (${runbook.hash.slice(0, 12)})`],
		['run', `${report.run}, ${report.state}`],
		['context', `${report.context}, ${report.server}`],
		['by', `${report.by}, midwatch ${report.version}`],
		['began', minuteOf(report.began)],
		['ended', report.ended === undefined ? undefined : minuteOf(report.ended)],
		['walked for', lasting(walked)],
		['time to acknowledge', finding === undefined ? undefined : lasting(toAcknowledge)],
		['time to recover', finding === undefined ? undefined : lasting(toRecover)],
		...Object.entries(parameters).map(([name, value]) => [name, JSON.stringify(value)] as const),
	];
	const done = report.steps.filter(({result, notes}) => result !== 'open' || notes.length > 0);
	const open = report.steps.filter(({result}) => result === 'open');
	return [
		`# ${markdownText(runbook.title)}${finding === undefined ? '' : `: ${markdownText(finding)}`}`,
		'',
		'## Summary',
		'',
		markdownText(report.summary),
		'',
		...facts.flatMap(([name, value]) => (value === undefined ? [] : [`- ${markdownText(name)}: ${markdownText(value)}`])),
		'',
		...(report.notes.length === 0 ? [] : ['## Notes', '', ...report.notes.map(note => `- ${markdownText(note)}`), '']),
		'## Timeline',
		'',
		...(report.clusterTold ? [] : ['The cluster was not asked or did not answer: only what was done from here is told.', '']),
		'| time | | |',
		'|---|---|---|',
		...report.timeline.map(({at, by, text}) => `| ${minuteOf(at)} | ${by} | ${markdownText(text)} |`),
		'',
		'## Steps',
		'',
		...done.flatMap(stepLines),
		...(open.length === 0
			? []
			: ['### Not begun', '', ...open.map(({number, title}) => `- ${number ?? ''} ${markdownText(title)}`), '']),
		...(report.damage.length === 0 ? [] : ['## Damage', '', ...report.damage.map(text => `- ${markdownText(text)}`), '']),
	].join('\n');
}

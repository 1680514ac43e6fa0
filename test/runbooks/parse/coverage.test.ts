import fc from 'fast-check';
import {expect, test} from 'vitest';
import {parseRunbooks} from '../../../source/runbooks/parse/parse.ts';
import type {Range} from '../../../source/runbooks/runbook.ts';
import {blocksOf, fixture, stepsOf} from './told.ts';

const commands = [
	'kubectl get pods -A',
	'kubectl -n apps describe pod web-0',
	'helm list',
	'ceph status',
	'journalctl -u k3s',
	'curl -s http://10.0.0.1/',
	'NODE=nuc-2\nkubectl get node "$NODE"',
	'kubectl get pods \\\n  -n apps',
	'cat <<EOF\n# no heading\n\n- no item\nEOF',
	'for i in 1 2; do\n  kubectl get pods\ndone',
];
/** Each shell block carries a mark of its own, by which it is found again. */
const marked = (command: string, mark: string): string => `${command}\necho ${mark}`;
const labels = fc.constantFrom('sh', 'bash', 'shell', 'zsh', 'console', 'shell-session', 'Bash', 'sh title="x"');

type Piece = {readonly lines: (mark: string) => readonly string[]; readonly isShell: boolean};

const fenced = fc
	.record({label: labels, command: fc.constantFrom(...commands), fence: fc.constantFrom('```', '~~~', '`````')})
	.map(
		({label, command, fence}): Piece => ({
			isShell: true,
			lines: mark => [`${fence}${label}`, ...marked(command, mark).split('\n'), fence],
		}),
	);
const unlabelled = fc
	.constantFrom(...commands.slice(0, 6))
	.map((command): Piece => ({isShell: true, lines: mark => ['```', ...marked(command, mark).split('\n'), '```']}));
const prompted = fc.record({label: fc.constantFrom('console', 'sh', ''), command: fc.constantFrom(...commands.slice(0, 6))}).map(
	({label, command}): Piece => ({
		isShell: true,
		lines: mark => [`\`\`\`${label}`, `$ ${command}`, 'NAME   READY', `$ echo ${mark}`, mark, '```'],
	}),
);
const indented = fc.constantFrom(...commands.slice(0, 6)).map(
	(command): Piece => ({
		isShell: true,
		lines: mark => [
			'Then:',
			'',
			...marked(command, mark)
				.split('\n')
				.map(line => `    ${line}`),
			'',
			'Done.',
		],
	}),
);
const prose = fc
	.constantFrom(
		['Some *text* with `kubectl get pods` in it.'],
		['| a | b |', '|---|---|', '| `kubectl delete pod` | 2 |'],
		['<details>', 'kubectl delete pod x', '</details>'],
		['```yaml', 'kubectl: get pods', '```'],
		['```', 'Everything is well.', '```'],
		['> a quotation'],
		['- one', '- two', '  - three'],
		['1. do this', '2. and that'],
		['[ref]: https://example.invalid/kubectl'],
		['---'],
		['## Diagnosis'],
		['### Remediation:'],
		['Meaning', '-------'],
	)
	.map((lines): Piece => ({isShell: false, lines: () => lines}));
const shell = fc.oneof(fenced, unlabelled, prompted, indented);

/** Puts a piece below an item, or into a quotation. */
const nested = fc.record({piece: shell, how: fc.constantFrom('1. ', '- ', '12) ', '> ', '1. Look:\n')}).map(
	({piece, how}): Piece => ({
		isShell: true,
		lines: mark => {
			const lines = piece.lines(mark);
			if (how === '> ') return lines.map(line => `> ${line}`);
			const [lead = '', rest] = how.split('\n');
			const pad = ' '.repeat(rest === undefined ? lead.length : 3);
			const below = lines.map(line => (line === '' ? '' : `${pad}${line}`));
			if (rest !== undefined) return [lead, '', ...below];
			// An indented block cannot begin in the line of its item, nor can a paragraph end in it.
			return [`${lead}${(below[0] ?? '').trimStart()}`, ...below.slice(1)];
		},
	}),
);

const files = fc.array(fc.oneof(shell, nested, prose), {minLength: 1, maxLength: 14}).map(pieces => {
	const marks = pieces.map((_, at) => `mark${at}x`);
	const source = pieces.map(({lines}, at) => lines(marks[at] ?? '').join('\n')).join('\n\n');
	return {source: `${source}\n`, marks: marks.filter((_, at) => pieces[at]?.isShell === true)};
});

const within = ({start, end}: Range, at: number): boolean => at >= start && at < end;

test('the ranges of the steps cover every shell block exactly once', () => {
	fc.assert(
		fc.property(files, ({source, marks}) => {
			const steps = stepsOf(parseRunbooks(source, 'x.md', 'user')).filter(({doing}) => doing.is === 'shell');
			for (const mark of marks) {
				const at = source.indexOf(`echo ${mark}`);
				expect(steps.filter(({range}) => within(range, at))).toHaveLength(1);
				expect(steps.filter(({doing}) => doing.is === 'shell' && doing.script.includes(`echo ${mark}`))).toHaveLength(1);
			}
			expect(steps.filter(({doing}) => doing.is === 'shell' && /echo mark/.test(doing.script))).toHaveLength(marks.length);
		}),
		{numRuns: 400},
	);
});

test('nothing of a file is lost: each line is of a heading, of a step or of prose, and no two of these overlap', () => {
	fc.assert(
		fc.property(files, ({source}) => {
			expectWhole(source);
		}),
		{numRuns: 300},
	);
});

test('whatever a file holds, it is read', () => {
	const bits = fc.constantFrom(
		'# ',
		'- ',
		'1. ',
		'> ',
		'```',
		'~~~',
		'sh\n',
		'\n',
		'\n\n',
		'    ',
		'\t',
		'`',
		'*',
		'[x]',
		'(y)',
		'|',
		'---\n',
		': ',
		'<b>',
		'$ ',
		'kubectl get ',
		'<node>',
		'\r\n',
		'{{ $labels.x }}',
		'[^1]',
		'&amp;',
		'\\',
	);
	fc.assert(
		fc.property(fc.array(fc.oneof(bits, fc.string({maxLength: 8})), {maxLength: 60}), parts => {
			const {runbooks, oddities} = parseRunbooks(parts.join(''), 'x.md', 'user');
			expect(runbooks.length).toBeGreaterThan(0);
			expect(oddities.every(({line}) => line >= 1)).toBe(true);
		}),
		{numRuns: 1000},
	);
});

function expectWhole(source: string): void {
	const parsed = parseRunbooks(source, 'x.md', 'user');
	const ranges = blocksOf(parsed).map(block => (block.is === 'prose' ? block.range : block.step.range));
	const sorted = ranges.toSorted((a, b) => a.start - b.start || a.end - b.end);
	for (const [at, range] of sorted.entries()) expect(range.start).toBeGreaterThanOrEqual(sorted[at - 1]?.end ?? 0);
	const lines = source.split('\n');
	const headings = new Set(
		parsed.runbooks.flatMap(({phases}) => phases.filter(({level}) => level > 0).map(({range}) => range.from)),
	);
	for (const [at, line] of lines.entries()) {
		const number = at + 1;
		if (!/[\p{L}\p{N}]/u.test(line) || headings.has(number)) continue;
		expect([number, ranges.some(({from, to}) => number >= from && number <= to)]).toEqual([number, true]);
	}
}

test.each(['ceph-cluster.md', 'KubeNodeUnreachable.md'])('nothing of %s is lost', name => {
	expectWhole(fixture(name).source);
});

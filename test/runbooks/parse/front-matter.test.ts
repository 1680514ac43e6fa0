import {expect, test} from 'vitest';
import {parseRunbooks} from '../../../source/runbooks/parse/parse.ts';

const read = (...yaml: readonly string[]) =>
	parseRunbooks(['---', ...yaml, '---', '# Title', '', '1. look'].join('\n'), 'x.md', 'user');

test('says what a runbook is for', () => {
	const {runbooks, oddities} = read(
		'title: Other',
		'alerts: [A, B]',
		'findings: node-not-ready, backup-late',
		'severity: page',
		'verified: with fakes',
	);
	expect(runbooks).toMatchObject([
		{title: 'Other', alerts: ['A', 'B'], findings: ['node-not-ready', 'backup-late'], severity: 'page', verified: 'with fakes'},
	]);
	expect(oddities).toEqual([]);
});

test('declares parameters as a list or by name', () => {
	const asList = read('parameters:', '- name: NODE', '- {name: COUNT, type: number, default: 3, about: how many}');
	const byName = read('parameters:', '  NODE: {}', '  COUNT: {type: number, default: 3, description: how many}');
	const expected = [
		{name: 'NODE', about: '', type: 'node'},
		{name: 'COUNT', about: 'how many', type: 'number', default: '3'},
	];
	expect(asList.runbooks[0]?.parameters).toEqual(expected);
	expect(byName.runbooks[0]?.parameters).toEqual(expected);
});

test.each([
	[['parameters: {PATH: x}'], 'PATH means something to the shell'],
	[['parameters: {LD_PRELOAD: x}'], 'LD_PRELOAD means something to the shell'],
	[['parameters: {"a-b": x}'], 'a-b is no name of a variable'],
	[['parameters: {A: {type: nodes}}'], 'the type of A is nodes, not one of string, number, node, namespace'],
	[['parameters: {A: {pattern: "["}}'], 'the pattern of A is no regular expression'],
	[['parameters: {A: {pattern: "(a+)+b"}}'], 'the pattern of A could take for ever'],
	[['alerts: [a', 'x'], 'the front matter is no YAML'],
	[['tags: [x]'], 'nothing is made of tags in the front matter'],
])('%j is odd: %s', (yaml, text) => {
	expect(
		read(...yaml)
			.oddities.map(one => one.text)
			.join('\n'),
	).toContain(text);
});

test('what is no front matter stays to be read', () => {
	const {runbooks} = read('Just a sentence.', '');
	expect(runbooks[0]?.phases[0]?.blocks).toContainEqual(
		expect.objectContaining({is: 'prose', text: expect.stringContaining('Just a sentence.')}),
	);
});

test('that nests without end does not end midwatch', () => {
	const bomb = [
		'a: &a [x, x, x, x, x, x, x, x]',
		...'bcdefghij'.split('').map((name, at) => `${name}: &${name} [${Array(8).fill(`*${'abcdefghi'[at]}`).join(', ')}]`),
	];
	expect(read(...bomb, 'alerts: [A]').runbooks[0]?.alerts).toEqual(['A']);
});

test('nothing it says reaches the terminal', () => {
	const {runbooks} = read('title: "\\u001b[2Jx\\u202e"', 'severity: "\\u001b]52;c;x\\u0007page"');
	expect(runbooks).toMatchObject([{title: 'x', severity: 'page'}]);
});

import {describe, expect, test} from 'vitest';
import {openBook, withValue} from '../../../../source/interface/shell/guide/book.ts';
import {asWritten, type GuidePage, linesOf, told} from '../../../../source/interface/shell/guide/lines.ts';
import {proseLines} from '../../../../source/interface/shell/guide/prose.ts';
import {runbookPage} from '../../../../source/interface/shell/guide/runbook-page.ts';
import {type Walked, walkPage} from '../../../../source/interface/shell/guide/walk-page.ts';
import {widthOf} from '../../../../source/interface/widgets/width.ts';
import {parseRunbooks} from '../../../../source/runbooks/parse/parse.ts';
import type {Runbook} from '../../../../source/runbooks/runbook.ts';
import {newSession, type Session, type StepState} from '../../../../source/runbooks/session/session.ts';
import {stepsOf} from '../../../../source/runbooks/session/steps.ts';
import {own, type RawName} from '../../../../source/vocabulary.ts';

const fence = '```';
const text = `---
parameters:
  NODE:
    about: which one
---
# Node slow

It is slow, and that is
what this is about.

| state | means |
|-------|-------|
| slow  | slow  |

## Diagnosis

1. Look at it.

   ${fence}sh
   kubectl get node "$NODE"
   ${fence}

## Mitigation

1. Write a file that is long.

   ${fence}sh
   cat > file <<END
       indented:   ${'far '.repeat(30)}
   END
   ${fence}

2. Call somebody.
`;
const [runbook] = parseRunbooks(text, '/runbooks/node-slow.md', 'user').runbooks as [Runbook];
const [first, second] = stepsOf(runbook);
const book = withValue(openBook({runbook, trusted: true}, undefined), 'NODE', 'nuc-2');
const textOf = (page: GuidePage): string =>
	linesOf(page)
		.map(line => line.text)
		.join('\n');

const state = (more: Partial<StepState>): StepState => ({
	is: 'open',
	text: '',
	attempts: 1,
	at: 1,
	byHand: false,
	notes: [],
	...more,
});
const begun = newSession(runbook, {NODE: 'nuc-2'}, {context: 'homelab' as RawName});
const walked = (session: Session, more: Partial<Walked> = {}): Walked => ({
	session,
	seen: {lines: [], total: 0},
	ran: undefined,
	values: book.values,
	finding: undefined,
	notes: [own('this may be cut')],
	run: 'run-1',
	now: 0,
	...more,
});
const withStep = (id: string | undefined, more: Partial<StepState>, at = id): Session => ({
	...begun,
	at: at ?? '',
	steps: new Map([[id ?? '', state(more)]]),
});

describe.each([116, 76, 36, 20])('at %i columns', width => {
	test('nothing is wider, and no word of a command is lost', () => {
		for (const page of [
			runbookPage({book, session: undefined, step: undefined}, width),
			walkPage(walked(withStep(first?.id, {is: 'done'}, second?.id)), width),
		]) {
			for (const line of linesOf(page)) expect(widthOf(line.text), line.text).toBeLessThanOrEqual(width);
			expect(
				textOf(page)
					.replaceAll(/\n *(?:… )?/g, '')
					.match(/far /g),
			).toHaveLength(30);
		}
	});
});

test('a runbook is told whole: its values, its phases with their steps, its tables as they stand, its classes', () => {
	const page = textOf(runbookPage({book, session: undefined, step: undefined}, 76));
	for (const part of [
		'NODE: "nuc-2", typed (which one)',
		'  Diagnosis, 1 step',
		'It is slow, and that is what this is about.',
		'| slow  | slow  |',
		'1. Look at it. (reading)',
		'    kubectl get node "$NODE"',
		'2. Write a file that is long. (changes something)',
		'3. Call somebody. (by hand)',
	])
		expect(page).toContain(part);
});

test('steps that were seen to are marked, and the one under the cursor is on the screen', () => {
	const page = runbookPage({book, session: withStep(first?.id, {is: 'done'}), step: second?.id}, 76);
	expect(textOf(page)).toContain('1. Look at it. (reading): done');
	expect(textOf(page)).toContain('Diagnosis, 1 step, 1 seen to');
	const at = linesOf(page).findIndex(({is}) => is === 'selected');
	expect(at - (page.from ?? 0)).toBeLessThan(5);
});

test('a value that is missing is said to be asked for', () => {
	expect(
		textOf(runbookPage({book: openBook({runbook, trusted: false}, undefined), session: undefined, step: undefined}, 76)),
	).toMatch(/was not trusted yet[\s\S]*NODE: asked for before the first step/);
});

describe('a walk says', () => {
	const page = (session: Session, more?: Partial<Walked>): string => textOf(walkPage(walked(session, more), 76));

	test('at its beginning what may cut it, what stands before the step, and what enter does', () => {
		const begin = page(begun);
		expect(begin).toMatch(/this may be cut[\s\S]*It is slow[\s\S]*## Diagnosis[\s\S]*Step 1 of 3, reading.*: Look at it\./);
		expect(begin).toContain('NODE is "nuc-2", typed');
		expect(begin).toMatch(/enter runs it\.$/);
	});

	test.each<[string, Partial<StepState>, RegExp]>([
		['what runs', {is: 'running', at: 60_000}, /running since \d\d:\d\d[\s\S]*x stops it/],
		['what failed', {is: 'failed', text: 'exit code 1'}, /failed: exit code 1\nr runs it again/],
		['what nobody saw the end of', {is: 'unknown'}, /unknown\nNobody saw its end: verify/],
		['what was stopped', {is: 'stopped', text: 'stopped, ended by SIGINT'}, /stopped: stopped, ended by SIGINT/],
	])('%s', (_, more, expected) => {
		expect(page(withStep(first?.id, more))).toMatch(expected);
	});

	test('what a step printed and how long it took, above the one that follows', () => {
		const seen = {lines: [own('nuc-2   Ready')], total: 13};
		const ran = {step: first?.id ?? '', from: 1000};
		const text = page(withStep(first?.id, {is: 'done', text: 'exit code 0', at: 1300}, second?.id), {seen, ran});
		expect(text).toMatch(
			/Step 1 of 3: Look at it\.\n {2}\| nuc-2 {3}Ready\ndone: exit code 0, after 0\.3 s\n[\s\S]*Step 2 of 3, changes something/,
		);
		expect(text).not.toContain('this may be cut');
	});

	test('that the finding is cleared, as soon as it is', () => {
		expect(page(begun, {finding: {name: 'session-down:a/b', is: undefined}})).toContain('session-down:a/b is not there now');
	});

	test('how it ended, and what goes on from there', () => {
		const over = (result: 'done' | 'stopped') => page({...begun, over: {result, text: 'three of three'}});
		expect(over('done')).toContain('R shows the report: midwatch runbook report run-1');
		expect(over('stopped')).toContain('To go on: midwatch runbook resume run-1');
	});
});

test('lines that are set in stay set in, and what goes on says so', () => {
	expect(told(own('  one two three'), 9).map(line => line.text)).toEqual(['  one two', '  three']);
	expect(asWritten(own('    a: 12345678'), 10).map(line => line.text)).toEqual(['    a: 123', '… 45678']);
	expect(proseLines([own('- one'), own('  goes on'), own('- two')], 40).map(line => line.text)).toEqual([
		'- one goes on',
		'- two',
	]);
});

test('code that is only shown keeps its lines, and loses its fences', () => {
	const written = ['On FRR:', '```console', 'router# show bgp summary', '  Neighbor  State', '```', 'and so', 'on'];
	expect(proseLines(written.map(own), 40).map(line => line.text)).toEqual([
		'On FRR:',
		'    router# show bgp summary',
		'      Neighbor  State',
		'and so on',
	]);
});

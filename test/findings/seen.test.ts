import {expect, test} from 'vitest';
import type {Diagnosis} from '../../source/diagnosis.ts';
import {judge, type Ledger} from '../../source/findings/judge.ts';
import {seenMoments} from '../../source/findings/seen.ts';
import {own, type RawName} from '../../source/vocabulary.ts';
import {minute, now, says, symptom} from './symptoms.ts';

const down = symptom('session-down', 'nuc-2/10.0.0.1', {
	title: own('active'),
	subject: {resource: 'nodes', namespace: '' as RawName, name: 'nuc-2' as RawName},
});

/** What is seen of these, said one a minute. */
function seenOf(...said: ReadonlyArray<readonly Diagnosis[]>) {
	let ledger: Ledger | undefined;
	let seen: ReturnType<typeof seenMoments> = [];
	for (const [at, diagnoses] of said.entries()) {
		const next = judge({diagnoses, now: now + at * minute, remembered: new Map()}, ledger);
		seen = seenMoments(seen, ledger, next, now + at * minute);
		ledger = next;
	}
	return seen;
}

test('what stood there at the first look was not seen to begin', () => {
	expect(seenOf(says([down]), says([down]))).toEqual([]);
});

test('what was raised while we watched was, with its subject', () => {
	expect(seenOf(says([]), says([down]), says([down]))).toEqual([
		{
			at: now + 2 * minute,
			how: 'seen',
			about: 'nuc-2/10.0.0.1',
			subject: {resource: 'nodes', namespace: '', name: 'nuc-2'},
			text: 'session-down raised, warning: active',
			isChange: false,
		},
	]);
});

test('the end of either is seen, at the time it went', () => {
	const seen = seenOf(says([down]), says([]), says([]), says([]));
	expect(seen.map(({at, text}) => [at, text])).toEqual([[now + minute, 'session-down cleared after 1m']]);
});

test('risks and what only cannot be seen any more are no moments', () => {
	expect(seenOf(says([]), says([symptom('node-cordoned', 'nuc-1')]), says([]))).toEqual([]);
});

test('the same is given again where nothing began or ended', () => {
	const seen = seenOf(says([]), says([down]), says([down]));
	const ledger = judge({diagnoses: says([down]), now, remembered: new Map()});
	expect(seenMoments(seen, ledger, ledger, now)).toBe(seen);
});

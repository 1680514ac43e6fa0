import {describe, expect, test} from 'vitest';
import {type Blind, nameOf} from '../../../source/diagnosis.ts';
import {judge, type Ledger} from '../../../source/findings/judge.ts';
import {isClearedIn} from '../../../source/runbooks/walk/cleared.ts';
import {own} from '../../../source/vocabulary.ts';
import {now, symptom} from '../../findings/symptoms.ts';

const minute = 60_000;
const blind = (abouts?: readonly string[]): Blind => ({
	ids: ['session-down'],
	...(abouts === undefined ? {} : {abouts: new Set(abouts)}),
	what: own('bgp'),
	why: own('not read yet'),
	required: true,
	loading: false,
});
const session = (about: string, since = now - 60 * minute) => symptom('session-down', about, {since});

function ledger(abouts: readonly string[], blinds: readonly Blind[] = [], at = now, before?: Ledger): Ledger {
	const symptoms = abouts.map(about => session(about));
	return judge({diagnoses: [{symptoms, blind: blinds}], now: at, remembered: new Map()}, before);
}

const name = nameOf('session-down', own('nuc-3/10.0.0.1'));

describe('a finding', () => {
	test('that is raised is not cleared', () => {
		expect(isClearedIn(ledger(['nuc-3/10.0.0.1']), name)).toBe(false);
	});

	test('that has not lasted long enough to be told is there all the same', () => {
		const young = judge({diagnoses: [{symptoms: [session('nuc-3/10.0.0.1', now)], blind: []}], now, remembered: new Map()});
		expect(young.findings).toEqual([]);
		expect(isClearedIn(young, name)).toBe(false);
	});

	test('is cleared once it has been gone for as long as it must', () => {
		const raised = ledger(['nuc-3/10.0.0.1']);
		const gone = ledger([], [], now + 1000, raised);
		expect(isClearedIn(gone, name)).toBe(false);
		expect(isClearedIn(ledger([], [], now + 10 * minute, gone), name)).toBe(true);
	});

	test('that is not there is cleared, and others say nothing of it', () => {
		expect(isClearedIn(ledger([]), name)).toBe(true);
		expect(isClearedIn(ledger(['nuc-1/10.0.0.1']), name)).toBe(true);
	});

	test('cannot be told while its source is not read, or only not for others', () => {
		expect(isClearedIn(ledger([], [blind()]), name)).toBeUndefined();
		expect(isClearedIn(ledger([], [blind(['nuc-3/10.0.0.1'])]), name)).toBeUndefined();
		expect(isClearedIn(ledger([], [blind(['nuc-1/10.0.0.1'])]), name)).toBe(true);
		expect(isClearedIn(ledger(['nuc-3/10.0.0.1'], [blind()]), name)).toBeUndefined();
	});
});

describe('an id alone, or a name with an open end', () => {
	test('means all of them', () => {
		expect(isClearedIn(ledger(['nuc-1/10.0.0.1']), 'session-down')).toBe(false);
		expect(isClearedIn(ledger(['nuc-1/10.0.0.1']), 'session-down:nuc-1/')).toBe(false);
		expect(isClearedIn(ledger(['nuc-1/10.0.0.1']), 'session-down:nuc-3/')).toBe(true);
		expect(isClearedIn(ledger([]), 'session-down')).toBe(true);
		expect(isClearedIn(ledger([], [blind(['nuc-1/10.0.0.1'])]), 'session-down')).toBeUndefined();
		expect(isClearedIn(ledger([], [blind(['nuc-3/10.0.0.1'])]), 'session-down:nuc-3/')).toBeUndefined();
	});
});

import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Diagnosis, Symptom} from '../../../source/diagnosis.ts';
import {type Asked, verdictOf, worstState} from '../../../source/findings/check/verdict.ts';
import {incidentsFacts} from '../../../source/findings/incidents.ts';
import {openWorld, type World} from '../../../source/findings/world.ts';
import type {Mark} from '../../../source/marks.ts';
import {own} from '../../../source/vocabulary.ts';
import {everySource} from '../every-source.ts';
import {blind, hour, named, now, standing, symptom} from '../symptoms.ts';

let empty: World;
let close: () => void;
beforeAll(() => {
	const live = openWorld(everySource({is: 'absent'}));
	empty = live.current();
	close = live.close;
});
afterAll(() => close());

const nothing: Asked = {optional: [], ignore: [], risks: false};

/** What comes of these symptoms and nothing else. */
function stateOf(
	symptoms: readonly Symptom[],
	asked: Partial<Asked> = {},
	more: Partial<Diagnosis> = {},
	marks: ReadonlyMap<string, Mark> = new Map(),
) {
	const ledger = standing(symptoms, more);
	const world = {...empty, ledger, incidents: incidentsFacts(ledger, marks, now)};
	return verdictOf(world, {...nothing, ...asked}, false).state;
}

const warning = symptom('disk-full', 'nuc-3');
const critical = symptom('node-not-ready', 'nuc-2', {after: {critical: 0}});
const risk = symptom('node-cordoned', 'nuc-1');
const unseen = {blind: [blind(['disk-full'])]};

test('critical is worse than a warning, that than unknown, and that than nothing', () => {
	expect(worstState(['ok', 'unknown', 'critical', 'warning'])).toBe('critical');
	expect(worstState(['unknown', 'ok', 'warning'])).toBe('warning');
	expect(worstState(['ok', 'unknown'])).toBe('unknown');
	expect(worstState([])).toBe('ok');
	expect(stateOf([warning, critical])).toBe('critical');
	expect(stateOf([warning])).toBe('warning');
	expect(stateOf([])).toBe('ok');
});

describe('what cannot be judged', () => {
	test('counts where it is required', () => {
		expect(stateOf([], {}, unseen)).toBe('unknown');
		expect(stateOf([], {}, {blind: [blind(['disk-full'], {required: false})]})).toBe('ok');
	});

	test('does not where it is optional, nor what would be judged by it', () => {
		expect(stateOf([warning], {}, unseen)).toBe('unknown');
		expect(stateOf([warning], {optional: ['storage']}, unseen)).toBe('ok');
		expect(stateOf([warning], {optional: ['gpu']}, unseen)).toBe('unknown');
	});
});

describe('what is ignored', () => {
	test.each([
		['by its name', ['node-not-ready:nuc-2'], 'warning'],
		['by its kind', ['node-not-ready'], 'warning'],
		['not by another', ['node-not-ready:nuc-3'], 'critical'],
		['all of it', ['node-not-ready', 'disk-full'], 'ok'],
	])('%s', (_, ignore, state) => {
		expect(stateOf([warning, critical], {ignore})).toBe(state);
	});

	test('among what follows, too', () => {
		const cause = symptom('controller-down', 'longhorn-manager');
		const follows = symptom('volume-faulted', 'a/b', {
			after: {critical: 0},
			causes: [named('controller-down', 'longhorn-manager')],
		});
		expect(stateOf([cause, follows])).toBe('critical');
		expect(stateOf([cause, follows], {ignore: ['volume-faulted']})).toBe('warning');
	});
});

describe('standing risks', () => {
	const mark: Mark = {kind: 'accepted', note: own(''), at: now - hour, fingerprint: 'node-cordoned:nuc-1 wrong 1'};

	test('change nothing unless they are to, and nobody accepted them', () => {
		expect(stateOf([risk])).toBe('ok');
		expect(stateOf([risk], {risks: true})).toBe('warning');
		expect(stateOf([risk], {risks: true}, {}, new Map([['node-cordoned:nuc-1', mark]]))).toBe('ok');
		expect(stateOf([risk], {risks: true, ignore: ['node-cordoned']})).toBe('ok');
	});

	test('unlike incidents, which count though they are acknowledged', () => {
		const marks = new Map([['disk-full:nuc-3', {...mark, kind: 'acknowledged' as const}]]);
		expect(stateOf([warning], {}, {}, marks)).toBe('warning');
	});
});

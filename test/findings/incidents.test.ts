import {describe, expect, test} from 'vitest';
import type {Symptom} from '../../source/diagnosis.ts';
import type {Finding} from '../../source/findings/finding.ts';
import {fingerprint, incidentsFacts} from '../../source/findings/incidents.ts';
import {type Mark, noMarks} from '../../source/marks.ts';
import {own} from '../../source/vocabulary.ts';
import {hour, judged, minute, now, says, standing, symptom} from './symptoms.ts';

const lost = symptom('node-not-ready', 'nuc-2', {after: {critical: 0}, since: now - hour});
const risk = symptom('volume-node-pinned', 'local-path', {title: own('6 volumes on one node each')});
const mark = (more: Partial<Mark> = {}): Mark => ({
	kind: 'acknowledged',
	note: own(''),
	at: now - minute,
	fingerprint: '',
	...more,
});
const only = (symptoms: readonly Symptom[]): Finding => {
	const [finding] = standing(symptoms).findings;
	if (finding === undefined) throw new Error('Nothing was raised.');
	return finding;
};
const accepted = (of: Symptom, more: Partial<Mark> = {}) =>
	mark({kind: 'accepted', fingerprint: fingerprint(only([of])), ...more});
const holds = (of: Symptom, one: Mark, at = now) =>
	incidentsFacts(standing([of]), new Map([[`${of.id}:${of.about}`, one]]), at).marks.size === 1;

describe('an acknowledgement', () => {
	test('holds for what it was given for', () => {
		expect(holds(lost, mark())).toBe(true);
		expect(holds(symptom('node-not-ready', 'nuc-3'), mark())).toBe(true);
		expect(incidentsFacts(standing([lost]), new Map([['node-not-ready:nuc-3', mark()]]), now).marks.size).toBe(0);
	});

	test('does not hold for what began after it: the first was over meanwhile', () => {
		expect(holds(lost, mark({at: now - hour}))).toBe(true);
		expect(holds(lost, mark({at: now - hour - 1}))).toBe(false);
	});

	test('holds over a restart, where nothing tells when it began', () => {
		const ledger = judged([[now, says([symptom('node-not-ready', 'nuc-2', {after: {warning: 0}})])]]);
		expect(incidentsFacts(ledger, new Map([['node-not-ready:nuc-2', mark()]]), now).marks.size).toBe(1);
	});

	test('ends when it was to end, and with what it was for', () => {
		expect(holds(lost, mark({until: now + 1}))).toBe(true);
		expect(holds(lost, mark({until: now}))).toBe(false);
		const over = judged([
			[now - 30 * minute, says([lost])],
			[now - 5 * minute, says([])],
			[now, says([])],
		]);
		expect(over.findings[0]?.is).toBe('cleared');
		expect(incidentsFacts(over, new Map([['node-not-ready:nuc-2', mark()]]), now).marks.size).toBe(0);
	});
});

describe('an acceptance', () => {
	test('holds until it has run out', () => {
		expect(holds(risk, accepted(risk, {until: now + 1}))).toBe(true);
		expect(holds(risk, accepted(risk, {until: now}))).toBe(false);
	});

	test('does not hold for another thing than was accepted', () => {
		expect(holds({...risk, title: own('7 volumes on one node each')}, accepted(risk))).toBe(false);
		expect(holds({...risk, many: 2}, accepted(risk))).toBe(false);
	});

	test('holds while only its age is another', () => {
		const aged = (old: string) => ({...risk, title: own(`not proven for ${old}`)});
		expect(holds(aged('91d'), accepted(aged('90d')))).toBe(true);
	});
});

describe('the facts', () => {
	const ledger = standing([lost]);

	test('are the same until a word of them turns', () => {
		const facts = incidentsFacts(ledger, noMarks, now);
		expect(incidentsFacts(ledger, noMarks, facts.changesAt - 1, facts)).toBe(facts);
		expect(incidentsFacts(ledger, noMarks, facts.changesAt, facts)).not.toBe(facts);
		expect(incidentsFacts(ledger, new Map(), now, facts)).not.toBe(facts);
	});

	test('turn when a mark runs out', () => {
		const marks = new Map([['node-not-ready:nuc-2', mark({until: now + 5})]]);
		expect(incidentsFacts(ledger, marks, now).changesAt).toBe(now + 5);
	});
});

import {expect, test} from 'vitest';
import {isOver, markOf} from '../../source/commands/marking.ts';
import type {Symptom} from '../../source/diagnosis.ts';
import type {Finding} from '../../source/findings/finding.ts';
import {judge} from '../../source/findings/judge.ts';
import {own} from '../../source/vocabulary.ts';
import {night} from '../_helpers/sample-picture.ts';

const symptom = (id: Symptom['id'], about: string): Symptom => ({
	id,
	about: own(about),
	after: {warning: 0},
	since: night - 3_600_000,
	title: own('silent'),
	evidence: [],
	causes: [],
});
const incident: Finding = {
	name: 'node-not-ready:nuc-2',
	symptom: symptom('node-not-ready', 'nuc-2'),
	class: 'incident',
	severity: 'warning',
	is: 'raised',
	since: night - 3_600_000,
	known: 'recorded',
};
const risk: Finding = {...incident, class: 'risk'};
const [hour, day] = [3_600_000, 86_400_000];

test.each([
	['', incident, undefined, ''],
	['power supply ordered', incident, undefined, 'power supply ordered'],
	['2h power supply ordered', incident, 2 * hour, 'power supply ordered'],
	['30m', incident, hour / 2, ''],
	['', risk, 90 * day, ''],
	['until the new disks', risk, 90 * day, 'until the new disks'],
	['30d until the new disks', risk, 30 * day, 'until the new disks'],
	['2w', risk, 14 * day, ''],
	['3dogs bark', risk, 90 * day, '3dogs bark'],
	['0d now', risk, 90 * day, '0d now'],
] as const)('%j typed', (typed, finding, lasts, note) => {
	const {until, ...mark} = markOf(finding, own(typed), night);
	expect(until).toBe(lasts === undefined ? undefined : night + lasts);
	expect(mark).toMatchObject({note, at: night, kind: finding === risk ? 'accepted' : 'acknowledged'});
});

const ledgerOf = (symptoms: readonly Symptom[], blind: readonly Symptom['id'][] = []) =>
	judge({
		diagnoses: [
			{
				symptoms,
				blind: blind.map(id => ({ids: [id], what: own('nodes'), why: own('stale'), loading: false, required: true})),
			},
		],
		now: night,
		remembered: new Map(),
	});

test('an acknowledged incident is over when nothing is left of it, and not while it cannot be judged', () => {
	expect(isOver('node-not-ready:nuc-2', ledgerOf([symptom('node-not-ready', 'nuc-2')]))).toBe(false);
	expect(isOver('node-not-ready:nuc-2', ledgerOf([]))).toBe(true);
	expect(isOver('node-not-ready:nuc-2', ledgerOf([], ['node-not-ready']))).toBe(false);
});

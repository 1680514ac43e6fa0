import {describe, expect, test} from 'vitest';
import type {FindingId, Symptom} from '../../source/diagnosis.ts';
import {consequences, fold, type Incident, without} from '../../source/findings/fold.ts';
import type {Ledger} from '../../source/findings/judge.ts';
import {own} from '../../source/vocabulary.ts';
import {blind, hour, judged, minute, named, now, says, standing, symptom} from './symptoms.ts';

const lost = symptom('node-not-ready', 'nuc-2', {after: {critical: 0}});
const degraded = symptom('volume-degraded', 'media/books', {causes: [named('node-not-ready', 'nuc-2')]});
const failing = symptom('pods-failing', 'media/books', {causes: [named('volume-degraded', 'media/books')]});

/** Each incident with what stands under it. */
const families = (ledger: Ledger): readonly string[] =>
	fold(ledger).incidents.map(({root, under}) => [root.name, ...under.map(({name}) => name)].join(' > '));
const only = (ledger: Ledger): Incident => {
	const [first, ...more] = fold(ledger).incidents;
	if (first === undefined || more.length > 0) throw new Error(`There are ${more.length + 1} incidents.`);
	return first;
};

describe('causes', () => {
	test('take their consequences under them, however far those are', () => {
		const ledger = standing([failing, degraded, lost]);
		expect(families(ledger)).toEqual(['node-not-ready:nuc-2 > pods-failing:media/books > volume-degraded:media/books']);
		expect(fold(ledger).roots.get('pods-failing:media/books')).toBe('node-not-ready:nuc-2');
	});

	test('that are not there explain nothing', () => {
		expect(families(standing([failing, lost]))).toEqual(['node-not-ready:nuc-2', 'pods-failing:media/books']);
	});

	test('are the first of those that are raised', () => {
		const causes = [named('storage-server-down', 'nas'), named('node-not-ready', 'nuc-2'), named('core-service-down', 'coredns')];
		const pods = symptom('pods-failing', 'a/b', {causes});
		expect(families(standing([pods, lost, symptom('core-service-down', 'coredns')]))).toEqual([
			'node-not-ready:nuc-2 > pods-failing:a/b',
			'core-service-down:coredns',
		]);
	});

	test('that run in a circle hang under the one that is told first', () => {
		const a = symptom('controller-down', 'a', {causes: [named('webhook-down', 'b')]});
		const b = symptom('webhook-down', 'b', {causes: [named('controller-down', 'a')]});
		const c = symptom('pods-failing', 'c/c', {causes: [named('webhook-down', 'b')]});
		expect(families(standing([c, b, a]))).toEqual(['controller-down:a > pods-failing:c/c > webhook-down:b']);
		const itself = symptom('webhook-down', 'b', {causes: [named('webhook-down', 'b')]});
		expect(families(standing([itself]))).toEqual(['webhook-down:b']);
	});

	test('that are over let their consequences stand alone', () => {
		const ledger = judged([
			[now, says([lost, degraded].map(each => ({...each, since: now - hour})))],
			[now + 1, says([{...degraded, since: now - hour}])],
			[now + 5 * minute, says([{...degraded, since: now - hour}])],
		]);
		expect(families(ledger)).toEqual(['volume-degraded:media/books']);
		expect(fold(ledger).cleared.map(({name}) => name)).toEqual(['node-not-ready:nuc-2']);
	});

	test('that cannot be judged any more explain still, unless there is one that can', () => {
		const unseen = {blind: [blind(['node-not-ready'])]};
		const incident = only(standing([lost, degraded], unseen));
		expect(incident).toMatchObject({root: {name: 'node-not-ready:nuc-2', is: 'unknown'}, is: 'raised', severity: 'warning'});
		const server = symptom('storage-server-down', 'nas');
		const both = {...degraded, causes: [...degraded.causes, named('storage-server-down', 'nas')]};
		expect(families(standing([lost, both, server], unseen))).toContain('storage-server-down:nas > volume-degraded:media/books');
	});
});

describe('an incident', () => {
	test('is as bad as the worst of it', () => {
		expect(
			only(standing([symptom('controller-down', 'x'), {...failing, after: {critical: 0}, causes: ['controller-down:x']}])),
		).toMatchObject({
			severity: 'critical',
			is: 'raised',
		});
	});

	test('is unknown where nothing of it can be judged', () => {
		expect(only(standing([lost, degraded], {blind: [blind(['node-not-ready', 'volume-degraded'])]}))).toMatchObject({
			is: 'unknown',
			severity: 'critical',
		});
	});

	test('tells by name what people miss', () => {
		const felt = [
			{app: own('jellyfin'), causes: ['node-not-ready:nuc-2']},
			{app: own('grafana'), causes: ['node-not-ready:nuc-9']},
			{app: own('immich'), causes: ['volume-degraded:media/books']},
		];
		expect(only(standing([lost, {...degraded, apps: [own('books')]}], {felt})).apps).toEqual(['books', 'immich', 'jellyfin']);
	});

	test('without some of what follows is as bad as the rest; without its root it is none', () => {
		const incident = only(
			standing([symptom('controller-down', 'x'), {...failing, after: {critical: 0}, causes: ['controller-down:x']}]),
		);
		expect(without(incident, ({name}) => name === 'pods-failing:media/books')).toMatchObject({severity: 'warning', under: []});
		expect(without(incident, ({name}) => name === 'controller-down:x')).toBeUndefined();
		expect(without(incident, () => false)).toBe(incident);
	});
});

test('risks and notes are no incidents, whatever they name as cause', () => {
	const folded = fold(
		standing([lost, symptom('node-cordoned', 'nuc-2', {causes: [lost.id]}), symptom('gpu-memory-full', 'gpu-1/0')]),
	);
	expect(folded.incidents.map(({root}) => root.name)).toEqual(['node-not-ready:nuc-2']);
	expect(folded.risks.map(({name}) => name)).toEqual(['node-cordoned:nuc-2']);
	expect(folded.notes.map(({name}) => name)).toEqual(['gpu-memory-full:gpu-1/0']);
});

test('the worse is told first, then the older, then by name', () => {
	const at = (id: FindingId, about: string, since: number, severity: keyof Symptom['after'] = 'warning') =>
		symptom(id, about, {since: now - since, after: {[severity]: 0}});
	const ledger = standing([
		at('disk-full', 'b', 2 * hour),
		at('disk-full', 'a', 2 * hour),
		at('claim-lost', 'young', hour, 'critical'),
		at('disk-full', 'old', 3 * hour),
	]);
	expect(families(ledger)).toEqual(['claim-lost:young', 'disk-full:old', 'disk-full:a', 'disk-full:b']);
});

describe('what follows', () => {
	const under = (...symptoms: readonly Symptom[]) =>
		consequences(only(standing([lost, ...symptoms.map(each => ({...each, causes: [named('node-not-ready', 'nuc-2')]}))])));

	test('is counted by kind, what people care for first', () => {
		expect(
			under(
				symptom('session-down', 'nuc-2/10.0.0.1', {counted: ['BGP session presumed down', 'BGP sessions presumed down']}),
				symptom('gpu-missing', 'gpu-1'),
				symptom('pods-unschedulable', 'a/b', {many: 5}),
				symptom('pods-unschedulable', 'a/c'),
				degraded,
			),
		).toEqual(['1 volume degraded', '6 pods pending', '1 BGP session presumed down', '1 GPU missing']);
	});

	test('leaves the works out, unless nothing else follows', () => {
		const works = [symptom('etcd-quorum-at-risk', 'etcd'), symptom('core-service-down', 'cilium on nuc-2')];
		expect(under(...works, degraded)).toEqual(['1 volume degraded']);
		expect(under(...works)).toEqual(['1 core service down', 'etcd quorum at risk']);
	});
});

test('the same ledger gives the same incidents', () => {
	const ledger = standing([lost, degraded]);
	expect(fold(ledger)).toBe(fold(ledger));
});

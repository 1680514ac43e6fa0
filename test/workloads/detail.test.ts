import {expect, test} from 'vitest';
import {podDetail} from '../../source/workloads/detail.ts';
import {warningKind} from '../../source/workloads/event.ts';
import {jobKind, replicaSetKind} from '../../source/workloads/index.ts';
import {podKind} from '../../source/workloads/pod.ts';
import {expectSafe, poisoned, project} from '../_helpers/hostile.ts';
import {reading} from '../_helpers/reading.ts';
import {detailText} from '../_helpers/told.ts';
import {crashing, minute, now, onGpu, type PodFields, pod, podOf, unschedulable, warning} from './objects.ts';

const owners = {replicaSets: reading(replicaSetKind, []), jobs: reading(jobKind, [])};
const around = {owners, standing: {word: 'ready', since: 0}, events: []} as const;
const record = (object: object) => {
	const made = project(podKind, object);
	if (made === undefined) throw new Error('left out');
	return made;
};
const noted = (object: object) => {
	const made = project(warningKind, object);
	if (made === undefined) throw new Error('left out');
	return made;
};
const text = (fields: PodFields, more: object = {}) =>
	detailText(
		podDetail(record(podOf('media/jellyfin-7d4b9-x', 'ReplicaSet', 'jellyfin-7d4b9', fields)), {...around, ...more}, now),
	);

test('a pod that is well: where it is, what keeps it, what it asks for', () => {
	const spec = {
		nodeName: 'nuc-1',
		...onGpu().spec,
		volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'books'}}],
	};
	expect(text({spec})).toBe(
		[
			'pod media/jellyfin-7d4b9-x',
			'[State]',
			'state: Running (ok)',
			'ready: yes, for 10m',
			'age: 24h',
			'[Containers]',
			'ready: 1 of 1',
			'restarts: 0 restarts',
			'[Where]',
			'kept by: Deployment media/jellyfin',
			'node: nuc-1, ready',
			'claim: books',
			'[Requests]',
			'cpu: 1',
			'memory: none',
			'GPUs: 1 nvidia.com/gpu',
		].join('\n'),
	);
});

test('one in a crash loop: why, since when, how it ended, and what was noted, the newest first', () => {
	const events = [
		warning('Pod media/jellyfin-7d4b9-x', 'BackOff', 'Back-off restarting failed container', {lastAgo: minute, count: 14}),
		warning('Pod media/jellyfin-7d4b9-x', 'Unhealthy', 'probe failed', {lastAgo: 3 * minute, count: 1}),
	].map(noted);
	const shown = text(crashing({said: 'no such table', restarts: 4}), {events: events.toReversed()});
	expect(shown).toContain('state: CrashLoopBackOff (bad)');
	expect(shown).toContain('[Trouble]\nwhy: CrashLoopBackOff (bad)\n: no such table\nsince: 10m\ncontainer: main');
	expect(shown).toContain('ended last: main: exit 1, Error, 20s ago');
	expect(shown).toContain(
		'[Warnings]\n1m ago: BackOff (14 times): Back-off restarting failed container (warn)\n3m ago: Unhealthy: probe failed (warn)',
	);
});

test('one that no node takes: what stands in the way, node by node', () => {
	const shown = text(unschedulable('0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient memory.'));
	expect(shown).toContain('why: Unschedulable (bad)\n: 2 nodes: Insufficient memory\n: 1 node: were unschedulable');
	expect(shown).not.toContain('node: ,');
});

test('one on a lost node, that was to be gone', () => {
	const fields = {ready: false, metadata: {deletionTimestamp: new Date(now - 20 * minute).toISOString()}};
	const shown = text(fields, {standing: {word: 'silent', since: now - 25 * minute}});
	expect(shown).toContain('node: nuc-1, silent 25m (bad)');
	expect(shown).toContain('deletion: was to be gone 20m ago (warn)');
});

test('says that events cannot be seen, rather than that there are none', () => {
	expect(text({}, {events: undefined})).toContain('[Warnings]\n: events cannot be seen (unknown)');
	expect(text({}, {events: []})).not.toContain('Warnings');
});

test('holds nothing that a terminal could take for more than text', () => {
	const object = poisoned(pod('media/jellyfin-0', unschedulable('no node')));
	expectSafe(podDetail(record(object), {...around, events: [noted(poisoned(warning('Pod a/b', 'Failed', 'no')))]}, now));
});

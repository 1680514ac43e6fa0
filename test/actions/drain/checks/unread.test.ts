import {expect, test} from 'vitest';
import {checks} from '../../../../source/actions/drain/checks/index.ts';
import {unread} from '../../../../source/actions/drain/checks/unread.ts';
import {own, type SourceState} from '../../../../source/vocabulary.ts';
import {poisoned} from '../../../_helpers/hostile.ts';
import {election, node, now} from '../../../nodes/objects.ts';
import {engine, longhornVolume, replica} from '../../../storage/objects.ts';
import {drained, podWith, told} from './sight.ts';

const nodes = [node(drained)];
const denied = (resource: string): SourceState => ({is: 'denied', verb: own('list'), resource: own(resource)});
const absent: SourceState = {is: 'absent'};

test('what is not installed is not missed', () => {
	const states = {longhornVolumes: absent, replicas: absent, engines: absent, backups: absent, sessions: absent, plans: absent};
	expect(told(unread, {nodes, states})).toEqual([]);
});

test('what may not be read is told once, with the permission, and so is what could not be', () => {
	const states = {
		replicas: denied('replicas.longhorn.io'),
		engines: denied('engines.longhorn.io'),
		transfers: denied('podvolumebackups.velero.io'),
		volumes: {is: 'stale', since: now, why: own('connection lost')} as const,
	};
	expect(told(unread, {nodes, states})).toEqual([
		'unknown: whose data lies on it alone is not known: connection lost',
		'unknown: whether a Longhorn volume has its last copy here is not known: not permitted: list replicas.longhorn.io, list engines.longhorn.io',
		'unknown: whether a backup or restore runs on it is not known: not permitted: list podvolumebackups.velero.io',
	]);
});

test('whatever the objects around it are called, what is told of them is only text', () => {
	const {metadata, ...rest} = podWith('apps/web-0', 'data');
	const objects = poisoned({
		pods: [{...rest, metadata}],
		elections: [election('plndr-cp-lock')],
		longhornVolumes: [longhornVolume('pvc-1', 'media/config')],
		replicas: [replica('a', 'pvc-1', 'nuc-1')],
		engines: [engine('pvc-1', {a: 'RW'})],
	});
	for (const check of checks) told(check, {nodes, ...objects});
	expect(checks.length).toBeGreaterThan(10);
});

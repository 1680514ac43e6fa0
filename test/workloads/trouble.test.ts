import {describe, expect, test} from 'vitest';
import {protobuf} from '../../source/cluster/encoding/protobuf.ts';
import {frames} from '../../source/cluster/encoding/splitter.ts';
import type {Raw} from '../../source/cluster/raw.ts';
import {recordOf} from '../../source/cluster/reflector/projection.ts';
import type {KubeObject} from '../../source/demo/model.ts';
import {podForm} from '../../source/demo/server/forms/pod-form.ts';
import {podKind} from '../../source/workloads/pod.ts';
import {project} from '../_helpers/hostile.ts';
import {ago, crashing, creating, minute, now, type PodFields, pod, pulling, second, unschedulable} from './objects.ts';

const troubleOf = (fields: PodFields) => project(podKind, pod('media/jellyfin-0', fields))?.trouble;

describe('what keeps a pod from running', () => {
	test('no node takes it: the scheduler says why, and since when', () => {
		expect(troubleOf(unschedulable('0/8 nodes are available: 8 Insufficient memory.', 5 * minute))).toEqual({
			is: 'unschedulable',
			reason: 'Unschedulable',
			message: '0/8 nodes are available: 8 Insufficient memory.',
			container: '',
			since: now - 5 * minute,
			exitCode: undefined,
			loops: false,
			selector: [],
		});
	});

	test('its containers are not made yet', () => {
		expect(troubleOf(creating(4 * minute))).toMatchObject({is: 'creating', container: '', since: now - 4 * minute});
	});

	test('its container ends again and again: how it ended, and what it said', () => {
		expect(troubleOf(crashing({restarts: 3, said: 'no such table', exitCode: 2, waited: '40s'}))).toMatchObject({
			is: 'crashing',
			reason: 'CrashLoopBackOff',
			message: 'no such table',
			container: 'main',
			exitCode: 2,
			loops: false,
		});
	});

	test.each([
		['20s', false],
		['1m20s', false],
		['2m40s', true],
		['5m0s', true],
	])('a kubelet that waits %s before the next start proves a loop of five: %s', (waited, loops) => {
		expect(troubleOf(crashing({restarts: 9, waited}))?.loops).toBe(loops);
	});

	test.each([
		['image', 'ImagePullBackOff'],
		['image', 'ErrImagePull'],
		['image', 'InvalidImageName'],
		['config', 'CreateContainerConfigError'],
		['config', 'RunContainerError'],
	])('%s: %s', (is, reason) => {
		expect(troubleOf(pulling(reason, 'what the runtime said'))).toMatchObject({is, reason, message: 'what the runtime said'});
	});

	test('it runs, and does not answer', () => {
		expect(troubleOf({ready: false})).toMatchObject({is: 'not ready', since: now - 10 * minute});
	});

	test.each<[string, PodFields]>([
		['it is ready', {}],
		['it is done', {ready: false, status: {phase: 'Succeeded'}}],
		['it has failed for good', {ready: false, status: {phase: 'Failed'}}],
		['it is meant to end', {ready: false, metadata: {deletionTimestamp: ago(second)}}],
		['nobody has looked for a node yet', {node: '', status: {phase: 'Pending', conditions: []}}],
		[
			'somebody holds it back on purpose',
			{node: '', status: {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'False', reason: 'SchedulingGated'}]}},
		],
	])('nothing, when %s', (_, fields) => {
		expect(troubleOf(fields)).toBeUndefined();
	});

	test('reads the same out of protobuf as out of JSON', () => {
		const all: readonly PodFields[] = [
			unschedulable('none', minute),
			creating(minute),
			crashing({restarts: 7}),
			pulling('ErrImagePull', 'not found'),
		];
		for (const fields of all) {
			const object = pod('media/jellyfin-0', {
				...fields,
				spec: {...fields.spec, volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'books'}}]},
			});
			const [frame = Buffer.alloc(0)] = frames()(
				Buffer.from(podForm.event('ADDED', object as unknown as KubeObject) as Uint8Array),
			);
			const record = recordOf(podKind, 'v1', protobuf(podKind.protobuf ?? {}).event(frame).object);
			expect(record?.trouble).toBeDefined();
			expect(record?.claims).toEqual(['books']);
			expect(record).toEqual(recordOf(podKind, 'v1', object as unknown as Raw));
		}
	});
});

describe('how a container ended last', () => {
	test('is the newest end of all its containers', () => {
		const ended = (name: string, before: number, exitCode: number) => ({
			name,
			restartCount: 1,
			lastState: {terminated: {exitCode, reason: 'Error', finishedAt: ago(before)}},
		});
		const status = {containerStatuses: [ended('a', 9000, 1), ended('b', 3000, 137), ended('c', 5000, 2)]};
		expect(project(podKind, pod('a/b', {status}))?.ended).toEqual({
			container: 'b',
			at: now - 3000,
			reason: 'Error',
			exitCode: 137,
		});
	});
});

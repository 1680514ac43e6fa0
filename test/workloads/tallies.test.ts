import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Reading, SourceState} from '../../source/vocabulary.ts';
import {own} from '../../source/vocabulary.ts';
import {componentTally, controllerRunning, stateUnder} from '../../source/workloads/controllers.ts';
import {nodePodsTally} from '../../source/workloads/node-pods.ts';
import {type PodRecord, podKind} from '../../source/workloads/pod.ts';
import {project} from '../_helpers/hostile.ts';
import {reading} from '../_helpers/reading.ts';
import {tallied} from '../_helpers/tallied.ts';
import {now, onGpu, type PodFields, pod} from './objects.ts';

const record = (path: string, fields?: PodFields): PodRecord => {
	const made = project(podKind, pod(path, fields));
	if (made === undefined) throw new Error(`${path} was left out`);
	return made;
};

describe('the pods of a node', () => {
	test('are counted, the unready among them, what they request, and who holds GPUs', () => {
		const pods = reading(podKind, [
			pod('media/jellyfin-0'),
			pod('media/immich-0', {ready: false}),
			pod('ai/ollama-0', onGpu()),
			pod('ops/backup-1', {status: {phase: 'Succeeded'}}),
			pod('media/other', {node: 'nuc-2'}),
			pod('media/pending', {node: ''}),
		]);
		const {records} = tallied(nodePodsTally, pods);
		expect([...records.keys()]).toEqual(['nuc-1', 'nuc-2']);
		expect(records.get('nuc-1')).toMatchObject({active: 3, notReady: 1, finished: 1, milliCpu: 1200, memory: 2 * 128 * 2 ** 20});
		expect(records.get('nuc-1')?.holders.map(({pod: {name}, gpus}) => [name, gpus])).toEqual([['ollama-0', 1]]);
	});

	test('come to nothing again when all that was added is removed, in any order', () => {
		const all = ['a', 'b', 'c', 'd'].map((name, at) =>
			record(`x/${name}`, at === 1 ? onGpu() : {ready: at !== 2, status: at === 3 ? {phase: 'Failed'} : {}}),
		);
		fc.assert(
			fc.property(fc.shuffledSubarray(all, {minLength: all.length}), order => {
				const full = all.reduce(nodePodsTally.add, nodePodsTally.empty);
				expect(order.reduce(nodePodsTally.remove, full)).toEqual(nodePodsTally.empty);
			}),
		);
	});
});

describe('a controller', () => {
	const manager = (ready: boolean, node = 'nuc-1', path = `longhorn-system/longhorn-manager-${node}`) =>
		pod(path, {ready, node, metadata: {labels: {app: 'longhorn-manager'}}});
	const under = (objects: readonly object[], state?: SourceState) => tallied(componentTally, reading(podKind, objects, state));

	test('runs while one of its pods is ready', () => {
		expect(controllerRunning(under([manager(false), manager(true, 'nuc-2')]), 'longhorn-manager')).toBe(true);
		expect(controllerRunning(under([manager(false)]), 'longhorn-manager')).toBe(false);
	});

	test('is asked for on one node where its pods write for their own node only', () => {
		const pods = under([manager(false), manager(true, 'nuc-2')]);
		expect(controllerRunning(pods, 'longhorn-manager', 'nuc-1')).toBe(false);
		expect(controllerRunning(pods, 'longhorn-manager', 'nuc-2')).toBe(true);
		expect(controllerRunning(pods, 'longhorn-manager', 'nuc-3')).toBe(false);
	});

	test.each<[string, SourceState]>([
		['loading', {is: 'loading'}],
		['denied', {is: 'denied', verb: own('list'), resource: own('pods')}],
		['stale', {is: 'stale', since: now, why: own('cut off')}],
	])('is not judged while pods are %s', (_, state) => {
		expect(controllerRunning(under([], state), 'velero')).toBeUndefined();
	});

	test('is not missed by who sees one namespace only', () => {
		const limited: Reading<readonly PodRecord[]> = {
			...under([]),
			limitedTo: {namespace: own('media'), missing: own('list pods')},
		};
		expect(controllerRunning(limited, 'velero')).toBeUndefined();
	});

	test('that is down makes what it writes stale since then, and says who', () => {
		const down = under([manager(false)]);
		expect(stateUnder({is: 'live'}, down, 'longhorn-manager')).toEqual({
			is: 'stale',
			since: now - 600_000,
			why: 'longhorn-manager not running',
		});
		expect(stateUnder({is: 'loading'}, down, 'longhorn-manager')).toEqual({is: 'loading'});
		expect(stateUnder({is: 'live'}, under([manager(true)]), 'longhorn-manager')).toEqual({is: 'live'});
	});

	test('is forgotten with its pod', () => {
		const one = record('velero/velero-1', {metadata: {labels: {component: 'velero'}}});
		expect(componentTally.remove(componentTally.add([], one), one)).toEqual([]);
	});
});

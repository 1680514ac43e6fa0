import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {podKind} from '../../source/workloads/pod.ts';
import {damaged, expectSafe, poisoned, project} from '../_helpers/hostile.ts';
import {ago, now, onGpu, pod, requesting, running} from './objects.ts';

const waiting = (reason: string) => ({...running, ready: false, state: {waiting: {reason}}});
const ended = (terminated: object) => ({...running, ready: false, state: {terminated}});
const init = (name: string, state: object, more: object = {}) => ({name, ready: false, restartCount: 2, state, ...more});
const done = {terminated: {exitCode: 0, reason: 'Completed'}};
const notInitialised = [{type: 'Initialized', status: 'False'}];
const inits = {spec: {containers: [{name: 'main'}], initContainers: [{name: 'a'}, {name: 'b'}]}};

describe('a pod', () => {
	test('keeps what the panes count, and no more', () => {
		const claims = {
			volumes: [
				{name: 'data', persistentVolumeClaim: {claimName: 'books'}},
				{name: 'tmp', emptyDir: {}},
			],
		};
		const object = pod('media/jellyfin-0', {spec: {...claims, ...requesting({cpu: '250m', memory: '1Gi'})}});
		expect(project(podKind, object)).toEqual({
			uid: 'uid-media/jellyfin-0',
			namespace: 'media',
			name: 'jellyfin-0',
			actionable: true,
			createdAt: now - 86_400_000,
			node: 'nuc-1',
			phase: 'Running',
			status: 'Running',
			ready: true,
			readyAt: now - 600_000,
			readyContainers: 1,
			containers: 1,
			restarts: 0,
			container: 'main',
			ended: undefined,
			ownerKind: 'ReplicaSet',
			ownerName: 'jellyfin-0-owner',
			component: undefined,
			kubeletDir: '',
			claims: ['books'],
			trouble: undefined,
			milliCpu: 250,
			memory: 2 ** 30,
			gpus: 0,
			gpuResource: '',
			deletingAt: 0,
		});
	});

	test.each([
		['longhorn-manager', {app: 'longhorn-manager'}],
		['velero', {component: 'velero', deploy: 'velero'}],
		['velero', {'app.kubernetes.io/name': 'velero', name: 'velero'}],
		['velero-node-agent', {'app.kubernetes.io/name': 'velero', name: 'node-agent'}],
		['cilium-agent', {'k8s-app': 'cilium', 'app.kubernetes.io/name': 'cilium-agent'}],
		['dcgm-exporter', {'app.kubernetes.io/name': 'dcgm-exporter'}],
		['dcgm-exporter', {app: 'nvidia-dcgm-exporter'}],
		[undefined, {app: 'jellyfin'}],
	])('is recognised as %s by %o', (component, labels) => {
		expect(project(podKind, pod('a/b', {metadata: {labels}}))?.component).toBe(component);
	});
});

describe('what a pod requests', () => {
	const asked = (spec: object) => project(podKind, pod('a/b', {spec}));
	const container = (cpu: string, more: object = {}) => ({resources: {requests: {cpu}}, ...more});

	test('is the sum of its containers', () => {
		expect(asked({containers: [container('100m'), container('0.2')]})?.milliCpu).toBe(300);
	});

	test('or what its widest initialisation needs, beside the sidecars started before it', () => {
		const initContainers = [container('100m', {restartPolicy: 'Always'}), container('500m')];
		expect(asked({containers: [container('200m')], initContainers})?.milliCpu).toBe(600);
		expect(asked({containers: [container('900m')], initContainers})?.milliCpu).toBe(1000);
	});

	test('or what it says for itself as a whole, and its overhead', () => {
		const spec = {containers: [container('100m')], resources: {requests: {cpu: '2'}}, overhead: {cpu: '50m'}};
		expect(asked(spec)?.milliCpu).toBe(2050);
	});

	test.each(['nvidia.com/gpu', 'nvidia.com/gpu.shared', 'nvidia.com/mig-1g.5gb'])('counts devices of %s', resource => {
		expect(project(podKind, pod('ai/ollama-0', onGpu(2, resource)))).toMatchObject({gpus: 2, gpuResource: resource});
	});

	test('never counts what only looks like a GPU', () => {
		expect(asked(requesting({'example.com/nvidia.com/gpu': '1', 'nvidia.com/gpu-driver': '1'}))?.gpus).toBe(0);
	});
});

/** The rows of kubectl's own printer test (kubernetes, pkg/printers/internalversion/printers_test.go, TestPrintPod), in short. */
describe("kubectl's STATUS, READY and RESTARTS", () => {
	test.each([
		['Running 1/1 0', {}],
		['ContainerCreating 0/1 0', {status: {phase: 'Pending', containerStatuses: [waiting('ContainerCreating')]}}],
		['CrashLoopBackOff 0/1 7', {status: {containerStatuses: [{...waiting('CrashLoopBackOff'), restartCount: 7}]}}],
		['Error 0/1 0', {status: {phase: 'Failed', containerStatuses: [ended({exitCode: 1, reason: 'Error'})]}}],
		['ExitCode:137 0/1 0', {status: {phase: 'Failed', containerStatuses: [ended({exitCode: 137})]}}],
		['Signal:9 0/1 0', {status: {phase: 'Failed', containerStatuses: [ended({signal: 9, exitCode: 137})]}}],
		['Completed 0/1 0', {status: {phase: 'Succeeded', containerStatuses: [ended(done.terminated)]}}],
		['Evicted 0/1 0', {status: {phase: 'Failed', reason: 'Evicted', containerStatuses: []}}],
		['Pending 0/1 0', {status: {phase: 'Pending', conditions: [], containerStatuses: []}}],
		[
			'SchedulingGated 0/1 0',
			{
				status: {
					phase: 'Pending',
					conditions: [{type: 'PodScheduled', status: 'False', reason: 'SchedulingGated'}],
					containerStatuses: [],
				},
			},
		],
		['Terminating 1/1 0', {metadata: {deletionTimestamp: ago(1000)}}],
		['Unknown 1/1 0', {metadata: {deletionTimestamp: ago(1000)}, status: {reason: 'NodeLost'}}],
		[
			'Completed 0/1 0',
			{metadata: {deletionTimestamp: ago(1)}, status: {phase: 'Succeeded', containerStatuses: [ended(done.terminated)]}},
		],
	])('%s', (words, fields) => {
		const record = project(podKind, pod('a/b', fields));
		expect(`${record?.status} ${record?.readyContainers}/${record?.containers} ${record?.restarts}`).toBe(words);
	});

	test.each([
		['Init:0/2', [init('a', {running: {}}), init('b', {waiting: {reason: 'PodInitializing'}})]],
		['Init:1/2', [init('a', done), init('b', {waiting: {reason: 'PodInitializing'}})]],
		['Init:CrashLoopBackOff', [init('a', {waiting: {reason: 'CrashLoopBackOff'}})]],
		['Init:Error', [init('a', {terminated: {exitCode: 1, reason: 'Error'}})]],
		['Init:ExitCode:3', [init('a', {terminated: {exitCode: 3}})]],
		['Init:Signal:9', [init('a', {terminated: {exitCode: 137, signal: 9}})]],
	])('%s while it initialises', (words, initContainerStatuses) => {
		const status = {
			phase: 'Pending',
			conditions: notInitialised,
			initContainerStatuses,
			containerStatuses: [waiting('PodInitializing')],
		};
		expect(project(podKind, pod('a/b', {...inits, status}))?.status).toBe(words);
	});

	test('a started sidecar counts as a container, and its restarts stay', () => {
		const spec = {containers: [{name: 'main'}], initContainers: [{name: 'proxy', restartPolicy: 'Always'}, {name: 'setup'}]};
		const initContainerStatuses = [init('proxy', {running: {}}, {started: true, ready: true}), init('setup', done)];
		const record = project(podKind, pod('a/b', {spec, status: {initContainerStatuses}}));
		expect(`${record?.status} ${record?.readyContainers}/${record?.containers} ${record?.restarts}`).toBe('Running 2/2 2');
	});

	test('one container that ended does not make a pod whose other one runs look ended', () => {
		const spec = {containers: [{name: 'job'}, {name: 'main'}]};
		const status = {containerStatuses: [{...ended(done.terminated), name: 'job'}, running]};
		expect(project(podKind, pod('a/b', {spec, status}))?.status).toBe('Running');
		expect(project(podKind, pod('a/b', {spec, status, ready: false}))?.status).toBe('NotReady');
	});
});

describe('a hostile pod', () => {
	const whole = pod('ai/ollama-0', {...onGpu(), metadata: {labels: {app: 'x'}, deletionTimestamp: ago(1)}});
	const terminated = {exitCode: 1, reason: 'Error', message: 'no such table', finishedAt: ago(1)};
	const failing = pod('ai/ollama-0', {
		ready: false,
		status: {containerStatuses: [{...ended(terminated), lastState: {terminated}}]},
	});

	test('has nothing in its printable fields that a terminal could take for more', () => {
		const record = project(podKind, poisoned(whole));
		expectSafe([record?.status, record?.ownerKind, record?.phase]);
		expect(record?.actionable).toBe(false);
		const sick = project(podKind, poisoned(failing));
		expect(sick?.trouble?.message).not.toBe('');
		expect(sick?.ended?.reason).toMatch(/^Error/);
		expectSafe([sick?.trouble, sick?.ended]);
	});

	test('never breaks the projection', () => {
		fc.assert(
			fc.property(damaged(whole), object => {
				const record = project(podKind, object);
				expect(Number.isSafeInteger(record?.milliCpu) && Number.isSafeInteger(record?.memory)).toBe(true);
				expectSafe([record?.status, record?.ownerKind]);
			}),
		);
		fc.assert(
			fc.property(damaged(failing), object => {
				const record = project(podKind, object);
				expectSafe([record?.trouble, record?.ended]);
			}),
		);
		fc.assert(fc.property(fc.object(), object => void project(podKind, object)));
	});
});

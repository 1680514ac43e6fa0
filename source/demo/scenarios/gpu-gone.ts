import type {Scenario, Stage} from '../model.ts';
import {nodes} from '../objects/node.ts';
import {pods} from '../objects/pod.ts';
import {stamp} from '../objects/time.ts';
import {reportXid} from '../players/dcgm.ts';
import {record} from '../players/events.ts';
import {leave} from '../players/leave.ts';
import {crash} from './crash.ts';
import {lived} from './lived.ts';
import {podsOf} from './remake.ts';

const host = 'gpu-1';
const resource = 'nvidia.com/gpu';

/** The card has been off the bus for almost an hour; since the device plugin was restarted the node has none, and ollama waits for one. */
export const gpuGone: Scenario = {
	id: 'gpu-gone',
	title: 'The GPU is gone',
	description: `XID 79 on ${host} 55 minutes ago; the node has no GPU any more, and ollama waits for one`,
	worlds: ['homelab'],
	steps: lived([
		{at: -3300, what: 'XID 79: the GPU has fallen off the bus', act: fallOff},
		{at: -3240, what: 'ollama crashes', act: crashUser},
		{at: -3000, what: 'the device plugin is restarted and finds no device', act: restartPlugin},
		{at: -2940, what: 'kubectl delete pod ollama-0', act: deleteUser},
	]),
};

function fallOff(stage: Stage, at: number): void {
	reportXid(stage, host, 79);
	setGpus(stage, 'allocatable');
	const node = nodes.get(stage.store, host);
	const message = 'NVRM: Xid (PCI:0000:01:00): 79, GPU has fallen off the bus.';
	const said = {type: 'Warning', reason: 'XidCriticalError', message, from: 'node-problem-detector', host, at} as const;
	if (node) record(stage, {about: node, ...said});
}

function setGpus({store}: Stage, ...lists: ReadonlyArray<'capacity' | 'allocatable'>): void {
	nodes.change(store, {metadata: {name: host}}, draft => {
		for (const list of lists) draft.status = {...draft.status, [list]: {...draft.status?.[list], [resource]: '0'}};
	});
}

function crashUser(stage: Stage, at: number): void {
	const message = 'ggml_cuda_init: failed to initialize CUDA: no CUDA-capable device is detected';
	for (const pod of podsOf(stage, 'ai', 'ollama')) crash(stage, pod, at, {restarts: 1, exitCode: 2, message});
}

function restartPlugin(stage: Stage, at: number): void {
	const [plugin] = podsOf(stage, 'gpu-operator', 'nvidia-device-plugin-daemonset');
	if (!plugin) return;
	pods.change(stage.store, plugin, draft => {
		draft.status = {
			...draft.status,
			containerStatuses: (draft.status?.containerStatuses ?? []).map(status => ({
				...status,
				restartCount: status.restartCount + 1,
				lastState: {
					terminated: {
						exitCode: 1,
						reason: 'Error',
						message: 'nvml: Driver/library lost contact with the device, restarting\n',
						startedAt: status.state.running?.startedAt ?? stamp(at),
						finishedAt: stamp(at),
						containerID: status.containerID,
					},
				},
				state: {running: {startedAt: stamp(at + 2000)}},
			})),
		};
	});
	setGpus(stage, 'capacity', 'allocatable');
}

function deleteUser(stage: Stage, at: number): void {
	for (const pod of podsOf(stage, 'ai', 'ollama')) leave(stage, pod, at);
}

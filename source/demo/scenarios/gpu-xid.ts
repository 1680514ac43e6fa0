import type {Scenario, Stage} from '../model.ts';
import {nodes} from '../objects/node.ts';
import {pods} from '../objects/pod.ts';
import {reportXid} from '../players/dcgm.ts';
import {record} from '../players/events.ts';
import {crash} from './crash.ts';

const host = 'gpu-1';

/** The card falls off the bus: first an XID of an application, then 79, then the node offers no GPU any more. */
export const gpuXid: Scenario = {
	id: 'gpu-xid',
	title: 'The GPU falls off the bus',
	description:
		'an application error four minutes ago, XID 79 after the start; then the GPU is no longer allocatable and ollama crashes',
	worlds: ['homelab'],
	steps: [
		{at: -240, what: 'XID 31: an application touched memory that is not its own', act: stage => reportXid(stage, host, 31)},
		{at: 20, what: 'XID 79: the GPU has fallen off the bus', act: stage => reportXid(stage, host, 79)},
		{at: 35, what: 'the device plugin marks the GPU unhealthy', act: takeAway},
		{at: 50, what: 'ollama crashes', act: crashUsers},
	],
};

function takeAway({store}: Stage): void {
	nodes.change(store, {metadata: {name: host}}, draft => {
		draft.status = {...draft.status, allocatable: {...draft.status?.allocatable, 'nvidia.com/gpu': '0'}};
	});
}

function crashUsers(stage: Stage, at: number): void {
	for (const pod of pods.all(stage.store, 'ai').filter(({spec}) => spec.nodeName === host)) {
		crash(stage, pod, at, {
			restarts: 3,
			exitCode: 2,
			message: 'ggml_cuda_init: failed to initialize CUDA: no CUDA-capable device is detected',
		});
	}
	const node = nodes.get(stage.store, host);
	const message = 'NVRM: Xid (PCI:0000:01:00): 79, GPU has fallen off the bus.';
	if (node)
		record(stage, {about: node, type: 'Warning', reason: 'XidCriticalError', message, from: 'node-problem-detector', host, at});
}

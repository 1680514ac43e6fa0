import type {GpuDevice} from '../../source/gpu/dcgm.ts';
import {deviceKey} from '../../source/gpu/dcgm.ts';
import type {XidBefore} from '../../source/gpu/device.ts';
import {chartExporters, dcgmScrape, operatorExporters} from '../../source/gpu/exporter.ts';
import {type GpuFacts, type GpuInput, gpuFacts} from '../../source/gpu/facts.ts';
import type {NodeStanding} from '../../source/gpu/node.ts';
import {gpuWaitTally} from '../../source/gpu/waiting.ts';
import {nodeKind} from '../../source/nodes/node.ts';
import type {Reading, SourceState} from '../../source/vocabulary.ts';
import {nodePodsTally} from '../../source/workloads/node-pods.ts';
import {podKind} from '../../source/workloads/pod.ts';
import {reading} from '../_helpers/reading.ts';
import {tallied} from '../_helpers/tallied.ts';
import {node, now} from '../nodes/objects.ts';
import {type PodFields, pod} from '../workloads/objects.ts';

const rtx = 'NVIDIA-RTX-4000-SFF-Ada-Generation';

/** A node with GPUs, as the device plugin and GPU feature discovery leave it. */
export const gpuNode = (name: string, capacity = 1, allocatable = capacity, labels: object = {}, resource = 'nvidia.com/gpu') =>
	node(name, {
		labels: {'nvidia.com/gpu.product': rtx, 'nvidia.com/gpu.memory': '20475', ...labels},
		status: {
			capacity: {cpu: '8', pods: '110', [resource]: String(capacity)},
			allocatable: {cpu: '8', pods: '110', [resource]: String(allocatable)},
		},
	});

export const exporter = (on: string, fields: PodFields = {}) =>
	pod(`gpu-operator/dcgm-${on}`, {node: on, metadata: {labels: {app: 'nvidia-dcgm-exporter'}}, ...fields});

type Figures = Readonly<Record<string, number>>;

/** What dcgm-exporter writes for one GPU. Figures by the name after `DCGM_FI_`. */
export const metrics = (figures: Figures, labels: Readonly<Record<string, string>> = {}) => {
	const all = {
		gpu: '0',
		UUID: 'GPU-5fd4',
		device: 'nvidia0',
		modelName: 'NVIDIA RTX 4000 SFF Ada Generation',
		Hostname: 'x',
		...labels,
	};
	const inside = Object.entries(all).map(([key, value]) => `${key}="${value}"`);
	return Object.entries(figures)
		.map(([name, value]) => `# TYPE DCGM_FI_${name} gauge\nDCGM_FI_${name}{${inside.join(',')}} ${value}\n`)
		.join('');
};

export const busy: Figures = {
	DEV_GPU_UTIL: 91,
	PROF_GR_ENGINE_ACTIVE: 0.83,
	DEV_FB_USED: 14_438,
	DEV_FB_FREE: 5542,
	DEV_FB_RESERVED: 495,
	DEV_GPU_TEMP: 71,
	DEV_POWER_USAGE: 68.4,
	DEV_XID_ERRORS: 0,
};

export type Objects = {
	readonly nodes?: readonly object[];
	readonly pods?: readonly object[];
	readonly exporters?: readonly object[];
	/** What the exporter of each node answers. */
	readonly answers?: Readonly<Record<string, string>>;
	readonly standing?: Readonly<Record<string, NodeStanding>>;
	readonly states?: Partial<Record<'nodes' | 'pods' | 'devices' | 'exporters', SourceState>>;
	/** How the exporter of each node answers; polled just now when not given. */
	readonly parts?: Readonly<Record<string, SourceState>>;
	readonly target?: number;
	readonly at?: number;
	readonly gpusBefore?: ReadonlyMap<string, number>;
	readonly xidsBefore?: ReadonlyMap<string, XidBefore>;
};

let revision = 0;
const polled = (at: number): SourceState => ({is: 'polled', asOf: at, every: 30_000});

function devicesOf({answers = {}, parts = {}, states = {}, at = now}: Objects): Reading<GpuDevice> {
	const records = Object.entries(answers).flatMap(([key, body]) => dcgmScrape.read(body, {key, path: ''}));
	const known = Object.keys({...answers, ...parts}).map(key => [key, parts[key] ?? polled(at)] as const);
	const state = states.devices ?? (known.length === 0 ? {is: 'absent'} : polled(at));
	revision += 1;
	return {state, revision, records: new Map(records.map(record => [deviceKey(record), record])), parts: new Map(known)};
}

/** The input of the GPU slice out of raw objects and answers, through the real projections and the real parser. */
export function input(objects: Objects): GpuInput {
	const {nodes = [], pods = [], exporters = [], states = {}, standing = {}, target, at = now, gpusBefore, xidsBefore} = objects;
	return {
		nodes: reading(nodeKind, nodes, states.nodes),
		standing: new Map(Object.entries(standing)),
		pods: tallied(nodePodsTally, reading(podKind, pods, states.pods)),
		devices: devicesOf(objects),
		exporters: [reading(operatorExporters, exporters, states.exporters), reading(chartExporters, [], states.exporters)],
		waiting: tallied(gpuWaitTally, reading(podKind, pods, states.pods)),
		now: at,
		...(gpusBefore === undefined ? {} : {gpusBefore}),
		...(xidsBefore === undefined ? {} : {xidsBefore}),
		...(target === undefined ? {} : {target}),
	};
}

export const told = (objects: Objects, previous?: GpuFacts): GpuFacts => gpuFacts(input(objects), previous);

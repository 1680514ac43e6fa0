import {sameState} from '../cluster/freshness.ts';
import type {NodeRecord} from '../nodes/node.ts';
import {sameList, stillTrue} from '../reuse.ts';
import {together} from '../together.ts';
import {memoised, type Reading, type SourceState} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import {type NodePods, podsOf} from '../workloads/node-pods.ts';
import type {PodRecord} from '../workloads/pod.ts';
import type {GpuDevice} from './dcgm.ts';
import {type DeviceFact, deviceFact, isHeard, type XidBefore} from './device.ts';
import {type ExporterRecord, readyExporters} from './exporter.ts';
import {type GpuNodeFact, gpuNodeFact, type NodeStanding} from './node.ts';
import {xidNotedAt} from './noted.ts';

export type GpuInput = {
	readonly nodes: Reading<NodeRecord>;
	/** How the nodes do, by name. */
	readonly standing: ReadonlyMap<string, NodeStanding>;
	/** The pods' tally by node name, in the state of the pods themselves. */
	readonly pods: Reading<NodePods>;
	readonly devices: Reading<GpuDevice>;
	/** Exporter pods, of each way to install them. */
	readonly exporters: ReadonlyArray<Reading<ExporterRecord>>;
	/** Pods that no node takes, by the GPU resource they ask for. */
	readonly waiting: Reading<readonly PodRecord[]>;
	/** Whole GPUs that an earlier run saw, by node name; and the XIDs of devices by their key. */
	readonly gpusBefore?: ReadonlyMap<string, number> | undefined;
	readonly xidsBefore?: ReadonlyMap<string, XidBefore> | undefined;
	/** What the average utilisation should reach, 0–1. */
	readonly target?: number | undefined;
	/** Epoch ms on the server's clock. */
	readonly now: number;
};

export type GpuFacts = {
	readonly devices: readonly DeviceFact[];
	readonly nodes: readonly GpuNodeFact[];
	/** Mean utilisation of the devices that are heard of, 0–1. */
	readonly average: number | undefined;
	readonly target: number | undefined;
	/** Pods that wait for a GPU, the one that waits longest first. */
	readonly waiting: readonly PodRecord[];
	readonly gpusBefore: ReadonlyMap<string, number>;
	readonly states: {
		readonly nodes: SourceState;
		readonly devices: SourceState;
		readonly pods: SourceState;
		readonly exporters: SourceState;
	};
	/** The earliest moment at which something here changes without an event, epoch ms. */
	readonly changesAt: number;
};

function tellDevices(input: GpuInput, previous: GpuFacts | undefined): readonly DeviceFact[] {
	const known = new Map(previous?.devices.map(fact => [fact.key, fact]));
	const perNode = Map.groupBy(input.devices.records.values(), ({node}) => node);
	return [...input.devices.records].map(([key, device]) => {
		const parts = {
			key,
			device,
			node: input.nodes.records.get(device.node),
			standing: input.standing.get(device.node),
			source: input.devices.parts?.get(device.node) ?? input.devices.state,
			pods: podsOf(input.pods, device.node),
			alone: perNode.get(device.node)?.length === 1,
			xidBefore: input.xidsBefore?.get(key),
		};
		const {standing, source} = parts;
		const staleSince = source.is === 'stale' ? source.since : 0;
		const held = parts.pods?.holders;
		const from = [device, parts.node, standing?.word, standing?.since, source.is, staleSince, held, parts.alone, parts.xidBefore];
		const before = known.get(key);
		return stillTrue(before, from, input.now) ?? deviceFact(parts, before, from, input.now);
	});
}

/** Whether a node has an exporter; undefined where that cannot be seen. */
function exporterOn({exporters}: GpuInput): (node: string) => boolean | undefined {
	const ready = readyExporters(exporters.flatMap(({records}) => [...records.values()]));
	const complete = exporters.every(({state, limitedTo}) => isKnown(state) && limitedTo === undefined);
	return node => ready.has(node) || (complete ? false : undefined);
}

/** What an answer says beside when it was given. */
function answerWords(answer: SourceState | undefined): readonly unknown[] {
	if (answer?.is === 'loading') return [answer.is, answer.waitingFor];
	return answer?.is === 'stale' ? [answer.is, answer.why] : [answer?.is, ''];
}

const waitsSince = ({trouble, createdAt}: PodRecord): number => trouble?.since || createdAt;
const inOrder = memoised((waiting: Reading<readonly PodRecord[]>): readonly PodRecord[] =>
	[...waiting.records.values()].flat().sort((a, b) => waitsSince(a) - waitsSince(b)),
);

const nothing: ReadonlyMap<string, number> = new Map();
const hasGpu = ({gpus, gpuLabels}: NodeRecord): boolean => gpus.length > 0 || (gpuLabels?.count ?? 0) > 0;
const withGpu = memoised(({records}: Reading<NodeRecord>) => [...records.values()].filter(hasGpu));

function tellNodes(input: GpuInput, previous: GpuFacts | undefined): readonly GpuNodeFact[] {
	const known = new Map(previous?.nodes.map(fact => [fact.node.name as string, fact]));
	const exporterReady = exporterOn(input);
	const measured = Map.groupBy(input.devices.records.values(), ({node}) => node as string);
	return withGpu(input.nodes).map(node => {
		const parts = {
			node,
			standing: input.standing.get(node.name),
			xidNotedAt: xidNotedAt(input.standing.get(node.name)?.events ?? []),
			measured: measured.get(node.name)?.length ?? 0,
			exporterReady: exporterReady(node.name),
			answer: input.devices.parts?.get(node.name),
			pods: podsOf(input.pods, node.name),
		};
		const {standing, measured: told, answer, pods} = parts;
		const heard = [standing?.word, standing?.since, parts.xidNotedAt];
		const from = [node, ...heard, told, parts.exporterReady, ...answerWords(answer), pods?.holders];
		return stillTrue(known.get(node.name), from, input.now) ?? gpuNodeFact(parts, from, input.now);
	});
}

function averageOf(devices: readonly DeviceFact[]): number | undefined {
	const used = devices.filter(isHeard).flatMap(({device: {utilisation}}) => (utilisation === undefined ? [] : [utilisation]));
	return used.length === 0 ? undefined : used.reduce((sum, each) => sum + each, 0) / used.length;
}

/** Freshness of a poll is told by its parts; that one more was made is not news. */
const sameSource = (a: SourceState, b: SourceState) => sameState(a, b) || (a.is === 'polled' && b.is === 'polled');

/** What is known of the GPUs. Give it its last answer: what is still true stays the same object, and so does the whole. */
export function gpuFacts(input: GpuInput, previous?: GpuFacts): GpuFacts {
	const devices = sameList(previous?.devices, tellDevices(input, previous));
	const nodes = sameList(previous?.nodes, tellNodes(input, previous));
	const waiting = sameList(previous?.waiting, inOrder(input.waiting));
	const exporters = together(input.exporters.map(({state}) => state));
	const states = {nodes: input.nodes.state, devices: input.devices.state, pods: input.pods.state, exporters};
	const {target, gpusBefore = nothing} = input;
	if (
		previous !== undefined &&
		devices === previous.devices &&
		nodes === previous.nodes &&
		target === previous.target &&
		waiting === previous.waiting &&
		gpusBefore === previous.gpusBefore &&
		sameState(states.exporters, previous.states.exporters) &&
		sameState(states.nodes, previous.states.nodes) &&
		sameSource(states.devices, previous.states.devices) &&
		sameSource(states.pods, previous.states.pods)
	)
		return previous;
	return {
		devices,
		nodes,
		average: averageOf(devices),
		target,
		waiting,
		gpusBefore,
		states,
		changesAt: [...devices, ...nodes].reduce((at, {turnsAt}) => Math.min(at, turnsAt), Number.POSITIVE_INFINITY),
	};
}

import type {Blind, FindingId} from '../diagnosis.ts';
import {own, type SafeText, type SourceState, say} from '../vocabulary.ts';
import {count, isKnown, shownName, whyUnread} from '../words.ts';
import type {GpuFacts} from './facts.ts';
import {isLost} from './lost.ts';
import type {GpuNodeFact} from './node.ts';
import {deviceName} from './state-words.ts';

/** What only an exporter can tell. */
const ofDevices: readonly FindingId[] = ['gpu-error', 'gpu-hot', 'gpu-memory-failing', 'gpu-memory-full', 'gpu-allocated-idle'];

type Silence = {readonly fact: GpuNodeFact; readonly why: SafeText; readonly loading: boolean; readonly required: boolean};

/** Why nothing is known of the devices of a node; undefined where its exporter tells of them. */
function silenceOn(fact: GpuNodeFact, exporters: SourceState): Silence | undefined {
	const {standing, exporterReady, answer, measured} = fact;
	const silence = (why: SafeText, loading = false, required = true): Silence => ({fact, why, loading, required});
	if (isLost(standing)) return silence(own('not heard: its node is lost'), false, false);
	if (exporterReady === undefined) return silence(whyUnread(exporters) ?? own('not seen'), exporters.is === 'loading');
	// That there is none is a risk of its own, and told as one.
	if (!exporterReady) return silence(own('not ready'), false, false);
	const why = answer === undefined ? own('not asked yet') : whyUnread(answer);
	if (why !== undefined) return silence(why, answer === undefined || answer.is === 'loading');
	return measured === 0 ? silence(own('told of no GPU')) : undefined;
}

/** All names that a finding about a device of this node may have. */
function devicesOf({node, capacity, labelled}: GpuNodeFact, facts: GpuFacts): readonly SafeText[] {
	const told = facts.devices.filter(({device}) => device.node === node.name).map(deviceName);
	const counted = Array.from({length: Math.max(capacity, labelled)}, (_, index) => say`${shownName(node)}/${index}`);
	return [...told, ...counted];
}

const spoken = (why: SafeText): SafeText => (why.startsWith('no answer') ? say` gave ${why}` : say`: ${why}`);

function sentence(silences: readonly Silence[], why: SafeText): SafeText {
	const [{fact}, ...more] = silences as readonly [Silence, ...Silence[]];
	if (more.length > 0) return say`exporters on ${count(silences.length, 'node')}${spoken(why)}`;
	const {allocatable, capacity, node, standing} = fact;
	const known = isLost(standing) ? own('') : say` (allocatable ${allocatable}/${capacity} is known)`;
	return say`exporter on ${shownName(node)}${spoken(why)}${known}`;
}

/** An exporter that hangs, refuses or talks nonsense is blind for its own node only; the same reason is told once. */
function silentExporters(facts: GpuFacts): readonly Blind[] {
	const silences = facts.nodes
		.filter(({total, labelled}) => total > 0 || labelled > 0)
		.map(fact => silenceOn(fact, facts.states.exporters))
		.filter(silence => silence !== undefined);
	return [...Map.groupBy(silences, ({why}) => why)].map(([why, same]) => ({
		ids: ofDevices,
		abouts: new Set(same.flatMap(({fact}) => devicesOf(fact, facts))),
		what: own('gpu'),
		why: sentence(same, why),
		loading: same.every(({loading}) => loading),
		required: same.some(({required}) => required),
	}));
}

/** What cannot be judged of GPUs now, and why. */
export function gpuBlind(facts: GpuFacts): readonly Blind[] {
	const {nodes, exporters} = facts.states;
	const without = (ids: readonly FindingId[], name: string, state: SourceState, required: boolean): readonly Blind[] => {
		const why = whyUnread(state);
		if (why === undefined) return [];
		return [{ids, what: own('gpu'), why: say`${own(name)}: ${why}`, loading: state.is === 'loading', required}];
	};
	return [
		...without(
			['gpu-missing', 'gpu-exporter-absent', ...(isKnown(nodes) ? [] : ofDevices)],
			'nodes',
			nodes,
			facts.nodes.length > 0,
		),
		...(facts.nodes.length > 0 ? without(['gpu-exporter-absent'], 'exporters', exporters, false) : []),
		...silentExporters(facts),
	];
}

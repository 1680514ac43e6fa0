import {safeText} from '../cluster/safe-text.ts';
import {nameOf, type Symptom} from '../diagnosis.ts';
import type {Settings} from '../settings.ts';
import {own, type RawName, type SafeText, say} from '../vocabulary.ts';
import {count, join, shownName, shownPath} from '../words.ts';
import type {PodRecord} from '../workloads/pod.ts';
import type {DeviceFact} from './device.ts';
import type {GpuFacts} from './facts.ts';
import {isLost} from './lost.ts';
import type {GpuNodeFact} from './node.ts';
import {deviceName} from './state-words.ts';

/** Milliseconds. */
const missingFor = 2 * 60_000;
const waitedFor = 30_000;
const absentFor = 2 * 60_000;

/** What is known of the GPUs of one node: what there should be, by whose word, and what there is. */
type Stock = {
	readonly name: RawName;
	readonly fact: GpuNodeFact | undefined;
	readonly declared: number | undefined;
	readonly before: number | undefined;
	readonly wanted: number;
	readonly left: number;
};

function stockOf(name: RawName, fact: GpuNodeFact | undefined, settings: Settings, facts: GpuFacts): Stock {
	const declared = settings.expected.gpus?.[name];
	const before = facts.gpusBefore.get(name);
	const wanted = Math.max(declared ?? before ?? 0, fact?.capacity ?? 0, fact?.labelled ?? 0);
	const left = fact === undefined || isLost(fact.standing) ? 0 : fact.allocatable;
	return {name, fact, declared, before, wanted, left};
}

/** Nodes with GPUs, and those that should have some. */
function stocks(facts: GpuFacts, settings: Settings): readonly Stock[] {
	const known = new Map(facts.nodes.map(fact => [fact.node.name as string, fact]));
	const names = new Set([...known.keys(), ...Object.keys(settings.expected.gpus ?? {}), ...facts.gpusBefore.keys()]);
	return [...names].sort().map(name => stockOf(name as RawName, known.get(name), settings, facts));
}

const usual = 'nvidia.com/gpu';

/** Pods that wait for what this node has, or had. */
function waitingFor({fact}: Stock, waiting: readonly PodRecord[]): readonly PodRecord[] {
	const resources = new Set<string>(fact?.node.gpus.map(({resource}) => resource) ?? []);
	return waiting.filter(({gpuResource}) => resources.has(gpuResource) || (resources.size === 0 && gpuResource === usual));
}

function evidenceOf({fact, declared, before}: Stock, waiting: readonly PodRecord[], devices: readonly DeviceFact[]) {
	const lines: ReadonlyArray<SafeText | undefined> = [
		...(fact?.node.gpus ?? []).map(
			({resource, allocatable, capacity}) => say`${shownName({name: resource})}: ${allocatable} allocatable of ${capacity}`,
		),
		fact === undefined || fact.labelled === 0 ? undefined : say`label nvidia.com/gpu.count=${fact.labelled}`,
		declared === undefined ? undefined : say`declared in the configuration: ${declared}`,
		before === undefined ? undefined : say`seen before: ${before}`,
		...devices.flatMap(device => {
			const {xid} = device;
			return xid === undefined ? [] : [say`${deviceName(device)}: last XID ${xid.xid.code} ${own(xid.xid.name)}`];
		}),
		...waiting
			.slice(0, 3)
			.map(
				pod =>
					say`${shownPath(pod)} waits: ${safeText((pod.trouble?.message ?? pod.status).replace(/\.? preemption: .*$/s, ''), 160)}`,
			),
	];
	return lines.filter(line => line !== undefined);
}

function titleOf({fact, wanted, left}: Stock): SafeText {
	if (fact !== undefined && isLost(fact.standing)) return say`${count(wanted, 'GPU')} out of reach`;
	return say`${left} of ${count(wanted, 'GPU')} left`;
}

/** What the device itself may have said of it: errors of an application are not why it is gone. */
function lastError({xid}: DeviceFact): SafeText | undefined {
	if (xid === undefined || (xid.xid.class !== 'hardware' && xid.xid.class !== 'driver')) return undefined;
	return say`last XID ${xid.xid.code} ${own(xid.xid.name)}`;
}

/** Since its device or driver was noted down to have failed, else since the first pod waits; epoch ms, 0 where nothing tells. */
function sinceOf({fact}: Stock, first: PodRecord | undefined): number {
	const waits = first === undefined ? 0 : first.trouble?.since || first.createdAt;
	const noted = fact?.xidNotedAt ?? 0;
	return noted > 0 && waits > 0 ? Math.min(noted, waits) : noted || waits;
}

/** A node that has fewer GPUs to give than it should have. */
function missing(stock: Stock, {waiting, devices}: GpuFacts): Symptom {
	const {name, wanted, left} = stock;
	const pods = waitingFor(stock, waiting);
	const [first] = pods;
	const ours = devices.filter(({device}) => device.node === name);
	const waits = first === undefined ? undefined : say`${count(pods.length, 'pod')} waiting for it`;
	const more = join([waits, ...ours.map(lastError)]);
	return {
		id: 'gpu-missing',
		about: shownName({name}),
		subject: {resource: 'nodes', namespace: '' as RawName, name},
		after: first === undefined ? {warning: missingFor} : {warning: missingFor, critical: waitedFor},
		since: sinceOf(stock, first),
		title: titleOf(stock),
		...(more === '' ? {} : {more}),
		evidence: evidenceOf(stock, pods, ours),
		causes: [
			nameOf('node-not-ready', shownName({name})),
			...ours.filter(({xid}) => xid?.age === 'fresh').map(fact => nameOf('gpu-error', deviceName(fact))),
			...ours.map(fact => nameOf('gpu-memory-failing', deviceName(fact))),
		],
		many: wanted - left,
	};
}

/** Nodes with fewer GPUs than they had, than they count, than was declared; nothing is claimed of what nobody ever saw. */
export function missingSymptoms(facts: GpuFacts, settings: Settings): readonly Symptom[] {
	return stocks(facts, settings)
		.filter(({left, wanted}) => left < wanted)
		.map(stock => missing(stock, facts));
}

/** GPUs of which nobody tells anything, in one line for the cluster. */
export function exporterSymptoms({nodes}: GpuFacts): readonly Symptom[] {
	const without = nodes.filter(({exporterReady, standing, total}) => exporterReady === false && total > 0 && !isLost(standing));
	if (without.length === 0) return [];
	const names = without.map(({node}) => shownName(node));
	return [
		{
			id: 'gpu-exporter-absent',
			about: own('dcgm-exporter'),
			after: {warning: absentFor},
			since: 0,
			title: say`no exporter ready on ${join(names.slice(0, 3))}: no figures, no XIDs`,
			evidence: names.slice(0, 8).map(name => say`${name} has GPUs and no ready pod of dcgm-exporter`),
			causes: [],
			many: without.length,
		},
	];
}

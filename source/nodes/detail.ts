import {type Detail, type DetailLine, type Health, own, type Reading, type SafeText, say} from '../vocabulary.ts';
import {age, bytes, count, duration, join, percent, shownName, shownPath} from '../words.ts';
import type {EventRecord} from '../workloads/event.ts';
import type {NodePods} from '../workloads/node-pods.ts';
import {asWords} from './condition-words.ts';
import type {NodeFact} from './fact.ts';
import type {NodesFacts} from './facts.ts';
import {isDown} from './liveness.ts';
import type {Condition, NodeRecord} from './node.ts';
import {type PodUsage, type TopPods, topBy} from './top-pods.ts';
import {upkeepOf} from './upkeep.ts';
import {stateWords} from './view.ts';
import type {VipFact} from './vip.ts';

/** What a detail tells beside what the pane knows. */
export type Aside = {
	/** Warnings about anything: those that come from the node are told. */
	readonly warnings?: Reading<EventRecord>;
	/** The node's pods by what they use; missing where nobody asked. */
	readonly topPods?: TopPods | undefined;
	/** Whether it can be lost, and what would go with it: a quick look. */
	readonly lookedAt?: LookedAt;
};

type LookedAt = {
	readonly as: {readonly text: SafeText; readonly health: Health} | undefined;
	readonly losses: readonly SafeText[];
};

const line = (label: string, value: SafeText | undefined, health?: DetailLine['health']): readonly DetailLine[] =>
	value === undefined || value === '' ? [] : [{label, value, ...(health === undefined ? {} : {health})}];

function machine({node}: NodeFact): readonly DetailLine[] {
	return [
		...line('address', node.address),
		...line('kubelet', node.kubelet),
		...line('system', node.system),
		...line('kernel', join([node.kernel, node.architecture], ' ')),
		...line('runtime', node.runtime),
		...line('boot id', node.bootId),
		...line('root dir', node.rootDir),
	];
}

const cores = (of: number | undefined): SafeText =>
	of === undefined ? own('– cores') : own(`${of < 10 ? of.toFixed(2) : Math.round(of)} cores`);

function requested({cpu = 0, memory = 0}: NodeRecord, asked: NodePods): SafeText {
	const share = (part: number, whole: number) => percent(whole > 0 ? part / whole : undefined);
	return say`${share(asked.milliCpu / 1000, cpu)} of cpu, ${share(asked.memory, memory)} of memory (${bytes(asked.memory)})`;
}

function load({node, pods, cpu, memory}: NodeFact): readonly DetailLine[] {
	const of = (used: SafeText, total: SafeText | undefined) => (total === undefined ? used : say`${used} of ${total}`);
	const cores = node.cpu === undefined ? undefined : count(node.cpu, 'core');
	const room = node.memory === undefined ? undefined : bytes(node.memory);
	return [
		...line('cpu', of(percent(cpu), cores)),
		...line('memory', of(percent(memory), room)),
		...(pods === undefined
			? []
			: [
					...line('pods', say`${count(pods.active, 'pod')}, ${pods.notReady} not ready, ${pods.finished} finished`),
					...line('requested', requested(node, pods)),
				]),
		...node.gpus.flatMap(({resource, capacity, allocatable}) =>
			line(
				shownName({name: resource}),
				say`${allocatable} of ${capacity} allocatable`,
				allocatable < capacity ? 'bad' : undefined,
			),
		),
	];
}

/** These two are good when True; of the others nobody knows which word is the good one, but that no word is none. */
const goodWhenTrue = new Set<string>(['Ready', 'EtcdIsVoter']);
const isAmiss = ({type, status}: Condition, pressures: readonly SafeText[]): boolean =>
	status === 'Unknown' || (goodWhenTrue.has(type) ? status !== 'True' : pressures.includes(type));

/** What is not as it should be comes first, `Ready` before all. */
function conditions({node, pressures}: NodeFact, now: number): readonly DetailLine[] {
	const rank = (one: Condition) => (isAmiss(one, pressures) ? 0 : 2) - (one.type === 'Ready' ? 1 : 0);
	return node.conditions
		.toSorted((a, b) => rank(a) - rank(b))
		.flatMap(one => {
			const told = join([say`${own(one.status)} ${age(one.since, now)}`, one.reason, one.message]);
			return line(one.type, told, isAmiss(one, pressures) ? 'warn' : undefined);
		});
}

function controlPlane({node, etcd}: NodeFact, vips: readonly VipFact[], now: number): readonly DetailLine[] {
	const member = etcd && (etcd.votes && etcd.healthy ? own('votes') : asWords(etcd.reason));
	const held = vips.filter(({holder, expiredAt}) => expiredAt === 0 && holder === shownName(node));
	return [
		...line('etcd', member && say`${member} for ${age(etcd?.since ?? 0, now)}`, etcd?.healthy === false ? 'warn' : undefined),
		...held.flatMap(({lease, acquiredAt}) => line('holds', say`the VIP of ${lease} for ${age(acquiredAt, now)}`)),
	];
}

function state(fact: NodeFact, vips: readonly VipFact[], now: number): readonly DetailLine[] {
	const {node, live, health} = fact;
	const renewed = live.overdue && say`last renewed ${age(live.overdue.renewedAt, now)} ago`;
	const behind = live.overdue && live.overdue.heardAt > live.overdue.renewedAt ? live.overdue : undefined;
	return [
		...line('state', stateWords(fact), health),
		...line('maintenance', upkeepOf(fact)),
		...line('lease', renewed),
		...controlPlane(fact, vips, now),
		...line('age', age(node.createdAt, now)),
		...line('clock', behind && say`behind by ${duration(behind.heardAt - behind.renewedAt)}`, 'warn'),
	];
}

const mostEvents = 10;

/** What was noted of the node, and what its kubelet warned of, the newest first. */
function recentEvents({node, events}: NodeFact, warnings: Reading<EventRecord> | undefined, now: number): readonly DetailLine[] {
	const fromIt = [...(warnings?.records.values() ?? [])].filter(({host, kind}) => host === node.name && kind !== 'Node');
	return [...events, ...fromIt]
		.sort((a, b) => b.lastAt - a.lastAt)
		.slice(0, mostEvents)
		.map(({lastAt, reason, message, kind, about, count: times, isWarning}) => {
			const of = kind === 'Node' ? undefined : shownPath(about);
			const told = say`${reason}${own(times > 1 ? ` ×${times}` : '')}`;
			return {
				label: `${age(lastAt, now)} ago`,
				value: join([of, told, message], ': '),
				...(isWarning ? {health: 'warn' as const} : {}),
			};
		});
}

function topPods(top: TopPods): readonly DetailLine[] {
	if (typeof top === 'string') return [{label: 'pods', value: top === 'loading' ? own('asking metrics-server') : top}];
	if (top.length === 0) return [{label: 'pods', value: own('none of its pods is measured')}];
	const words = (pod: PodUsage) => say`${pod.name} ${bytes(pod.memory)}, ${cores(pod.cpu)}`;
	return (['memory', 'cpu'] as const).flatMap(resource =>
		topBy(resource, top).flatMap((pod, at) => line(at === 0 ? `most ${resource}` : '', words(pod))),
	);
}

/** So many losses are told by name. */
const mostLosses = 8;

function quickLook({as, losses}: LookedAt): readonly DetailLine[] {
	const more = losses.length - mostLosses;
	return [
		...line('lose it?', as?.text, as?.health),
		...losses.slice(0, mostLosses).flatMap((loss, at) => line(at === 0 ? 'goes with it' : '', loss)),
		...line('', more > 0 ? own(`and ${more} more`) : undefined),
	];
}

/** Everything known of one node; undefined when there is no such row. */
export function nodesDetail(
	facts: NodesFacts,
	key: string,
	now: number,
	{warnings, topPods: top, lookedAt}: Aside = {},
): Detail | undefined {
	const fact = facts.byName.get(key);
	if (fact === undefined) return undefined;
	// What is lost already goes with nothing any more.
	const looked = lookedAt === undefined || isDown(fact) ? [] : quickLook(lookedAt);
	const optional = [
		{title: 'Top pods', lines: top === undefined ? [] : topPods(top)},
		{title: 'Recent events', lines: recentEvents(fact, warnings, now)},
	];
	return {
		title: say`node ${shownName(fact.node)}`,
		sections: [
			{title: 'State', lines: state(fact, facts.vips, now)},
			...(looked.length === 0 ? [] : [{title: 'A quick look at losing it: drain looks at more', lines: looked}]),
			{title: 'Load', lines: load(fact)},
			{title: 'Machine', lines: machine(fact)},
			{title: 'Conditions', lines: conditions(fact, now)},
			...optional.filter(({lines}) => lines.length > 0),
		],
	};
}

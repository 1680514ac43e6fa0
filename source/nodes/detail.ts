import {type Detail, type DetailLine, own, type SafeText, say} from '../vocabulary.ts';
import {age, bytes, count, duration, join, percent, shownName} from '../words.ts';
import type {NodePods} from '../workloads/node-pods.ts';
import type {NodeFact} from './fact.ts';
import type {NodesFacts} from './facts.ts';
import type {Condition, NodeRecord} from './node.ts';
import {stateWords} from './view.ts';

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
	];
}

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

/** Everything known of one node; undefined when there is no such row. */
export function nodesDetail(facts: NodesFacts, key: string, now: number): Detail | undefined {
	const fact = facts.byName.get(key);
	if (fact === undefined) return undefined;
	const {node, live, health} = fact;
	const renewed = live.overdue && say`last renewed ${age(live.overdue.renewedAt, now)} ago`;
	const behind = live.overdue && live.overdue.heardAt > live.overdue.renewedAt ? live.overdue : undefined;
	const state = [
		...line('state', stateWords(fact), health),
		...line('lease', renewed),
		...line('age', age(node.createdAt, now)),
		...line('clock', behind && say`behind by ${duration(behind.heardAt - behind.renewedAt)}`, 'warn'),
	];
	return {
		title: say`node ${shownName(node)}`,
		sections: [
			{title: 'State', lines: state},
			{title: 'Load', lines: load(fact)},
			{title: 'Machine', lines: machine(fact)},
			{title: 'Conditions', lines: conditions(fact, now)},
		],
	};
}

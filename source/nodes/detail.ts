import {type Detail, type DetailLine, own, type SafeText, say} from '../vocabulary.ts';
import {age, bytes, count, duration, join, percent, shownName} from '../words.ts';
import type {NodeFact} from './fact.ts';
import type {NodesFacts} from './facts.ts';
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
					...line(
						'requested',
						say`${percent((node.cpu ?? 0) > 0 ? pods.milliCpu / 1000 / (node.cpu ?? 1) : undefined)} cpu, ${bytes(pods.memory)}`,
					),
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

function conditions({node}: NodeFact, now: number): readonly DetailLine[] {
	return node.conditions.flatMap(({type, status, reason, message, since}) =>
		line(type, join([say`${own(status)} ${age(since, now)}`, reason, message])),
	);
}

/** Everything known of one node; undefined when there is no such row. */
export function nodesDetail(facts: NodesFacts, key: string, now: number): Detail | undefined {
	const fact = facts.byName.get(key);
	if (fact === undefined) return undefined;
	const {node, live, health} = fact;
	const behind = live.overdue && live.overdue.heardAt > live.overdue.renewedAt ? live.overdue : undefined;
	const state = [
		...line('state', stateWords(fact), health),
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

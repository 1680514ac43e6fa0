import {
	type Cell,
	type Column,
	compareHealth,
	type Health,
	memoised,
	type Note,
	own,
	type PaneView,
	type RawName,
	type Row,
	type SafeText,
	say,
} from '../vocabulary.ts';
import {age, isKnown, join, percent, shownName, sourceNote, unknown} from '../words.ts';
import {asWords, inWords} from './condition-words.ts';
import type {Etcd} from './etcd.ts';
import type {NodeFact} from './fact.ts';
import type {NodesFacts} from './facts.ts';
import {isUnsupported, skewWords} from './skew.ts';
import {cordonerOf} from './upkeep.ts';
import type {VipFact} from './vip.ts';

const columns: readonly Column[] = [
	{id: 'name', title: 'NAME', priority: 0, min: 8, max: 32},
	{id: 'roles', title: 'ROLES', priority: 4, max: 16},
	{id: 'state', title: 'STATE', priority: 0, min: 18, grow: true},
	{id: 'lose', title: 'LOSE IT?', priority: 1, max: 13},
	{id: 'cpu', title: 'CPU', align: 'right', priority: 2},
	{id: 'memory', title: 'MEM', align: 'right', priority: 2},
	{id: 'pods', title: 'PODS', align: 'right', priority: 3},
	{id: 'version', title: 'VERSION', priority: 5, max: 16},
	{id: 'age', title: 'AGE', align: 'right', priority: 6},
	{id: 'address', title: 'IP', priority: 7, max: 24},
	{id: 'architecture', title: 'ARCH', priority: 8},
];

/** Whether each node can be lost, by its name: a quick look, taken by who knows more than nodes. */
export type LoseIt = ReadonlyMap<string, Cell & {readonly health: Health}>;

const shortRoles: Readonly<Record<string, SafeText>> = {'control-plane': own('cp')};

function rolesOf({node, holdsVip}: NodeFact): SafeText {
	const roles = node.roles.length === 0 ? [own('worker')] : node.roles.map(role => shortRoles[role] ?? role);
	return join([...roles, holdsVip ? own('vip') : undefined], ',');
}

function cordonOf(fact: NodeFact): SafeText | undefined {
	const {node, asOf} = fact;
	if (!node.unschedulable) return undefined;
	const by = cordonerOf(fact);
	const since = node.cordonedAt === 0 ? undefined : age(node.cordonedAt, asOf);
	return join([own('cordoned'), since, by === '' ? undefined : say`by ${by}`], ' ');
}

/** The node's state in words, the weightiest first: `silent 35m, cordoned`. */
export function stateWords(fact: NodeFact): SafeText {
	const {live, node, plan, skew, asOf, rebootedAt, restartedAt} = fact;
	const remarks = [
		...fact.pressures.map(inWords),
		...fact.maintenance.map(inWords),
		fact.etcd?.healthy === false ? say`etcd ${asWords(fact.etcd.reason)}` : undefined,
		node.deletingAt > 0 ? own('deleting') : undefined,
		plan === undefined ? undefined : own('upgrading'),
		rebootedAt > 0 ? say`rebooted ${age(rebootedAt, asOf)} ago` : undefined,
		restartedAt > 0 ? say`kubelet restarted ${age(restartedAt, asOf)} ago` : undefined,
		skew && skewWords(skew),
	];
	if (live.word !== 'ready')
		return join([say`${own(live.word)} ${age(live.since, asOf)}`, node.unschedulable ? own('cordoned') : undefined, ...remarks]);
	return join([cordonOf(fact) ?? own('ready'), ...remarks]);
}

/** Above this share of what can be given out, the figure itself is marked. */
const almostFull = 0.9;
const share = (ratio: number | undefined): Cell => ({
	text: percent(ratio),
	sort: ratio ?? -1,
	...(ratio !== undefined && ratio >= almostFull ? {health: 'warn' as const} : {}),
});

function podsOf({pods, node}: NodeFact): Cell {
	if (pods === undefined) return {text: unknown, sort: -1};
	const text = node.maxPods === undefined ? say`${pods.active}` : say`${pods.active}/${node.maxPods}`;
	return {text, sort: pods.active};
}

function rowOf(fact: NodeFact, lose: Cell): Row {
	const {node, asOf, health} = fact;
	return {
		key: node.name,
		health,
		subject: {resource: 'nodes', namespace: '' as RawName, name: node.name},
		cells: [
			{text: shownName(node)},
			{text: rolesOf(fact)},
			{text: stateWords(fact), health},
			lose,
			share(fact.cpu),
			share(fact.memory),
			podsOf(fact),
			{text: node.kubelet, ...(fact.skew ? {health: isUnsupported(fact.skew) ? 'bad' : 'warn'} : {})},
			{text: age(node.createdAt, asOf), sort: -node.createdAt},
			{text: node.address},
			{text: node.architecture},
		],
	};
}

/** Remembers the last result per object, while what stands beside it is the same. */
function keptWith<K extends object, B, V>(of: (key: K, beside: B) => V): (key: K, beside: B) => V {
	const known = new WeakMap<K, {readonly beside: B; readonly made: V}>();
	return (key, beside) => {
		const before = known.get(key);
		if (before !== undefined && before.beside === beside) return before.made;
		const made = of(key, beside);
		known.set(key, {beside, made});
		return made;
	};
}

const keptRow = keptWith(rowOf);
const notLooked: Cell = {text: unknown};

function etcdWords(etcd: Etcd): SafeText | undefined {
	if (etcd.is === 'kine') return own('no etcd (kine)');
	if (etcd.is === 'not visible') return undefined;
	const {healthy, voters, needed, mayLose} = etcd;
	const told = say`etcd ${healthy}/${voters}${own(etcd.is === 'by node' ? ' by node' : '')}`;
	return healthy < needed ? say`${told}, no quorum` : say`${told}, may lose ${mayLose}`;
}

function summaryOf({nodes, states, etcd}: NodesFacts): SafeText {
	if (!isKnown(states.nodes) || nodes.length === 0) return own('');
	const ready = nodes.filter(({live}) => live.word === 'ready').length;
	return join([say`${ready} of ${nodes.length}`, etcdWords(etcd)], ' · ');
}

const vipNote = ({lease, expiredAt, isLeft}: VipFact): Note | undefined =>
	expiredAt === 0 || isLeft ? undefined : {health: 'bad', text: say`nobody holds the VIP of ${lease}`};

function notesOf({states, clock, limitedTo, vips}: NodesFacts): readonly Note[] {
	const notes = [
		...vips.map(vipNote),
		clock?.is === 'nobody renews'
			? {health: 'bad' as const, text: own('no node renews its lease: the API server takes no writes, or all nodes are cut off')}
			: undefined,
		limitedTo && {health: 'unknown' as const, text: say`pods: only namespace ${limitedTo.namespace}: ${limitedTo.missing}`},
		sourceNote('leases', states.leases, states.nodes),
		sourceNote('leases of kube-system', states.systemLeases, states.nodes),
		sourceNote('metrics', states.metrics, states.nodes),
		sourceNote('pods', states.pods, states.nodes),
		sourceNote('events', states.events, states.nodes),
		sourceNote('upgrade plans', states.plans, states.nodes),
	];
	return notes.filter(note => note !== undefined);
}

const worstFirst = (a: NodeFact, b: NodeFact) => compareHealth(a.health, b.health) || (a.node.name < b.node.name ? -1 : 1);
const inOrder = memoised((nodes: readonly NodeFact[]) => nodes.toSorted(worstFirst));
const rowsOf = keptWith((nodes: readonly NodeFact[], loseIt: LoseIt) =>
	inOrder(nodes).map(fact => keptRow(fact, loseIt.get(fact.node.name) ?? notLooked)),
);

const keptView = keptWith(
	(facts: NodesFacts, loseIt: LoseIt): PaneView => ({
		summary: summaryOf(facts),
		state: facts.states.nodes,
		columns,
		rows: rowsOf(facts.nodes, loseIt),
		notes: notesOf(facts),
		empty: own('the cluster has no nodes'),
	}),
);

const nobodyLooked: LoseIt = new Map();

/** The nodes pane. The same facts and looks give the same object, an unchanged fact and look the same row. */
export const nodesView = (facts: NodesFacts, loseIt: LoseIt = nobodyLooked): PaneView => keptView(facts, loseIt);

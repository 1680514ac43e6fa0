import {safeText} from '../cluster/safe-text.ts';
import type {Moment} from '../diagnosis.ts';
import {own, type RawName, type Reading, type SafeText, say} from '../vocabulary.ts';
import {join, shownName} from '../words.ts';
import type {EventRecord} from '../workloads/event.ts';
import type {NodeFact} from './fact.ts';
import type {NodesFacts} from './facts.ts';
import type {Condition, NodeRecord} from './node.ts';
import {type SystemLeaseRecord, vipLeases} from './system-lease.ts';
import {cordonerOf} from './upkeep.ts';

/** How long a thing that is as it should be is worth telling, in milliseconds: what is not stays told. */
const reach = 24 * 3_600_000;
/** Milliseconds within which two sources tell of one thing. */
const atOnce = 60_000;
/** A node is built up in this time: its conditions turn as they must. */
const arrival = 10 * 60_000;

const near = (a: number, b: number) => Math.abs(a - b) < atOnce;

const aboutNode = (node: NodeRecord) => ({
	about: shownName(node),
	subject: {resource: 'nodes', namespace: '' as RawName, name: node.name},
});

/** These two are good when True; what nobody knows to be good or bad is not told. */
const goodWhenTrue = new Set<string>(['Ready', 'EtcdIsVoter']);
const told = new Set<string>([...goodWhenTrue, 'MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable']);

/** When the kubelet falls silent all of its conditions turn Unknown at once: Ready stands for them. */
function isTold({type, status, since}: Condition, {createdAt}: NodeRecord): boolean {
	if (!told.has(type) || since === 0 || status === 'unset') return false;
	if (status === 'Unknown') return type === 'Ready';
	const isWell = goodWhenTrue.has(type) === (status === 'True');
	return !isWell || since > createdAt + arrival;
}

/** Whatever turns well together with Ready is told by it. */
function isImplied({type, since}: Condition, {conditions}: NodeRecord): boolean {
	const ready = conditions.find(condition => condition.type === 'Ready');
	return type !== 'Ready' && ready?.status === 'True' && near(ready.since, since);
}

function isLasting(condition: Condition, node: NodeRecord, now: number): boolean {
	const isWell = goodWhenTrue.has(condition.type) === (condition.status === 'True');
	return !isWell || (condition.since > now - reach && !isImplied(condition, node));
}

const conditions = (node: NodeRecord, now: number): readonly Moment[] =>
	node.conditions
		.filter(condition => isTold(condition, node) && isLasting(condition, node, now))
		.map(({type, status, reason, since}) => ({
			...aboutNode(node),
			at: since,
			how: 'recorded',
			text: join([say`${type} turned ${own(status)}`, reason === '' ? undefined : say`(${reason})`], ' '),
			isChange: false,
		}));

/** What a kubelet says at every start of what is as it should be. */
const routine = new Set<string>([
	'NodeHasSufficientMemory',
	'NodeHasNoDiskPressure',
	'NodeHasSufficientPID',
	'NodeAllocatableEnforced',
	'CgroupV1',
]);
const turnsReady = new Set<string>(['NodeReady', 'NodeNotReady']);
const cordons = new Set<string>(['NodeNotSchedulable', 'NodeSchedulable']);
const restarts = new Set<string>(['Starting', 'Rebooted']);

function isNews({reason, lastAt}: EventRecord, {node}: NodeFact): boolean {
	if (lastAt === 0 || routine.has(reason)) return false;
	const ready = node.conditions.find(({type}) => type === 'Ready');
	if (turnsReady.has(reason)) return !near(lastAt, ready?.since ?? 0);
	return reason !== 'NodeNotSchedulable' || !near(lastAt, node.cordonedAt);
}

const isChange = ({reason, from}: EventRecord) => cordons.has(reason) || (restarts.has(reason) && from === 'kubelet');

/** Of a start it matters with what; kubelet itself says no more than that. */
function eventWords({reason, message, from}: EventRecord, {node: {rootDir}}: NodeFact): SafeText {
	if (reason !== 'Starting' || from !== 'kubelet') return safeText(join([reason, message], ': '), 160);
	return rootDir === '' ? own('kubelet restarted') : say`kubelet restarted, runs with --root-dir ${rootDir}`;
}

const noted = (fact: NodeFact): readonly Moment[] =>
	fact.events
		.filter(event => isNews(event, fact))
		.map(event => ({
			...aboutNode(fact.node),
			at: event.lastAt,
			how: 'recorded',
			text: eventWords(event, fact),
			isChange: isChange(event),
		}));

function cordon(fact: NodeFact): readonly Moment[] {
	const {node} = fact;
	if (!node.unschedulable || node.cordonedAt === 0) return [];
	const by = cordonerOf(fact);
	const text = join([own('cordoned'), by === '' ? undefined : say`by ${by}`], ' ');
	return [{...aboutNode(node), at: node.cordonedAt, how: 'recorded', text, isChange: true}];
}

function lifetime(node: NodeRecord, now: number): readonly Moment[] {
	const {createdAt, deletingAt} = node;
	const moment = (at: number, text: SafeText): readonly Moment[] =>
		at === 0 ? [] : [{...aboutNode(node), at, how: 'recorded', text, isChange: true}];
	return [
		...moment(createdAt > now - reach ? createdAt : 0, own('joined the cluster')),
		...moment(deletingAt, own('is being deleted')),
	];
}

/** Reboots that no event tells of any more: events are forgotten after an hour. */
const reboots = ({node, reboots: times, events}: NodeFact): readonly Moment[] =>
	times
		.filter(at => !events.some(({reason, lastAt}) => reason === 'Rebooted' && near(lastAt, at)))
		.map(at => ({...aboutNode(node), at, how: 'seen', text: own('rebooted: its boot id changed'), isChange: true}));

function election(lease: SystemLeaseRecord): readonly Moment[] {
	const {holder, acquiredAt, transitions, namespace, name} = lease;
	if (acquiredAt === 0 || transitions === 0 || holder === '') return [];
	const isVip = vipLeases.has(name);
	// The control plane's own are held by `node_uid`.
	const node: SafeText = isVip ? holder : safeText(holder.split('_')[0] ?? holder, 253);
	return [
		{
			at: acquiredAt,
			how: 'recorded',
			about: shownName(lease),
			subject: {resource: 'leases.coordination.k8s.io', namespace, name},
			text: isVip ? say`VIP moved to ${node}` : say`leader moved to ${node}`,
			isChange: false,
		},
	];
}

/** What happened to the nodes and the control plane, in no order: by the time stamps that objects carry, and as seen. `now` in epoch ms. */
export function nodesMoments({nodes}: NodesFacts, leases: Reading<SystemLeaseRecord>, now: number): readonly Moment[] {
	const ofNodes = nodes.flatMap(fact => [
		...lifetime(fact.node, now),
		...conditions(fact.node, now),
		...noted(fact),
		...cordon(fact),
		...reboots(fact),
	]);
	const elections = [...leases.records.values()].flatMap(election).filter(({at}) => at > now - reach);
	return [...ofNodes, ...elections];
}

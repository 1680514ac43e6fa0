import {safeText} from '../cluster/safe-text.ts';
import {type FindingId, nameOf, type Symptom} from '../diagnosis.ts';
import {memoised, own, type RawName, type SafeText, say} from '../vocabulary.ts';
import {bytes, count, join, percent, shownName} from '../words.ts';
import {asWords, conditionWords, inWords} from './condition-words.ts';
import {etcd} from './control-plane-symptoms.ts';
import {isServer} from './etcd.ts';
import type {NodeFact} from './fact.ts';
import {startsIn} from './history.ts';
import {isUnsupported, skewWords} from './skew.ts';
import {cordonerOf, upkeepOf} from './upkeep.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

const about = ({node}: Pick<NodeFact, 'node'>) => ({
	about: shownName(node),
	subject: {resource: 'nodes', namespace: '' as RawName, name: node.name},
});
const named = (id: FindingId, fact: NodeFact): string => nameOf(id, shownName(fact.node));
const present = (lines: ReadonlyArray<SafeText | undefined>): readonly SafeText[] => lines.filter(line => line !== undefined);

const readyOf = ({node}: NodeFact) => node.conditions.find(({type}) => type === 'Ready');
const boundTo = ({pods}: NodeFact) => (pods === undefined ? undefined : say`${count(pods.active, 'pod')} bound to it`);
const unrenewed = ({live}: NodeFact) => (live.word === 'silent' && live.overdue ? own('its lease has expired') : undefined);

const gone = {silent: own('kubelet silent'), 'not ready': own('kubelet says not ready'), unknown: own('never reported')};

/** A silent node that is still called ready is late only: either nobody judges it, or its clock is behind. */
function notReady(fact: NodeFact): Symptom | undefined {
	const {word, since} = fact.live;
	const ready = readyOf(fact);
	if (word === 'ready' || word === 'late' || ready?.status === 'True') return undefined;
	const upkeep = upkeepOf(fact);
	const critical = upkeep === undefined ? (isServer(fact) ? 2 : 5) * minute : 15 * minute;
	return {
		...about(fact),
		id: 'node-not-ready',
		after: {warning: minute, critical},
		since,
		title: join([gone[word], upkeep]),
		evidence: present([
			ready && conditionWords(ready),
			unrenewed(fact),
			isServer(fact) ? own('part of the control plane') : undefined,
			boundTo(fact),
		]),
		causes: [],
	};
}

function leaseLate(fact: NodeFact): Symptom | undefined {
	const {live} = fact;
	const ready = readyOf(fact);
	if (live.word !== 'silent' || ready?.status !== 'True') return undefined;
	return {
		...about(fact),
		id: 'node-lease-late',
		// 40 s without renewal, and 20 s more so that one that is slow does not shout.
		after: {warning: 60 * second},
		since: live.since,
		title: own('lease expired, though still called ready'),
		evidence: present([conditionWords(ready), unrenewed(fact), boundTo(fact)]),
		causes: [],
	};
}

const isCritical = new Set<string>(['DiskPressure', 'PIDPressure']);

function pressure(fact: NodeFact): Symptom | undefined {
	const {node, pressures} = fact;
	if (pressures.length === 0) return undefined;
	const standing = node.conditions.filter(({type}) => pressures.includes(type));
	const grave = standing.filter(({type}) => isCritical.has(type));
	const decisive = grave.length > 0 ? grave : standing;
	return {
		...about(fact),
		id: 'node-pressure',
		after: grave.length > 0 ? {critical: minute} : {warning: minute},
		since: Math.min(...decisive.map(({since}) => since)),
		title: join(pressures.map(inWords)),
		evidence: standing.map(conditionWords),
		causes: standing.some(({type}) => type === 'NetworkUnavailable')
			? [nameOf('core-service-down', `cilium on ${shownName(node)}`)]
			: [],
	};
}

/** Working set of allocatable from which on a node is almost out of memory. */
const memoryHigh = 0.95;

function memory(fact: NodeFact): Symptom | undefined {
	const {node, memory: used, pressures} = fact;
	if (used === undefined || used < memoryHigh || node.memory === undefined) return undefined;
	return {
		...about(fact),
		id: 'node-memory-high',
		after: {warning: 5 * minute},
		since: 0,
		title: say`memory ${percent(used)} in use`,
		evidence: [say`${bytes(used * node.memory)} of ${bytes(node.memory)} allocatable in use`],
		causes: pressures.some(type => type === 'MemoryPressure') ? [named('node-pressure', fact)] : [],
	};
}

function cordon(fact: NodeFact): Symptom | undefined {
	const {node} = fact;
	if (!node.unschedulable || upkeepOf(fact) !== undefined) return undefined;
	const by = cordonerOf(fact);
	return {
		...about(fact),
		id: 'node-cordoned',
		after: {warning: 24 * hour},
		since: node.cordonedAt,
		title: join([own('cordoned'), by === '' ? undefined : say`by ${by}`], ' '),
		evidence: present([own('spec.unschedulable is set'), by === '' ? undefined : say`last written by ${by}`]),
		causes: [],
	};
}

/** So many reboots within a day are no coincidence. */
const tooOften = 3;

function reboot(fact: NodeFact): Symptom | undefined {
	const {reboots, rebootedAt, restartedAt, node, events} = fact;
	const told = startsIn(events).slice(0, tooOften);
	const base = {
		...about(fact),
		id: 'node-rebooted' as const,
		after: {warning: 0},
		evidence: [...told.map(({reason, message}) => safeText(`${reason}: ${message}`, 100)), say`boot id ${node.bootId}`],
		causes: [],
	};
	const third = reboots[tooOften - 1];
	if (third !== undefined)
		return {...base, class: 'incident', since: third, title: say`rebooted ${reboots.length} times in 24 h`};
	if (rebootedAt > 0) return {...base, since: rebootedAt, title: own('rebooted')};
	return restartedAt > 0 ? {...base, since: restartedAt, title: own('kubelet restarted')} : undefined;
}

function versionSkew(fact: NodeFact): Symptom | undefined {
	const {skew, node} = fact;
	if (skew === undefined) return undefined;
	return {
		...about(fact),
		id: 'node-version-skew',
		after: isUnsupported(skew) ? {critical: 0} : {warning: 0},
		since: 0,
		title: skewWords(skew),
		evidence: [say`kubelet ${node.kubelet}`, say`API server ${skew.server}`],
		causes: [],
	};
}

function notVoter(fact: NodeFact): Symptom | undefined {
	const {etcd: member} = fact;
	if (member === undefined || (member.votes && member.healthy)) return undefined;
	return {
		...about(fact),
		id: 'etcd-not-voter',
		after: {warning: 5 * minute},
		since: member.since,
		title: say`etcd ${asWords(member.reason)}`,
		evidence: fact.node.conditions.filter(({type}) => type === 'EtcdIsVoter').map(conditionWords),
		causes: [named('node-not-ready', fact), nameOf('etcd-quorum-at-risk', etcd)],
	};
}

/** Everything that is wrong with one node. */
export const nodeSymptoms = memoised((fact: NodeFact): readonly Symptom[] => {
	const found = [notReady, leaseLate, pressure, memory, cordon, reboot, versionSkew, notVoter].map(symptom => symptom(fact));
	return found.filter(symptom => symptom !== undefined);
});

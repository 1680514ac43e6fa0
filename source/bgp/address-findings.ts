import {nameOf, type Symptom} from '../diagnosis.ts';
import {matchesAny, type Settings} from '../settings.ts';
import {keyOf, memoised, own, type SafeText, say} from '../vocabulary.ts';
import {count, join, shownName, shownPath} from '../words.ts';
import {type PendingAddress, type PoolFact, patience, waitsSince} from './address.ts';
import type {Carriage} from './carriage.ts';
import type {BalancerRecord} from './services.ts';

/** Milliseconds. */
const unadvertisedFor = 60_000;
const exhaustedFor = 30_000;
/** More causes than that explain nothing. */
const mostCauses = 20;

const operatorDown = nameOf('controller-down', 'cilium-operator');
const ofService = (service: BalancerRecord) => ({
	about: shownPath(service),
	subject: {resource: 'services', namespace: service.namespace, name: service.name},
});

/** What keeps the address of a service in: its sessions, their peers and nodes. */
function causesOf({way}: Carriage): readonly string[] {
	const {lacking} = way;
	const all = [
		...new Set(lacking.map(({peer}) => nameOf('session-down', peer))),
		...lacking.flatMap(({session, node}) => [
			nameOf('session-down', session),
			nameOf('session-silent', session),
			nameOf('node-not-ready', shownName({name: node})),
		]),
		nameOf('bgp-misconfigured', 'operator'),
	];
	return all.slice(0, mostCauses);
}

function chainOf({service, answering, route, way}: Carriage): readonly SafeText[] {
	const ready = answering && say`${count(answering.ready, 'ready endpoint')}`;
	const on = answering && join(answering.nodes.slice(0, 4).map(name => shownName({name})));
	return [
		say`address ${join(service.addresses)}${ready === undefined ? own('') : say`, ${ready} on ${on ?? own('')}`}`,
		say`advertisement ${join(route?.advertisements.map(shownName) ?? []) || own('none')}, peer config ${join(route?.senders.map(name => shownName({name})) ?? []) || own('none')}`,
		...way.lacking.slice(0, 4).map(({node, peer, word}) => say`${shownName({name: node})} → ${peer}: ${word}`),
	];
}

/** Since the first of its sessions went where some still carry it, since the last did where none does; 0 where one tells nothing. */
function sinceOf({service, way, state}: Carriage): number {
	const times = way.lacking.map(({since}) => since);
	if (times.length === 0 || times.includes(0)) return 0;
	return Math.max(service.createdAt, state === 'nowhere' ? Math.max(...times) : Math.min(...times));
}

function unadvertised(fact: Carriage, wants: SafeText): Symptom {
	const {service, state, word, broken, passedOver} = fact;
	const wanted = wants === '' ? own('') : say`: nodeSelector wants ${wants}`;
	const isNowhere = state === 'nowhere';
	return {
		id: 'address-not-advertised',
		...ofService(service),
		after: isNowhere ? {critical: unadvertisedFor} : {warning: unadvertisedFor},
		since: sinceOf(fact),
		title: isNowhere ? say`${join(service.addresses)} is advertised by no node: ${broken}` : say`only ${word}`,
		evidence: [...chainOf(fact), ...passedOver.slice(0, 4).map(name => say`${shownName({name})} is not selected${wanted}`)],
		causes: causesOf(fact),
		...(isNowhere ? {apps: [shownName(service)]} : {counted: ['address on fewer nodes', 'addresses on fewer nodes'] as const}),
	};
}

const carriedSymptom = memoised((fact: Carriage) => {
	const made = new Map<SafeText, Symptom>();
	return (wants: SafeText): Symptom => {
		const symptom = made.get(wants) ?? unadvertised(fact, wants);
		made.set(wants, symptom);
		return symptom;
	};
});

/** Addresses that no node advertises, or fewer than should. `wants`: what a node needs to be selected. */
export function carriageSymptoms(carriages: readonly Carriage[], wants: SafeText): readonly Symptom[] {
	return carriages.filter(({state}) => state === 'nowhere' || state === 'partly').map(fact => carriedSymptom(fact)(wants));
}

function pendingEvidence({service, pools}: PendingAddress): readonly SafeText[] {
	const {reason, message, balancerClass} = service;
	const left = pools.map(pool => say`pool ${shownName(pool)}: ${pool.available ?? own('–')} of ${pool.total ?? own('–')} left`);
	const lines = [
		reason === '' ? undefined : say`IPAMRequestSatisfied=False ${reason}: ${message}`,
		balancerClass === '' ? undefined : say`loadBalancerClass ${balancerClass}`,
		...(left.length > 0 ? left.slice(0, 4) : [own('no address pool selects it')]),
	];
	return lines.filter(line => line !== undefined);
}

function pendingCauses({service, pools}: PendingAddress): readonly string[] {
	const exhausted = service.reason === 'out_of_ips' ? pools.map(pool => nameOf('pool-exhausted', shownName(pool))) : [];
	return [...exhausted, operatorDown].slice(0, mostCauses);
}

/** A service that waits for an address. The same settings and fact give the same symptom. */
const pendingSymptom = memoised((settings: Settings) =>
	memoised((fact: PendingAddress): Symptom => {
		const {service, since, why} = fact;
		const isCritical = matchesAny(keyOf(service.namespace, service.name), settings.critical);
		return {
			id: 'address-pending',
			...ofService(service),
			after: isCritical ? {critical: patience} : {warning: patience},
			since,
			title: say`no address: ${why}`,
			evidence: pendingEvidence(fact),
			causes: pendingCauses(fact),
			apps: [shownName(service)],
		};
	}),
);

/** Services that wait for an address. */
export function pendingSymptoms(pending: readonly PendingAddress[], settings: Settings): readonly Symptom[] {
	return pending.map(pendingSymptom(settings));
}

const subjectOf = ({pool}: PoolFact) => ({
	resource: 'ciliumloadbalancerippools.cilium.io',
	namespace: pool.namespace,
	name: pool.name,
});

function exhausted(fact: PoolFact): Symptom {
	const {pool, word, waiting} = fact;
	const [first] = waiting;
	const {available, total} = pool;
	const left =
		available === undefined || total === undefined ? word : say`${available} of ${count(total, 'address', 'addresses')} left`;
	return {
		id: 'pool-exhausted',
		about: shownName(pool),
		subject: subjectOf(fact),
		after: first === undefined ? {warning: 0} : {critical: exhaustedFor},
		since: first === undefined ? 0 : waitsSince(first),
		title: first === undefined ? left : say`${left}, ${count(waiting.length, 'service')} waiting`,
		evidence: [
			say`ranges ${join(pool.ranges.slice(0, 3))}`,
			...waiting.slice(0, 4).map(service => say`${shownPath(service)} waits`),
		],
		causes: [],
		...(first === undefined ? {class: 'risk' as const} : {}),
	};
}

function inConflict(fact: PoolFact): Symptom {
	const {pool, word} = fact;
	return {
		id: 'bgp-misconfigured',
		about: say`pool ${shownName(pool)}`,
		subject: subjectOf(fact),
		after: {warning: unadvertisedFor},
		since: pool.conflictSince,
		title: word,
		evidence: [say`PoolConflict=True: ${pool.conflict}`],
		causes: [],
	};
}

/** What is wrong with one pool. The same fact gives the same symptoms. */
const ofPool = memoised((fact: PoolFact): readonly Symptom[] => {
	if (fact.pool.conflict !== '') return [inConflict(fact)];
	return fact.health === 'bad' || fact.health === 'risk' ? [exhausted(fact)] : [];
});

/** Pools that have nothing left, or almost nothing, or that Cilium ignores. */
export function poolSymptoms(pools: readonly PoolFact[]): readonly Symptom[] {
	return pools.flatMap(ofPool);
}

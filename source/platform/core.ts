import {nameOf} from '../diagnosis.ts';
import {sameList} from '../reuse.ts';
import {memoised, own, type RawName, say} from '../vocabulary.ts';
import {shownName} from '../words.ts';
import type {Component} from '../workloads/component.ts';
import type {Controllers} from '../workloads/controllers.ts';
import type {PodRecord} from '../workloads/pod.ts';
import {coreServices, networkAgents} from '../workloads/role.ts';
import type {Answering, Answers, ServiceName} from './answering.ts';
import {type ComponentFact, componentFact} from './component.ts';
import {presenceOf} from './presence.ts';

export type CoreParts = {
	readonly controllers: Controllers;
	readonly answers: Answers;
	/** Whether pods that are not there would be seen. */
	readonly allSeen: boolean;
	/** How many nodes say that they have an agent of Cilium's. */
	readonly ciliumNodes: number;
	readonly lost: ReadonlySet<string>;
	readonly now: number;
};

/** The service every pod asks for names, whatever answers for it. */
export const dns: ServiceName = {namespace: 'kube-system' as RawName, name: 'kube-dns' as RawName};

// Somebody may run one of these for himself elsewhere: the cluster does not stand on it.
const inSystem = memoised((pods: readonly PodRecord[]) => pods.filter(({namespace}) => namespace === dns.namespace));

const podsOf = ({controllers}: CoreParts, component: Component): readonly PodRecord[] =>
	controllers.records.get(component) ?? none;
const none: readonly PodRecord[] = [];

type Known = ReadonlyMap<string, ComponentFact>;
const usual = {node: undefined, nodes: undefined, keeps: undefined, none: 'bad', some: 'warn'} as const;

const isUnanswered = (asked: Answering | undefined): boolean => asked !== undefined && asked.slices > 0 && asked.ready === 0;

function serviceFact(component: (typeof coreServices)[number], parts: CoreParts, known: Known): ComponentFact | undefined {
	const presence = presenceOf(inSystem(podsOf(parts, component)));
	if (presence.wanted === 0 && !(component === 'coredns' && parts.allSeen && isUnanswered(parts.answers(dns)))) return undefined;
	const key = `core/${component}`;
	return componentFact({...usual, key, about: own(component), presence, lost: parts.lost}, known.get(key), parts.now);
}

/** The nodes whose agent is not ready. */
function lackingNodes(name: string, pods: readonly PodRecord[], parts: CoreParts, known: Known): readonly ComponentFact[] {
	const missing = new Set(presenceOf(pods).missing.map(({node}) => node));
	const byNode = Map.groupBy(
		pods.filter(({node}) => node !== '' && missing.has(node)),
		({node}) => node,
	);
	return [...byNode].flatMap(([node, here]) => {
		const presence = presenceOf(here);
		if (presence.ready > 0) return [];
		const key = `core/${name}/${node}`;
		const about = say`${own(name)} on ${shownName({name: node})}`;
		const under = nameOf('core-service-down', name);
		return [componentFact({...usual, key, about, node, presence, under, lost: parts.lost}, known.get(key), parts.now)];
	});
}

function agentFact([name, agent]: (typeof networkAgents)[number], parts: CoreParts, known: Known): ComponentFact | undefined {
	const pods = podsOf(parts, agent);
	const presence = presenceOf(pods);
	const isMissed = name === 'cilium' && parts.allSeen && parts.ciliumNodes > 0;
	if (presence.wanted === 0 && !isMissed) return undefined;
	const key = `core/${name}`;
	const before = known.get(key);
	const nodes = lackingNodes(name, pods, parts, new Map(before?.nodes?.map(fact => [fact.key, fact])));
	// It is as bad as the worst of the nodes has it.
	const some = nodes.length > 0 ? 'bad' : 'warn';
	const told = {...usual, some, key, about: own(name), presence, nodes: sameList(before?.nodes, nodes)} as const;
	return componentFact({...told, lost: parts.lost}, before, parts.now);
}

/** What every cluster stands on. Give it its last answer: what is still true stays the same object. */
export function coreFacts(parts: CoreParts, previous: readonly ComponentFact[] | undefined): readonly ComponentFact[] {
	const known: Known = new Map(previous?.map(fact => [fact.key, fact]));
	const facts = [
		...coreServices.map(component => serviceFact(component, parts, known)),
		...networkAgents.map(network => agentFact(network, parts, known)),
	];
	return sameList(
		previous,
		facts.filter(fact => fact !== undefined),
	);
}

import {items, name, number} from '../../cluster/raw.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {own, type RawName, type SafeText, say} from '../../vocabulary.ts';
import {join} from '../../words.ts';
import {type Amounts, amountsOf, type HostPort, hostPortsOf} from './demand.ts';
import type {DrainNode} from './node.ts';
import {architecturesOf, isWanted} from './node-terms.ts';
import type {DrainPod} from './pod.ts';
import {cordonKey, untolerated} from './taints.ts';
import {type Term, termsOf} from './terms.ts';
import {isReached, type Reach, type Reaches, reachesOf} from './volumes.ts';

/** A pod that has to find a new place, and what it asks of it. */
export type Mover = {
	readonly pod: DrainPod;
	readonly amounts: Amounts;
	readonly ports: readonly HostPort[];
	readonly terms: readonly Term[];
	readonly priority: number;
	/** It may push out pods of lower priority. */
	readonly preempts: boolean;
	/** The nodes it may go to, whoever is there already. */
	readonly open: readonly DrainNode[];
	/** Why there is none of them; undefined where there is one. */
	readonly shut: Shut | undefined;
	/** It cannot be told for certain, and why. */
	readonly doubts: readonly SafeText[];
};

/** Why a pod can be nowhere else, and the volume that it hangs on. */
type Shut = {readonly why: SafeText; readonly volume?: RawName};

/** Where pods may go: all nodes, those that are drained marked as cordoned. */
export type Ground = {readonly nodes: readonly DrainNode[]; readonly drained: ReadonlySet<RawName>; readonly reaches: Reaches};

type Bound = Extract<Reach, {is: 'bound'}>;

/** What keeps a pod from a node, whoever is there; in the scheduler's order. */
function obstacle({raw}: DrainPod, volumes: readonly Bound[], node: DrainNode): SafeText | undefined {
	const taint = untolerated(raw, node);
	if (taint?.key === cordonKey) return own('cordoned');
	if (taint !== undefined) return say`tainted ${safeText(taint.value === '' ? taint.key : `${taint.key}=${taint.value}`, 128)}`;
	if (!isWanted(raw, node)) return own('not as its node selector or affinity asks');
	const far = volumes.find(volume => !isReached(volume, node));
	return far && say`out of reach of ${far.shown}`;
}

/** Why no node will do, the plainest reason first. */
function whyShut(pod: DrainPod, volumes: readonly Bound[], others: readonly DrainNode[]): Shut {
	if (others.length === 0) return {why: own('there is no other node')};
	const pinned = volumes.find(volume => !others.some(node => isReached(volume, node)));
	if (pinned !== undefined) return {why: say`${pinned.shown} can be used on no other node`, volume: pinned.volume};
	const architectures = architecturesOf(pod.raw);
	if (architectures.length > 0 && !others.some(({labels}) => architectures.includes(labels.get('kubernetes.io/arch') ?? ''))) {
		return {why: say`it is made for ${safeText(architectures.join(' or '), 64)}, and no other node is`};
	}
	const counts = Map.groupBy(others, node => obstacle(pod, volumes, node) ?? own(''));
	return {why: say`no other node will do: ${join([...counts].map(([what, of]) => say`${what} (${of.length})`))}`};
}

/** What a pod asks of its new place. */
export function moverOf(pod: DrainPod, {nodes, drained, reaches}: Ground): Mover {
	const {raw, namespace} = pod;
	const found = reachesOf(pod, reaches);
	const volumes = found.filter(reach => reach.is === 'bound');
	const lost = found.find(reach => reach.is === 'lost');
	const open = lost === undefined ? nodes.filter(node => obstacle(pod, volumes, node) === undefined) : [];
	const others = nodes.filter(node => !drained.has(node.name));
	const terms = termsOf(raw, namespace);
	return {
		pod,
		amounts: amountsOf(raw),
		ports: hostPortsOf(raw),
		terms,
		priority: number(raw.spec?.priority) ?? 0,
		preempts: name(raw.spec?.preemptionPolicy) !== 'Never',
		open,
		shut: open.length > 0 ? undefined : lost === undefined ? whyShut(pod, volumes, others) : {why: lost.why},
		doubts: [
			...[...terms, ...found].flatMap(each => (each.is === 'untold' ? [each.why] : [])),
			...(items(raw.spec?.resourceClaims).length > 0 ? [own('it claims devices through DRA, which are not looked at')] : []),
		],
	};
}

import type {World} from '../findings/world.ts';
import {type Etcd, isServer} from '../nodes/etcd.ts';
import type {NodeFact} from '../nodes/fact.ts';
import {isDown} from '../nodes/liveness.ts';
import {wholeCopies} from '../storage/copies.ts';
import type {StorageFacts} from '../storage/facts.ts';
import type {VolumeFact} from '../storage/volume.ts';
import {type Health, memoised, own, type SafeText, type SourceState, say} from '../vocabulary.ts';
import {isKnown, shownName} from '../words.ts';

/** Whether a node can be lost, in a word or three. One of a few objects, so that a row that says the same stays the same. */
export type QuickLook = {readonly text: SafeText; readonly health: Health};

/** All that it is told from. */
type Looked = Pick<World, 'nodes' | 'storage'>;

/** What goes with each node, by its name: the first reason, and then the others. */
type Losses = ReadonlyMap<string, readonly SafeText[]>;

function add(losses: Map<string, SafeText[]>, node: string, what: SafeText): void {
	const known = losses.get(node);
	if (known === undefined) losses.set(node, [what]);
	else known.push(what);
}

/** Which nodes have a vote that counts now; those of the role stand in where membership is not told. */
function voters(nodes: readonly NodeFact[], etcd: Etcd): readonly NodeFact[] {
	const heard = nodes.filter(({live}) => live.word !== 'silent' && live.word !== 'unknown');
	if (etcd.is === 'members') return heard.filter(fact => fact.etcd?.votes && fact.etcd.healthy);
	if (etcd.is !== 'by node') return [];
	const members = heard.filter(({node}) => node.roles.some(role => role === 'etcd'));
	return members.length > 0 ? members : heard.filter(isServer);
}

const quorum = memoised(({nodes, etcd}: World['nodes']): Losses => {
	if (!('voters' in etcd) || etcd.mayLose > 0) return new Map();
	const {healthy, voters: all, needed} = etcd;
	const what = say`etcd: ${healthy} of ${all} voters are well, and ${needed} are needed`;
	return new Map(voters(nodes, etcd).map(({node}) => [node.name, [what]]));
});

/** On kine, or where etcd cannot be seen, the only server is the only one that answers. */
const onlyServer = memoised(({nodes, etcd}: World['nodes']): Losses => {
	const servers = 'voters' in etcd ? [] : nodes.filter(isServer);
	const [only] = servers;
	if (only === undefined || servers.length > 1) return new Map();
	return new Map([[only.node.name as string, [own('the API: it is the only control plane')]]]);
});

const lastCopies = memoised((volumes: readonly VolumeFact[]): Losses => {
	const losses = new Map<string, SafeText[]>();
	for (const {copies = [], shown} of volumes) {
		const [last, another] = wholeCopies(copies).filter(({nodeIs}) => nodeIs !== 'silent' && nodeIs !== 'not ready');
		if (last !== undefined && another === undefined) add(losses, last.replica.node, say`the last healthy copy of ${shown}`);
	}
	return losses;
});

/** By the host that volumes name, which is the node's name but for its label. */
const pinned = memoised((volumes: readonly VolumeFact[]): Losses => {
	const losses = new Map<string, SafeText[]>();
	for (const {volume, shown} of volumes) {
		if (volume !== undefined && volume.pinnedTo !== '' && volume.claim !== '')
			add(losses, volume.pinnedTo, say`the data of ${shown}, which lies on it alone`);
	}
	return losses;
});

const onlyGpus = memoised((nodes: readonly NodeFact[]): Losses => {
	const losses = new Map<string, SafeText[]>();
	const givers = nodes.filter(fact => fact.node.gpus.length > 0 && !isDown(fact) && !fact.node.unschedulable);
	for (const {node} of nodes) {
		for (const {resource} of node.gpus) {
			const gives = (other: NodeFact) => other.node !== node && other.node.gpus.some(gpu => gpu.resource === resource);
			if (!givers.some(gives)) add(losses, node.name, say`the only ${shownName({name: resource})}`);
		}
	}
	return losses;
});

const vips = memoised(
	(nodes: readonly NodeFact[]): Losses =>
		new Map(nodes.filter(({holdsVip}) => holdsVip).map(({node}) => [node.name, [own('the VIP, which moves')]])),
);

const look = (text: string, health: Health): QuickLook => ({text: own(text), health});

/** The weightiest first. */
const looks: ReadonlyArray<{readonly as: QuickLook; readonly of: (world: Looked) => Losses; readonly byHost?: true}> = [
	{as: look('no: etcd', 'risk'), of: ({nodes}) => quorum(nodes)},
	{as: look('no: API', 'risk'), of: ({nodes}) => onlyServer(nodes)},
	{as: look('no: last copy', 'risk'), of: ({storage}) => lastCopies(storage.volumes)},
	{as: look('yes, but data', 'idle'), of: ({storage}) => pinned(storage.volumes), byHost: true},
	{as: look('yes, but GPU', 'idle'), of: ({nodes}) => onlyGpus(nodes.nodes)},
	{as: look('yes, but VIP', 'idle'), of: ({nodes}) => vips(nodes.nodes)},
];
const yes = look('yes', 'ok');
const lost = look('–', 'idle');
const notKnown = look('not known', 'unknown');

const hostname = 'kubernetes.io/hostname';

/** A look with what it found; those that found nothing are left out. */
type Found = {readonly as: QuickLook; readonly losses: Losses; readonly byHost: boolean};

const foundIn = (world: Looked): readonly Found[] =>
	looks.map(({as, of, byHost = false}) => ({as, losses: of(world), byHost})).filter(({losses}) => losses.size > 0);

function lossesOfNode({losses, byHost}: Found, {node}: NodeFact): readonly SafeText[] {
	const of = losses.get(node.name);
	if (of !== undefined || !byHost) return of ?? [];
	const [, host = ''] = node.labels.find(([key]) => key === hostname) ?? [];
	return losses.get(host) ?? [];
}

const isRead = (state: SourceState): boolean => isKnown(state) || state.is === 'absent';

/** Whether nothing that could say no is unread: what Longhorn says is not to be relied on while nobody keeps it true. */
function isSure({states, longhornRuns}: StorageFacts): boolean {
	const isInstalled = states.longhornVolumes.is !== 'absent';
	const needed = [states.volumes, states.longhornVolumes, states.replicas, states.engines];
	return needed.every(isRead) && (!isInstalled || longhornRuns);
}

type Told = {
	readonly volumes: readonly VolumeFact[];
	readonly otherwise: QuickLook;
	readonly looks: ReadonlyMap<string, QuickLook>;
};
const told = new WeakMap<readonly NodeFact[], Told>();

/**
 * A quick look at whether each node can be lost, by its name, out of what is known already: quorum, last copies, data that
 * lies on it alone, the only GPU, a VIP. Preflight of a drain looks at more. The same map while it says the same.
 */
export function loseIt(world: Looked): ReadonlyMap<string, QuickLook> {
	const {storage} = world;
	const {nodes} = world.nodes;
	const otherwise = isSure(storage) ? yes : notKnown;
	const before = told.get(nodes);
	if (before?.volumes === storage.volumes && before.otherwise === otherwise) return before.looks;
	const found = foundIn(world);
	const lookAt = (fact: NodeFact) =>
		isDown(fact) ? lost : (found.find(each => lossesOfNode(each, fact).length > 0)?.as ?? otherwise);
	const made = new Map(nodes.map(fact => [fact.node.name as string, lookAt(fact)]));
	const isSame = before !== undefined && [...made].every(([name, look]) => before.looks.get(name) === look);
	const kept = isSame ? before.looks : made;
	told.set(nodes, {volumes: storage.volumes, otherwise, looks: kept});
	return kept;
}

/** All that goes with a node, by the same look; nothing where there is no such node, or it is lost already. */
export function lossesOf(world: Looked, name: string): readonly SafeText[] {
	const fact = world.nodes.byName.get(name);
	if (fact === undefined || isDown(fact)) return [];
	return foundIn(world).flatMap(found => lossesOfNode(found, fact));
}

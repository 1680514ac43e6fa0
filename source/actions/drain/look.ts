import {inTurn} from '../../cluster/in-turn.ts';
import type {Reader} from '../../cluster/read-once.ts';
import {sentenceOf} from '../../cluster/sentence.ts';
import type {Transport} from '../../cluster/transport.ts';
import {keyOf, own, type RawName, type Reading, type SafeText, say} from '../../vocabulary.ts';
import {shownName, whyUnread} from '../../words.ts';
import {Unplanned} from '../action.ts';
import type {DrainOptions} from '../request.ts';
import {type BudgetRecord, budgetKind} from './budget.ts';
import {findRoom} from './elsewhere.ts';
import {comesBack, fatesOf, type Sieved, sieve} from './fates.ts';
import {type DaemonSets, isOfDaemonSet} from './filters.ts';
import {type Judgements, judge} from './judge.ts';
import {moverOf} from './mover.ts';
import {type DrainNode, drainNodeKind} from './node.ts';
import {readOwners} from './owner.ts';
import {type DrainPod, drainPodKind} from './pod.ts';
import type {DrainSight, Next} from './sight.ts';
import {readSurroundings} from './surroundings.ts';
import {readReaches} from './volumes.ts';

/** What drains of several nodes look at together, read once. */
export type Around = {readonly nodes: Reading<DrainNode>; readonly budgets: Reading<BudgetRecord>};

/** How to look. */
export type Looking = {
	readonly reader: Reader;
	readonly transport: Transport;
	/** Epoch ms on the server's clock. */
	readonly now: () => number;
	readonly options: DrainOptions;
	/** All nodes that are to be drained, in their turn: none of them takes in what another one gives away. */
	readonly turns: readonly RawName[];
	/** The run that is taken up again. */
	readonly resumes: string | undefined;
};

/** Reads what drains of several nodes have in common. Never rejects. */
export async function lookAround(reader: Reader): Promise<Around> {
	const [nodes, budgets] = await Promise.all([reader.read(drainNodeKind), reader.read(budgetKind)]);
	return {nodes, budgets};
}

/**
 * Reads all that preflight of one node's drain looks at, fresh.
 * @throws Unplanned where its pods cannot be read: nothing could be said then
 */
export async function look(looking: Looking, node: DrainNode, {nodes, budgets}: Around): Promise<DrainSight> {
	const {reader, options, resumes, turns, now} = looking;
	const surrounded = readSurroundings(reader, node);
	const pods = await podsOn(reader, node, options);
	const [daemonSets, owners] = await Promise.all([readDaemonSets(reader, pods), readOwners(reader, pods)]);
	const sieved = sieve(pods, options, {daemonSets, budgets: [...budgets.records.values()], now: now()});
	const backs = new Map(sieved.map(one => [one.pod.uid, comesBack(one, owners)]));
	const movers = sieved.filter(({pod}) => backs.get(pod.uid) === undefined).map(({pod}) => pod);
	const [found, judgements, surroundings] = await Promise.all([
		placesOf(looking, movers, nodes),
		judgementsOf(looking, sieved, budgets),
		surrounded,
	]);
	const nexts = new Map(found);
	for (const [uid, next] of backs) if (next !== undefined) nexts.set(uid, next);
	return {
		...surroundings,
		now: now(),
		options,
		...(resumes === undefined ? {} : {resumes}),
		turns,
		node,
		nodes,
		fates: fatesOf(sieved, {nexts, judgements}),
		budgets,
		owners,
	};
}

async function podsOn(reader: Reader, node: DrainNode, {podSelector}: DrainOptions): Promise<readonly DrainPod[]> {
	const fieldSelector = `spec.nodeName=${node.name}`;
	const {state, records} = await reader.read(drainPodKind, {
		fieldSelector,
		...(podSelector === undefined ? {} : {labelSelector: podSelector}),
	});
	if (state.is === 'live') return [...records.values()];
	throw new Unplanned(say`the pods on ${shownName(node)} cannot be read: ${whyUnread(state) ?? own('not served')}`);
}

/** Questions that are on their way at once. */
const atOnce = 16;

/** Looks up the DaemonSets that pods name, each once, as kubectl does. */
async function readDaemonSets(reader: Reader, pods: readonly DrainPod[]): Promise<DaemonSets> {
	const named = new Map(
		pods.filter(isOfDaemonSet).flatMap(({namespace, controller}) => {
			const path = `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/daemonsets/`;
			return controller === undefined
				? []
				: [[keyOf(namespace, controller.name), path + encodeURIComponent(controller.name)] as const];
		}),
	);
	const found = new Map<string, 'there' | 'gone' | {readonly unread: SafeText}>();
	await inTurn([...named], atOnce, async ([key, path]) => {
		try {
			found.set(key, (await reader.get(path)) === undefined ? 'gone' : 'there');
		} catch (error) {
			found.set(key, {unread: sentenceOf(error)});
		}
	});
	return found;
}

async function placesOf(
	{reader, turns}: Looking,
	movers: readonly DrainPod[],
	{state, records}: Reading<DrainNode>,
): Promise<ReadonlyMap<string, Next>> {
	const unread = whyUnread(state);
	if (unread !== undefined) {
		return new Map(movers.map(({uid}) => [uid, {is: 'untold', why: say`the other nodes cannot be read: ${unread}`}]));
	}
	const drained = new Set(turns);
	const nodes = [...records.values()].map(node => (drained.has(node.name) ? {...node, unschedulable: true} : node));
	const ground = {nodes, drained, reaches: await readReaches(reader, movers)};
	return findRoom(
		reader,
		movers.map(pod => moverOf(pod, ground)),
		nodes,
	);
}

/** Where budgets have a say, or are not known, the API server is asked; not where it would be no business of this user. */
async function judgementsOf(
	{reader, transport, options}: Looking,
	sieved: readonly Sieved[],
	{state}: Reading<BudgetRecord>,
): Promise<Judgements> {
	const isUnread = state.is !== 'live';
	const pods = sieved.filter(({filtered, budgeted}) => filtered.is === 'goes' && (isUnread || budgeted.is !== 'free'));
	if (options.disableEviction || pods.length === 0 || !(await mayEvict(reader))) return new Map();
	return judge(
		transport,
		pods.map(({pod}) => pod),
	);
}

async function mayEvict(reader: Reader): Promise<boolean> {
	try {
		return (await reader.may({verb: 'create', group: '', resource: 'pods', subresource: 'eviction'})).allowed;
	} catch {
		return false;
	}
}

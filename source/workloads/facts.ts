import type {Standing} from '../nodes/liveness.ts';
import type {NodeRecord} from '../nodes/node.ts';
import {sameList, stillTrue, type Told} from '../reuse.ts';
import {settled, stillSettled} from '../settled.ts';
import {momentOf} from '../together.ts';
import {keyOf, memoised, type Reading, type SourceState} from '../vocabulary.ts';
import {bytes, shownName} from '../words.ts';
import type {EventRecord} from './event.ts';
import type {JobRecord} from './job.ts';
import {type Manager, type ManagerInput, managerOf} from './manager.ts';
import type {NodePods} from './node-pods.ts';
import {type Workload, workloadOf} from './owner.ts';
import type {PodRecord} from './pod.ts';
import type {ReplicaSetRecord} from './replica-set.ts';
import {mostRoom, type Room} from './room.ts';
import {type ShortFact, shortFact} from './short-fact.ts';
import {causesAround, isLost, type Surroundings} from './surroundings.ts';
import type {Trouble} from './trouble.ts';
import {type TroubledFact, troubledFact} from './troubled-fact.ts';
import {warningsKey} from './warnings.ts';
import type {WorkloadRecord} from './workload.ts';

export type WorkloadsInput = {
	readonly deployments: Reading<WorkloadRecord>;
	readonly statefulSets: Reading<WorkloadRecord>;
	readonly daemonSets: Reading<WorkloadRecord>;
	readonly replicaSets: Reading<ReplicaSetRecord>;
	readonly jobs: Reading<JobRecord>;
	/** The pods in trouble by what keeps them, in the state of the pods themselves. */
	readonly pods: Reading<readonly PodRecord[]>;
	/** Warnings by what they are about. */
	readonly warnings: Reading<readonly EventRecord[]>;
	/** What a waiting pod could have. */
	readonly nodes: Reading<NodeRecord>;
	readonly nodePods: Reading<NodePods>;
	/** How the nodes do, by name. */
	readonly standing: ReadonlyMap<string, Standing>;
	/** Names of findings that explain what pods on a claim suffer from, by `namespace/claim`. */
	readonly claimCauses: ReadonlyMap<string, readonly string[]>;
	/** Names of findings that explain why webhooks give no answer. */
	readonly createCauses: readonly string[];
	readonly manager: ManagerInput;
	/** Epoch ms on the server's clock. */
	readonly now: number;
};

const sources = ['deployments', 'statefulSets', 'daemonSets', 'replicaSets', 'jobs', 'pods', 'warnings'] as const;

export type WorkloadsFacts = Told & {
	readonly troubled: readonly TroubledFact[];
	readonly short: readonly ShortFact[];
	/** How many pods no node takes, in all. */
	readonly pending: number;
	readonly createCauses: readonly string[];
	readonly manager: Manager;
	readonly states: Readonly<Record<(typeof sources)[number], SourceState>>;
	readonly limitedTo: Reading<PodRecord>['limitedTo'];
	/** The earliest moment at which something here changes without an event, epoch ms. */
	readonly changesAt: number;
};

/** The pods in trouble and the workloads that are short, by `namespace/name`. */
const byKey = memoised((facts: readonly TroubledFact[]) => new Map(facts.map(fact => [fact.key, fact])));
const shortByKey = memoised((facts: readonly ShortFact[]) => new Map(facts.map(fact => [shortKey(fact.record), fact])));
const shortKey = ({kind, namespace, name}: WorkloadRecord) => `${kind}/${keyOf(namespace, name)}`;

const lostNodes = memoised((standing: ReadonlyMap<string, Standing>) =>
	[...standing]
		.filter(([, each]) => isLost(each))
		.map(([name, {since}]) => ({name: shownName({name: name as NodeRecord['name']}), since})),
);
const nodesWithGpus = memoised(({records}: Reading<NodeRecord>) =>
	[...records.values()].filter(({gpus, gpuLabels}) => gpus.length > 0 || gpuLabels !== undefined).map(node => shownName(node)),
);
const waitingOf = (pods: readonly PodRecord[]) => pods.find(({trouble}) => trouble?.is === 'unschedulable')?.trouble;

/** Whether a pod of any workload waits: only then does it matter what the nodes have left. */
const anyWaits = memoised(({records}: Reading<readonly PodRecord[]>) =>
	[...records.values()].some(pods => waitingOf(pods) !== undefined),
);

type Group = {readonly workload: Workload; readonly sums: Array<readonly PodRecord[]>};

/** The pods in trouble by their workload: a Deployment may have some of its last template and some of the one before. */
function groupsOf(input: WorkloadsInput): ReadonlyMap<string, Group> {
	const groups = new Map<string, Group>();
	for (const pods of input.pods.records.values()) {
		const [first] = pods;
		if (first === undefined) continue;
		const workload = workloadOf(first, input);
		const key = keyOf(workload.namespace, workload.name);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, {workload, sums: [pods]});
		else group.sums.push(pods);
	}
	return groups;
}

/** What was noted is looked up for so many pods of a workload. */
const sampled = 8;

function notedOf(pods: readonly PodRecord[], {warnings}: WorkloadsInput): Surroundings['events'] {
	const bound = pods.filter(({trouble}) => trouble !== undefined && trouble.is !== 'unschedulable').slice(0, sampled);
	return new Map(
		bound.flatMap(({namespace, name, uid}) => {
			const events = warnings.records.get(warningsKey('Pod', namespace, name)) ?? [];
			// One of the same name that is gone may have left some.
			return events.some(({about}) => about.uid !== uid)
				? [[name, events.filter(({about}) => about.uid === uid || about.uid === '')] as const]
				: [[name, events] as const];
		}),
	);
}

function tellTroubled(input: WorkloadsInput, previous: WorkloadsFacts | undefined): readonly TroubledFact[] {
	const now = momentOf(input.pods.state, input.now);
	const known = byKey(previous?.troubled ?? []);
	const [lost, gpuNodes] = [lostNodes(input.standing), nodesWithGpus(input.nodes)];
	const rooms = new Map<string, Room | undefined>();
	/** For pods that may run on the same nodes it is looked for once. */
	const roomFor = ({selector}: Trouble): Room | undefined => {
		const key = selector.join();
		if (!rooms.has(key)) rooms.set(key, mostRoom(input, selector));
		return rooms.get(key);
	};
	return [...groupsOf(input)].map(([key, {workload, sums}]) => {
		const waiting = sums.map(waitingOf).find(each => each !== undefined);
		const room = waiting && roomFor(waiting);
		const pods = sums.flat();
		const causes = causesAround(pods, input.standing, input.claimCauses);
		const events = notedOf(pods, input);
		const outside =
			waiting !== undefined
				? [
						bytes(room?.memory),
						room && Math.round(room.milliCpu / 10),
						...lost.flatMap(({name, since}) => [name, since]),
						...gpuNodes,
					]
				: [];
		const from = [...sums, workload.kind, ...causes, ...[...events.values()].flat(), ...outside];
		const before = known.get(key);
		const around = {causes, lost, gpuNodes, room, events};
		return stillTrue(before, from, now) ?? troubledFact(key, workload, pods, around, before, from, now);
	});
}

const isShort = ({wanted, ready, refused}: WorkloadRecord) => wanted > 0 && (ready < wanted || refused !== undefined);
const shortOf = memoised(({records}: Reading<WorkloadRecord>) => [...records.values()].filter(isShort));
/** Those of a Deployment are told with it. */
const aloneOf = memoised(({records}: Reading<ReplicaSetRecord>) =>
	[...records.values()].filter(set => set.ownerName === '' && isShort(set)),
);

function tellShort(
	input: WorkloadsInput,
	troubled: readonly TroubledFact[],
	previous: WorkloadsFacts | undefined,
): readonly ShortFact[] {
	const {deployments, statefulSets, daemonSets, replicaSets, warnings, now} = input;
	const known = shortByKey(previous?.short ?? []);
	const inTrouble = byKey(troubled);
	const short = [...[deployments, statefulSets, daemonSets].flatMap(shortOf), ...aloneOf(replicaSets)];
	return short.map(record => {
		const {kind, namespace, name} = record;
		const noted = [kind, ...(kind === 'Deployment' ? ['ReplicaSet'] : [])].flatMap(
			each => warnings.records.get(warningsKey(each, namespace, name)) ?? [],
		);
		const parts = {record, troubled: inTrouble.get(keyOf(namespace, name)), events: noted};
		const from = [record, parts.troubled, ...noted];
		return stillTrue(known.get(shortKey(record)), from, now) ?? shortFact(parts, from, now);
	});
}

/** What is known of the workloads and their pods. Give it its last answer: what is still true stays the same object. */
export function workloadsFacts(input: WorkloadsInput, previous?: WorkloadsFacts): WorkloadsFacts {
	const {now, nodes, nodePods, standing, claimCauses, createCauses} = input;
	const manager = managerOf(input.manager, previous?.manager);
	const room = anyWaits(input.pods) ? [nodes, nodePods] : [];
	const from = [...sources.map(source => input[source]), standing, claimCauses, createCauses, manager, ...room];
	const before = stillSettled(previous, from, now);
	if (before !== undefined) return before;
	const troubled = sameList(previous?.troubled, tellTroubled(input, previous));
	const changesAt = troubled.reduce((at, {turnsAt}) => (turnsAt > now ? Math.min(at, turnsAt) : at), Number.POSITIVE_INFINITY);
	return settled(previous, {
		troubled,
		short: sameList(previous?.short, tellShort(input, troubled, previous)),
		pending: troubled.reduce((sum, {pending}) => sum + (pending?.many ?? 0), 0),
		createCauses: sameList(previous?.createCauses, createCauses),
		manager,
		states: Object.fromEntries(sources.map(source => [source, input[source].state])) as WorkloadsFacts['states'],
		limitedTo: input.pods.limitedTo,
		changesAt,
		from,
		asOf: now,
		turnsAt: changesAt,
	});
}

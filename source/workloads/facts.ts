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
import {outlineOf} from './outline.ts';
import {type Workload, workloadOf} from './owner.ts';
import type {PodRecord} from './pod.ts';
import type {ReplicaSetRecord} from './replica-set.ts';
import {mostRoom, type Room} from './room.ts';
import {type ShortFact, shortFact} from './short-fact.ts';
import {causesAround, isLost} from './surroundings.ts';
import type {Trouble} from './trouble.ts';
import type {Troubled} from './troubled.ts';
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
	readonly pods: Reading<Troubled>;
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
const shortByRecord = memoised((facts: readonly ShortFact[]) => new Map(facts.map(fact => [placeOf(fact.record).key, fact])));

/** Where a workload is found: among all others, among the pods in trouble, and among what was noted. */
const placeOf = memoised(({kind, namespace, name}: WorkloadRecord) => ({
	key: `${kind}/${keyOf(namespace, name)}`,
	pods: keyOf(namespace, name),
	warnings: [kind, ...(kind === 'Deployment' ? ['ReplicaSet'] : [])].map(each => warningsKey(each, namespace, name)),
}));

const lostNodes = memoised((standing: ReadonlyMap<string, Standing>) =>
	[...standing]
		.filter(([, each]) => isLost(each))
		.map(([name, {since}]) => ({name: shownName({name: name as NodeRecord['name']}), since})),
);
const nodesWithGpus = memoised(({records}: Reading<NodeRecord>) =>
	[...records.values()].filter(({gpus, gpuLabels}) => gpus.length > 0 || gpuLabels !== undefined).map(node => shownName(node)),
);

/** Whether a pod of any workload waits: only then does it matter what the nodes have left. */
const anyWaits = memoised(({records}: Reading<Troubled>) =>
	[...records.values()].some(pods => outlineOf(pods).waiting !== undefined),
);

type Group = {readonly workload: Workload; readonly sums: Troubled[]};

/** The pods in trouble by their workload: a Deployment may have some of its last template and some of the one before. */
function groupsOf(input: WorkloadsInput): ReadonlyMap<string, Group> {
	const groups = new Map<string, Group>();
	for (const sum of input.pods.records.values()) {
		const [first] = outlineOf(sum).pods;
		if (first === undefined) continue;
		const workload = workloadOf(first, input);
		const key = keyOf(workload.namespace, workload.name);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, {workload, sums: [sum]});
		else group.sums.push(sum);
	}
	return groups;
}

const nothing: readonly EventRecord[] = [];

/** What was noted of a pod; one of the same name that is gone may have left some, too. */
function notedOf({namespace, name, uid}: PodRecord, {warnings}: WorkloadsInput): readonly EventRecord[] {
	const events = warnings.records.get(warningsKey('Pod', namespace, name)) ?? nothing;
	const isMeant = ({about}: EventRecord) => about.uid === uid || about.uid === '';
	return events.every(isMeant) ? events : events.filter(isMeant);
}

function tellTroubled(input: WorkloadsInput, previous: WorkloadsFacts | undefined): readonly TroubledFact[] {
	const {standing, claimCauses, nodes} = input;
	const now = momentOf(input.pods.state, input.now);
	const known = byKey(previous?.troubled ?? []);
	const [lost, gpuNodes] = [lostNodes(standing), nodesWithGpus(nodes)];
	const rooms = new Map<string, Room | undefined>();
	/** For pods that may run on the same nodes it is looked for once. */
	const roomFor = ({selector}: Trouble): Room | undefined => {
		const key = selector.join();
		if (!rooms.has(key)) rooms.set(key, mostRoom(input, selector));
		return rooms.get(key);
	};
	/** What a pod that waits may wait for, as far as it changes what is said. */
	const outsideOf = (room: Room | undefined) => [
		bytes(room?.memory),
		room && Math.round(room.milliCpu / 10),
		...lost.flatMap(({name, since}) => [name, since]),
		...gpuNodes,
	];
	return [...groupsOf(input)].map(([key, {workload, sums}]) => {
		const outlines = sums.map(outlineOf);
		const waiting = outlines.find(outline => outline.waiting !== undefined)?.waiting;
		const room = waiting && roomFor(waiting);
		const causes = causesAround(outlines, standing, claimCauses);
		const events = new Map(outlines.flatMap(({noted}) => noted.map(pod => [pod.name, notedOf(pod, input)] as const)));
		const from = [...sums, workload.kind, ...causes, ...[...events.values()].flat(), ...(waiting ? outsideOf(room) : [])];
		const before = known.get(key);
		const told = () => {
			const pods = outlines.flatMap(outline => outline.pods);
			return troubledFact(key, workload, pods, {causes, lost, gpuNodes, room, events}, before, from, now);
		};
		return stillTrue(before, from, now) ?? told();
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
	const known = shortByRecord(previous?.short ?? []);
	const inTrouble = byKey(troubled);
	const short = [...[deployments, statefulSets, daemonSets].flatMap(shortOf), ...aloneOf(replicaSets)];
	return short.map(record => {
		const place = placeOf(record);
		const events = place.warnings.flatMap(key => warnings.records.get(key) ?? nothing);
		const parts = {record, troubled: inTrouble.get(place.pods), events};
		const from = [record, parts.troubled, ...events];
		return stillTrue(known.get(place.key), from, now) ?? shortFact(parts, from, now);
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

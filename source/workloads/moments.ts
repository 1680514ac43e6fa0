import {safeText} from '../cluster/safe-text.ts';
import type {Moment} from '../diagnosis.ts';
import {keyOf, own, type Reading, type SafeText, say} from '../vocabulary.ts';
import {count, join, shownPath} from '../words.ts';
import type {EventRecord} from './event.ts';
import type {JobRecord} from './job.ts';
import {type Owners, type Workload, withoutHash, workloadOf} from './owner.ts';
import type {PodRecord} from './pod.ts';
import {podMoments} from './pod-moments.ts';
import {recorded} from './recorded.ts';
import type {ReplicaSetRecord} from './replica-set.ts';
import {evidenceLine} from './said.ts';
import type {WorkloadRecord} from './workload.ts';

/** So far back it is told, in milliseconds. */
const reach = 24 * 3_600_000;

export type WorkloadsHistory = Owners & {
	readonly deployments: Reading<WorkloadRecord>;
	readonly statefulSets: Reading<WorkloadRecord>;
	readonly daemonSets: Reading<WorkloadRecord>;
	readonly pods: Reading<PodRecord>;
	readonly warnings: Reading<EventRecord>;
};

/** Milliseconds within which two time stamps tell of one thing. */
const atOnce = 60_000;
const near = (a: number, b: number): boolean => Math.abs(a - b) < atOnce;

/** `ghcr.io/a/b:1 → ghcr.io/a/b:2` for every image that is another one. */
function imagesChanged(before: ReplicaSetRecord, {images}: ReplicaSetRecord): SafeText {
	const changed = images.flatMap((image, at) => {
		const old = before.images[at];
		return old === image ? [] : [old === undefined ? image : say`${old} → ${image}`];
	});
	return changed.length === 0 ? own('same images') : join(changed);
}

/** Who it was, where that is still noted: a later change takes the place of an earlier one. */
function byWhom(record: WorkloadRecord | undefined, at: number): SafeText {
	const {changed} = record ?? {};
	return changed !== undefined && changed.by !== '' && near(changed.at, at) ? say`, by ${changed.by}` : own('');
}

/** A ReplicaSet is made for every template of a Deployment: that is when somebody changed it. */
function rollouts({replicaSets, deployments}: WorkloadsHistory, since: number): readonly Moment[] {
	const owned = [...replicaSets.records.values()].filter(({ownerName}) => ownerName !== '');
	const families = Map.groupBy(owned, ({namespace, ownerKind, ownerName}) => `${ownerKind} ${keyOf(namespace, ownerName)}`);
	return [...families.values()].flatMap(sets => {
		const inOrder = sets.toSorted((a, b) => a.revision - b.revision);
		return inOrder.flatMap((set, at) => {
			if (set.createdAt < since) return [];
			const before = inOrder[at - 1];
			const what = before === undefined ? join(set.images) : imagesChanged(before, set);
			const by = byWhom(deployments.records.get(keyOf(set.namespace, set.ownerName)), set.createdAt);
			const text = say`rollout of revision ${set.revision}: ${what}${by}`;
			const workload = {kind: set.ownerKind, namespace: set.namespace, name: set.ownerName};
			return [recorded(workload, {at: set.createdAt, text, isChange: true})];
		});
	});
}

/** What somebody wants of a workload now, and who; a rollout of a Deployment is told with its images. */
function changes(record: WorkloadRecord, rolledOut: readonly Moment[]): readonly Moment[] {
	const {kind, changed, wanted, images, createdAt} = record;
	if (changed === undefined) return [];
	const {at, by} = changed;
	if (rolledOut.some(moment => moment.about === shownPath(record) && near(moment.at, at))) return [];
	const did = say`${own(near(createdAt, at) ? 'created' : 'changed')} by ${by || own('somebody')}`;
	const replicas = kind === 'DaemonSet' ? undefined : count(wanted, 'pod');
	const runs = kind === 'Deployment' ? undefined : join(images);
	return [recorded(record, {at, text: say`${did}: wants ${join([replicas, runs], ' of ')}`, isChange: true})];
}

function ofDeployment(record: WorkloadRecord): readonly Moment[] {
	const {shortSince, refused} = record;
	return [
		...(shortSince === 0 ? [] : [recorded(record, {at: shortSince, text: 'Available turned False'})]),
		...(refused === undefined ? [] : [recorded(record, {at: refused.since, text: `pods refused: ${refused.message}`})]),
	];
}

function ofJob(job: JobRecord): readonly Moment[] {
	const {failed, namespace, name, cronJob} = job;
	if (failed === undefined) return [];
	const workload = cronJob === '' ? {kind: 'Job', namespace, name} : {kind: 'CronJob', namespace, name: cronJob};
	return [recorded(workload, {at: failed.at, text: `job ${name} failed: ${join([failed.reason, failed.message], ': ')}`})];
}

/** The node itself tells of this better. */
const ofNode = 'NodeNotReady';

/** Of a mount that failed it is the end that matters; which pod it was, and that nobody could make room, is left out. */
function eventWords({reason, message}: EventRecord): SafeText {
	const said = message.replace(/ in pod \S+$/, '').replace(/\.? preemption: .*$/s, '');
	return safeText(`${reason}: ${reason === 'FailedMount' || reason === 'FailedAttachVolume' ? evidenceLine(said) : said}`, 160);
}

/** A Deployment repeats what its ReplicaSet was told. */
function isRepeated({reason}: EventRecord, {kind, namespace, name}: Workload, {deployments}: WorkloadsHistory): boolean {
	if (reason !== 'FailedCreate' || kind !== 'Deployment') return false;
	return deployments.records.get(keyOf(namespace, name))?.refused !== undefined;
}

const kinds: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

/** The workload an event is about; undefined where it is about something else. */
function workloadBehind({kind, about}: EventRecord, history: WorkloadsHistory): Workload | undefined {
	const {namespace, name} = about;
	if (kind === 'ReplicaSet') return {kind: 'Deployment', namespace, name: withoutHash(name)};
	if (kinds.has(kind)) return {kind, namespace, name};
	if (kind !== 'Pod') return undefined;
	const pod = history.pods.records.get(keyOf(namespace, name));
	if (pod !== undefined) return workloadOf(pod, history);
	// It is gone, and another one has taken its place.
	const set = history.replicaSets.records.get(keyOf(namespace, name.replace(/-[a-z0-9]{5}$/, '')));
	return set === undefined || set.ownerName === ''
		? {kind, namespace, name}
		: {kind: set.ownerKind, namespace, name: set.ownerName};
}

/** Each kind of warning once for a workload: when it came first. */
function warned(history: WorkloadsHistory): readonly Moment[] {
	const first = new Map<string, {readonly workload: Workload; readonly event: EventRecord}>();
	for (const event of history.warnings.records.values()) {
		const workload = workloadBehind(event, history);
		if (workload === undefined || event.reason === ofNode || isRepeated(event, workload, history)) continue;
		const key = `${workload.kind} ${keyOf(workload.namespace, workload.name)} ${event.reason}`;
		const known = first.get(key);
		if (known === undefined || event.firstAt < known.event.firstAt) first.set(key, {workload, event});
	}
	return [...first.values()].map(({workload, event}) => recorded(workload, {at: event.firstAt, text: eventWords(event)}));
}

/** What happened to the workloads and their pods in the day before `now` (epoch ms), in no order. */
export function workloadsMoments(history: WorkloadsHistory, now: number): readonly Moment[] {
	const since = now - reach;
	const rolledOut = rollouts(history, since);
	const {deployments, statefulSets, daemonSets} = history;
	const all = [
		...rolledOut,
		...[deployments, statefulSets, daemonSets].flatMap(({records}) =>
			[...records.values()].flatMap(record => changes(record, rolledOut)),
		),
		...[...history.deployments.records.values()].flatMap(ofDeployment),
		...[...history.jobs.records.values()].flatMap(ofJob),
		...podMoments(history.pods, history),
		...warned(history),
	];
	return all.filter(({at}) => at >= since && at <= now);
}

import type {Told} from '../reuse.ts';
import {keyOf, type SafeText, type Subject} from '../vocabulary.ts';
import {shownName, shownPath} from '../words.ts';
import {type Forbidden, forbiddenBy} from './creation.ts';
import type {EventRecord} from './event.ts';
import {subjectOf} from './owner.ts';
import type {PodRecord} from './pod.ts';
import type {TroubledFact} from './troubled-fact.ts';
import type {Refused, WorkloadRecord} from './workload.ts';

/** A workload that has fewer pods ready than it wants. */
export type ShortFact = Told & {
	/** `namespace/name`, as it is and as shown. */
	readonly key: string;
	readonly shown: SafeText;
	readonly app: SafeText;
	readonly subject: Subject | undefined;
	readonly record: WorkloadRecord;
	/** Since when, epoch ms; 0 where nothing tells. */
	readonly since: number;
	/** Why pods of it cannot be created; undefined where nothing forbids it. */
	readonly forbidden: (Forbidden & Refused) | undefined;
	/** What is wrong with those of its pods that there are. */
	readonly troubled: TroubledFact | undefined;
	/** True where people miss it: it serves something, and nothing of it is ready. */
	readonly isFelt: boolean;
};

export type ShortParts = Pick<ShortFact, 'record' | 'troubled'> & {
	/** Warnings about it, and about its ReplicaSets. */
	readonly events: readonly EventRecord[];
};

/** When a pod stopped being ready, or began to wait for becoming so. */
const downSince = ({readyAt, trouble, createdAt}: PodRecord) => readyAt || (trouble?.since ?? createdAt);
/** A pod that has run: what it says of its readiness is when it was lost. */
const hasRun = ({readyAt, phase}: PodRecord) => readyAt > 0 && phase === 'Running';

/** By its own word, else by its pods: with nothing ready since the last that ran was lost, else since the first was. */
function sinceOf({shortSince, ready}: WorkloadRecord, pods: readonly PodRecord[]): number {
	if (shortSince > 0 || pods.length === 0) return shortSince;
	const last = pods.filter(hasRun);
	if (ready === 0 && last.length > 0) return last.reduce((at, pod) => Math.max(at, downSince(pod)), 0);
	return pods.reduce((at, pod) => Math.min(at, downSince(pod)), Number.POSITIVE_INFINITY);
}

/** Its own word, else an event: these stay for an hour, so that pods must be missing still. */
function refusalOf({refused, made, wanted}: WorkloadRecord, events: readonly EventRecord[]): Refused | undefined {
	if (refused !== undefined || made >= wanted) return refused;
	const failed = events.filter(({reason}) => reason === 'FailedCreate').toSorted((a, b) => b.lastAt - a.lastAt);
	const [last] = failed;
	return last && {message: last.message, since: Math.min(...failed.map(({firstAt}) => firstAt))};
}

const serving: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet']);
/** What keeps the cluster running has findings of its own, and nobody knows it by name. */
const isInfrastructure = ({namespace}: WorkloadRecord, troubled: TroubledFact | undefined) =>
	namespace === 'kube-system' || namespace.endsWith('-system') || troubled?.pods.some(({component}) => component) === true;

/** Tells one workload at `now` (epoch ms). */
export function shortFact({record, troubled, events}: ShortParts, from: readonly unknown[], now: number): ShortFact {
	const refusal = refusalOf(record, events);
	const isEmpty = serving.has(record.kind) && record.wanted > 0 && record.ready === 0;
	return {
		key: keyOf(record.namespace, record.name),
		shown: shownPath(record),
		app: shownName(record),
		subject: subjectOf(record),
		record,
		since: sinceOf(record, troubled?.pods ?? []),
		forbidden: refusal && {...refusal, ...forbiddenBy(refusal.message)},
		troubled,
		isFelt: isEmpty && !isInfrastructure(record, troubled),
		from,
		asOf: now,
		turnsAt: Number.POSITIVE_INFINITY,
	};
}

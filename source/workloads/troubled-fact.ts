import type {Told} from '../reuse.ts';
import type {SafeText, Subject} from '../vocabulary.ts';
import {shownPath} from '../words.ts';
import type {Ailment} from './ailment.ts';
import {failingPods, isLooping, loopTurns} from './failing-pods.ts';
import {subjectOf, type Workload} from './owner.ts';
import {pendingPods} from './pending-pods.ts';
import type {PodRecord} from './pod.ts';
import {causesIn, evidenceLine} from './said.ts';
import type {Surroundings} from './surroundings.ts';

/** The pods of one workload that are in trouble. */
export type TroubledFact = Told & {
	/** `namespace/name` of the workload, as it is and as shown. */
	readonly key: string;
	readonly shown: SafeText;
	readonly workload: Workload;
	readonly subject: Subject | undefined;
	readonly pods: readonly PodRecord[];
	/** Those that no node takes, and those that fail where they are. */
	readonly pending: Ailment | undefined;
	readonly failing: Ailment | undefined;
	/** Those in a crash loop, by uid: it is not over while one of them runs for a moment. */
	readonly looping: ReadonlySet<string>;
	/** What was noted of them. */
	readonly notes: readonly SafeText[];
	/** Names of findings that would explain any of it, the nearest first. */
	readonly causes: readonly string[];
};

/** What was noted of pods, and what that points to. */
function noted(pods: readonly PodRecord[], {events}: Surroundings) {
	const said = pods.flatMap(pod => (events.get(pod.name) ?? []).map(event => ({pod, event})));
	return {
		notes: [...new Set(said.map(({event}) => evidenceLine(`${event.reason}: ${event.message}`)))],
		causes: said.flatMap(({pod, event}) => causesIn(event.message, pod)),
	};
}

/** A loop began when it was first told: in between, its pod is ready for a moment again and again. */
function steady(failing: Ailment | undefined, looping: ReadonlySet<string>, before: TroubledFact | undefined) {
	if (failing === undefined || before?.failing === undefined || ![...looping].some(uid => before.looping.has(uid)))
		return failing;
	return {...failing, since: Math.min(failing.since, before.failing.since)};
}

/** Tells the pods of one workload at `now` (epoch ms). */
export function troubledFact(
	key: string,
	workload: Workload,
	pods: readonly PodRecord[],
	around: Surroundings,
	before: TroubledFact | undefined,
	from: readonly unknown[],
	now: number,
): TroubledFact {
	const loops = pods.filter(pod => isLooping(pod, before?.looping ?? new Set(), now));
	const looping = new Set(loops.map(({uid}) => uid));
	const pending = pendingPods(pods, around);
	const failing = steady(failingPods(pods, looping, around), looping, before);
	const {notes, causes} = noted(pods, around);
	return {
		key,
		shown: shownPath(workload),
		workload,
		subject: subjectOf(workload),
		pods,
		pending,
		failing,
		looping,
		notes,
		causes: [...new Set([...(failing?.causes ?? []), ...(pending?.causes ?? []), ...causes, ...around.causes])],
		from,
		asOf: now,
		turnsAt: Math.min(...loops.map(loopTurns).filter(at => at > now)),
	};
}

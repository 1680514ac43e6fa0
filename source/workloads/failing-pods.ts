import {own, type SafeText, say} from '../vocabulary.ts';
import {count, join} from '../words.ts';
import {type Ailment, podNames} from './ailment.ts';
import type {EventRecord} from './event.ts';
import type {PodRecord} from './pod.ts';
import {causesIn, evidenceLine} from './said.ts';
import type {Surroundings} from './surroundings.ts';
import {manyRestarts} from './troubled.ts';

const minute = 60_000;
const patience = 3 * minute;
/** Large images take their time, and nobody warns meanwhile. */
const creationPatience = 10 * minute;
const manyWithin = 30 * minute;
/** What ran for so long begins anew: the kubelet forgets how often it ended. */
const forgiven = 10 * minute;

/** So many different things are told that they say. */
const told = 3;

type Failure = Pick<Ailment, 'since' | 'after' | 'title' | 'causes'> & {readonly evidence: SafeText};

/** How a pod fails to start on its node, by the reason of an event about it. */
const obstructions: ReadonlyMap<string, SafeText> = new Map([
	['FailedMount', own('cannot mount its volume')],
	['FailedMapVolume', own('cannot mount its volume')],
	['FailedAttachVolume', own('its volume cannot be attached')],
	['FailedCreatePodSandBox', own('gets no network or sandbox')],
]);

function notCreated(pod: PodRecord, events: readonly EventRecord[], since: number): Failure {
	const noted = events.filter(({reason}) => obstructions.has(reason)).toSorted((a, b) => b.lastAt - a.lastAt);
	const [last] = noted;
	if (last === undefined) {
		const {reason = own(''), message = own('')} = pod.trouble ?? {};
		const evidence = join([pod.status, reason, message], ': ');
		return {since, after: creationPatience, title: own('its containers are not made'), evidence, causes: []};
	}
	return {
		since,
		after: patience,
		title: obstructions.get(last.reason) ?? last.reason,
		evidence: say`${last.reason}: ${last.message}`,
		causes: [...new Set(noted.flatMap(({message}) => causesIn(message, pod)))],
	};
}

/** A container that ended within the last ten minutes, and five times in half an hour or in a row. */
export function isLooping(pod: PodRecord, before: ReadonlySet<string>, now: number): boolean {
	if (pod.trouble?.loops === true) return true;
	if (pod.restarts < manyRestarts || pod.ended === undefined || now >= pod.ended.at + forgiven) return false;
	return now < pod.createdAt + manyWithin || before.has(pod.uid);
}

/** When a loop that runs just now is over, if nothing ends any more, epoch ms. */
export function loopTurns({ended}: PodRecord): number {
	return ended === undefined ? Number.POSITIVE_INFINITY : ended.at + forgiven;
}

function crash(pod: PodRecord, loops: boolean): Failure {
	const {trouble, ended, restarts} = pod;
	const exitCode = trouble?.exitCode ?? ended?.exitCode;
	const word = ended?.reason === 'Error' ? undefined : ended?.reason;
	const how = join([exitCode === undefined ? undefined : say`exit ${exitCode}`, word], ' ');
	const message = trouble?.message ?? own('');
	return {
		since: trouble?.is === 'crashing' ? trouble.since : (ended?.at ?? 0),
		after: loops ? 0 : patience,
		title: join([own('crash loop'), how, count(restarts, 'restart')]),
		evidence: join([say`${trouble?.container || (ended?.container ?? own(''))} ended`, how, message], ': '),
		causes: causesIn(message, pod),
	};
}

function failureOf(pod: PodRecord, loops: boolean, events: readonly EventRecord[]): Failure | undefined {
	const {trouble} = pod;
	if (loops || trouble?.is === 'crashing') return crash(pod, loops);
	if (trouble === undefined) return undefined;
	const {is, since, reason, message} = trouble;
	if (is === 'creating') return notCreated(pod, events, since);
	const evidence = say`${reason}: ${message}`;
	if (is === 'image') return {since, after: patience, title: own('its image cannot be pulled'), evidence, causes: []};
	if (is === 'config') return {since, after: patience, title: own('its container cannot be made'), evidence, causes: []};
	return undefined;
}

/** The pods that were given a node and do not run there. `looping`: those in a crash loop, by uid. */
export function failingPods(
	all: readonly PodRecord[],
	looping: ReadonlySet<string>,
	{causes, events}: Surroundings,
): Ailment | undefined {
	const failing = all.flatMap(pod => {
		const failure = failureOf(pod, looping.has(pod.uid), events.get(pod.name) ?? []);
		return failure === undefined ? [] : [{pod, failure}];
	});
	const [first] = failing.toSorted((a, b) => a.failure.since + a.failure.after - (b.failure.since + b.failure.after));
	if (first === undefined) return undefined;
	const says = [...new Set(failing.map(({failure}) => evidenceLine(failure.evidence)))];
	const {since, after, title} = first.failure;
	return {
		many: failing.length,
		since,
		after,
		title: failing.length === 1 ? title : say`${count(failing.length, 'pod')}: ${title}`,
		evidence: [podNames(failing.map(({pod}) => pod)), ...says.slice(0, told)],
		causes: [...new Set([...failing.flatMap(({failure}) => failure.causes), ...causes])],
	};
}

import {safeText} from '../cluster/safe-text.ts';
import type {Standing} from '../nodes/liveness.ts';
import {type Detail, type DetailLine, own, type SafeText, say} from '../vocabulary.ts';
import {age, bytes, count, join, shownName, shownPath} from '../words.ts';
import type {EventRecord} from './event.ts';
import {type Owners, workloadOf} from './owner.ts';
import type {PodRecord} from './pod.ts';
import {obstaclesOf, obstacleWords} from './scheduling.ts';

/** What is told with a pod. */
export type PodSurroundings = {
	readonly owners: Owners;
	/** How its node does; undefined while that is not known, or it has none. */
	readonly standing: Standing | undefined;
	/** Warnings about it; undefined where events are not seen. */
	readonly events: readonly EventRecord[] | undefined;
};

/** So many events are told, the newest first. */
const told = 8;

const line = (label: string, value: SafeText | undefined, health?: DetailLine['health']): readonly DetailLine[] =>
	value === undefined || value === '' ? [] : [{label, value, ...(health === undefined ? {} : {health})}];

function state(pod: PodRecord, now: number): readonly DetailLine[] {
	const {status, ready, readyAt, trouble, deletingAt, createdAt, phase} = pod;
	const isOver = phase === 'Succeeded' || phase === 'Failed';
	const health = trouble !== undefined ? 'bad' : isOver ? 'idle' : ready ? 'ok' : 'warn';
	const overdue = deletingAt > 0 && deletingAt < now ? say`was to be gone ${age(deletingAt, now)} ago` : own('is being deleted');
	return [
		...line('state', status, health),
		...line('ready', say`${own(ready ? 'yes' : 'no')}, for ${age(readyAt, now)}`),
		...line('deletion', deletingAt === 0 ? undefined : overdue, 'warn'),
		...line('age', age(createdAt, now)),
	];
}

function troubleLines({trouble}: PodRecord, now: number): readonly DetailLine[] {
	if (trouble === undefined) return [];
	const obstacles = trouble.is === 'unschedulable' ? obstaclesOf(trouble.message) : [];
	return [
		...line('why', trouble.reason, 'bad'),
		...(obstacles.length > 0 ? obstacles.flatMap(each => line('', obstacleWords(each))) : line('', trouble.message)),
		...line('since', age(trouble.since, now)),
		...line('container', trouble.container),
	];
}

function containers({readyContainers, containers: all, restarts, ended}: PodRecord, now: number): readonly DetailLine[] {
	const how = ended && join([say`${ended.container}: exit ${ended.exitCode}`, ended.reason, say`${age(ended.at, now)} ago`]);
	return [
		...line('ready', say`${readyContainers} of ${all}`),
		...line('restarts', count(restarts, 'restart')),
		...line('ended last', how),
	];
}

function place(pod: PodRecord, {owners, standing}: PodSurroundings, now: number): readonly DetailLine[] {
	const workload = workloadOf(pod, owners);
	const isWell = standing === undefined || standing.word === 'ready';
	const how = standing && join([own(standing.word), isWell ? undefined : age(standing.since, now)], ' ');
	return [
		...line('kept by', workload.kind === 'Pod' ? undefined : say`${safeText(workload.kind, 64)} ${shownPath(workload)}`),
		...line('node', join([shownName({name: pod.node}), pod.node === '' ? undefined : how]), isWell ? undefined : 'bad'),
		...pod.claims.flatMap(claim => line('claim', shownName({name: claim}))),
	];
}

function requests({milliCpu, memory, gpus, gpuResource}: PodRecord): readonly DetailLine[] {
	return [
		...line('cpu', milliCpu === 0 ? own('none') : own(`${milliCpu / 1000}`)),
		...line('memory', memory === 0 ? own('none') : bytes(memory)),
		...line('GPUs', gpus === 0 ? undefined : say`${gpus} ${shownName({name: gpuResource})}`),
	];
}

function eventLines(events: readonly EventRecord[] | undefined, now: number): readonly DetailLine[] {
	if (events === undefined) return line('', own('events cannot be seen'), 'unknown');
	return events
		.toSorted((a, b) => b.lastAt - a.lastAt)
		.slice(0, told)
		.map(({lastAt, count: times, reason, message}) => {
			const often = own(times > 1 ? ` (${times} times)` : '');
			return {label: `${age(lastAt, now)} ago`, value: say`${reason}${often}: ${message}`, health: 'warn'};
		});
}

/** Everything known of one pod, its ages counted to `now` (epoch ms). */
export function podDetail(pod: PodRecord, around: PodSurroundings, now: number): Detail {
	return {
		title: say`pod ${shownPath(pod)}`,
		sections: [
			{title: 'State', lines: state(pod, now)},
			{title: 'Trouble', lines: troubleLines(pod, now)},
			{title: 'Containers', lines: containers(pod, now)},
			{title: 'Where', lines: place(pod, around, now)},
			{title: 'Requests', lines: requests(pod)},
			{title: 'Warnings', lines: eventLines(around.events, now)},
		].filter(({lines}) => lines.length > 0),
	};
}

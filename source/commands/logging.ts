import type {Cluster} from '../cluster/cluster.ts';
import {readLog} from '../cluster/log.ts';
import {Refusal} from '../cluster/refusal.ts';
import {safeText} from '../cluster/safe-text.ts';
import {sentenceOf} from '../cluster/sentence.ts';
import type {LinesView} from '../interface/shell/desk.ts';
import type {OpenText} from '../interface/shell/reach.ts';
import {own, type Row, type SafeText, say} from '../vocabulary.ts';
import {join, shownName, shownPath} from '../words.ts';
import {jobKind, replicaSetKind} from '../workloads/index.ts';
import {type LogChoice, logChoice, logPath} from '../workloads/logs.ts';
import {type PodRecord, podKind} from '../workloads/pod.ts';
import {podsOf} from '../workloads/pods-of.ts';
import {atMostEvery} from './at-most.ts';

/** So many lines are kept of what is followed. */
const mostLines = 1000;
/** Frames are no denser than this, however much a container says; ms. */
const frame = 100;

function podOf({subject}: Row, cluster: Cluster): PodRecord | SafeText {
	if (subject === undefined) return own('There is no log of this: no pod stands behind it.');
	const pods = cluster.source(podKind).reading();
	if (pods.state.is === 'denied' || pods.state.is === 'loading')
		return own('There is no log of this: the pods cannot be seen yet.');
	const owners = {replicaSets: cluster.source(replicaSetKind).reading(), jobs: cluster.source(jobKind).reading()};
	const [pod] = podsOf(subject, pods, owners);
	if (pod === undefined) return own('There is no log of this: no pod stands behind it.');
	if (pod.node === '') return say`No node has taken ${shownPath(pod)} yet, so nothing of it has run.`;
	return pod;
}

const isMissing = (error: unknown): boolean => error instanceof Refusal && (error.status === 400 || error.status === 404);

/** Begins to read and to follow the log of what a row stands for, that of its worst pod; or says why there is none. */
export function openLog(row: Row, cluster: Cluster, changed: () => void): OpenText | SafeText {
	const pod = podOf(row, cluster);
	if (typeof pod === 'string') return pod;
	const first = logChoice(pod);
	if (logPath(pod, first, true) === undefined)
		return own('The name of this pod is not a valid Kubernetes name, so its log is not asked for.');
	const closing = new AbortController();
	const frames = atMostEvery(frame, changed);
	let view: LinesView = {title: titleOf(pod, first), lines: [], note: own('asking')};
	const show = (next: Partial<LinesView>) => {
		view = {...view, ...next};
		if (!closing.signal.aborted) frames.touch();
	};
	const read = async (choice: LogChoice): Promise<void> => {
		let lines: SafeText[] = [];
		const path = logPath(pod, choice, !choice.previous) ?? '';
		show({title: titleOf(pod, choice), note: own(choice.previous ? 'reading' : 'following')});
		for await (const line of readLog(cluster.transport, {path, follows: !choice.previous, signal: closing.signal})) {
			lines = [...lines.slice(1 - mostLines), line];
			show({lines});
		}
		const end = choice.previous ? own('that run has ended; the next one waits for its start') : own('the log has ended');
		show({note: lines.length === 0 ? join([own('it has written nothing'), end], '; ') : end});
	};
	read(first)
		// A run before this one may not have left anything.
		.catch((error: unknown) => (first.previous && isMissing(error) ? read({...first, previous: false}) : Promise.reject(error)))
		.catch((error: unknown) => show({note: say`no log: ${sentenceOf(error)}`}));
	return {
		view: () => view,
		close: () => {
			closing.abort();
			frames.stop();
		},
	};
}

function titleOf(pod: PodRecord, {container, previous}: LogChoice): SafeText {
	const of = container === '' ? own('') : say` ${safeText(container)}`;
	return say`log of ${shownPath(pod)}${of}${own(previous ? ', the run before this one' : '')} on ${shownName({name: pod.node})}`;
}

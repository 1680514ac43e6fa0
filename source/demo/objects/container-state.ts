import {digestOf} from './identity.ts';
import {type ContainerStatus, condition, type PodObject} from './pod.ts';
import {instantOf, stamp} from './time.ts';

/** How a container ended: `message` is what it said last. */
export type End = {readonly exitCode: number; readonly message: string};

const second = 1000;

/** How long a kubelet waits before it starts a container again that has been restarted so often; ever longer, five minutes at most. */
export function restartDelay(restarts: number): number {
	return restarts === 0 ? second : Math.min(300, 10 * 2 ** Math.min(restarts - 1, 6)) * second;
}

/** `5m0s`, `40s` */
function goDuration(ms: number): string {
	const seconds = Math.round(ms / second);
	return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}

/** When each of a pod's containers that runs was started, epoch milliseconds; undefined while one of them waits. */
export function runningSince({status}: PodObject): number | undefined {
	const [first] = status?.containerStatuses ?? [];
	return first?.state?.running ? instantOf(first.state.running.startedAt) : undefined;
}

/** When a pod's containers are started again, epoch milliseconds; undefined where none waits for that. */
export function restartsAt({status}: PodObject): number | undefined {
	const [first] = status?.containerStatuses ?? [];
	if (first?.state?.waiting?.reason !== 'CrashLoopBackOff') return undefined;
	return instantOf(first.lastState?.terminated?.finishedAt) + restartDelay(first.restartCount);
}

/** The containers end; their kubelet waits before it starts them again. */
export function end(pod: PodObject, at: number, {exitCode, message}: End): void {
	const {name, namespace, uid = ''} = pod.metadata;
	change(pod, status => ({
		...status,
		ready: false,
		started: false,
		lastState: {
			terminated: {
				exitCode,
				reason: exitCode === 0 ? 'Completed' : 'Error',
				message,
				startedAt: status.state?.running?.startedAt ?? stamp(at),
				finishedAt: stamp(at),
				containerID: `containerd://${digestOf(uid, status.name, `${status.restartCount}`)}`,
			},
		},
		state: {
			waiting: {
				reason: 'CrashLoopBackOff',
				message: `back-off ${goDuration(restartDelay(status.restartCount))} restarting failed container=${status.name} pod=${name}_${namespace}(${uid})`,
			},
		},
	}));
	unready(pod, at);
}

/** The containers are started once more; whether they are ready is seen later. */
export function restart(pod: PodObject, at: number): void {
	const {uid = ''} = pod.metadata;
	change(pod, status => ({
		...status,
		restartCount: status.restartCount + 1,
		started: true,
		containerID: `containerd://${digestOf(uid, status.name, `${status.restartCount + 1}`)}`,
		state: {running: {startedAt: stamp(at)}},
	}));
}

/** The containers run and do not answer. */
export function unready(pod: PodObject, at: number): void {
	change(pod, status => ({...status, ready: false}));
	const names = (pod.status?.containerStatuses ?? []).map(({name}) => name).join(' ');
	tell(pod, 'False', at, 'ContainersNotReady', `containers with unready status: [${names}]`);
}

/** The containers answer again. */
export function ready(pod: PodObject, at: number): void {
	change(pod, status => ({...status, ready: true, started: true}));
	tell(pod, 'True', at);
}

function change(pod: PodObject, edit: (status: ContainerStatus) => ContainerStatus): void {
	pod.status = {...pod.status, containerStatuses: (pod.status?.containerStatuses ?? []).map(edit)};
}

/** Sets both conditions; the time is that of the last change of their status. */
function tell(pod: PodObject, status: 'True' | 'False', at: number, reason?: string, message?: string): void {
	const types = ['Ready', 'ContainersReady'];
	pod.status = {
		...pod.status,
		conditions: (pod.status?.conditions ?? []).map(before => {
			if (!types.includes(before.type)) return before;
			const since = before.status === status ? instantOf(before.lastTransitionTime) : at;
			return condition(before.type, status, since, reason, message);
		}),
	};
}

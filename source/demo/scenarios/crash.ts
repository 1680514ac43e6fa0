import type {Stage} from '../model.ts';
import {digestOf} from '../objects/identity.ts';
import {condition, type PodObject, pods} from '../objects/pod.ts';
import {stamp} from '../objects/time.ts';
import {record} from '../players/events.ts';

export type Crash = {readonly restarts: number; readonly exitCode: number; readonly message: string};

/** The pod's containers fail again and again, for the last time at `at`; its kubelet waits before it tries once more. */
export function crash(stage: Stage, pod: PodObject, at: number, {restarts, exitCode, message}: Crash): void {
	const {name, namespace, uid = ''} = pod.metadata;
	const ended = {exitCode, reason: 'Error', message, startedAt: stamp(at - 4000), finishedAt: stamp(at)};
	pods.change(stage.store, pod, draft => {
		const kept = (draft.status?.conditions ?? []).filter(({type}) => type !== 'Ready' && type !== 'ContainersReady');
		const bad = ['Ready', 'ContainersReady'].map(type => condition(type, 'False', at, 'ContainersNotReady'));
		draft.status = {
			...draft.status,
			conditions: [...kept, ...bad],
			containerStatuses: (draft.status?.containerStatuses ?? []).map(status => ({
				...status,
				ready: false,
				started: false,
				restartCount: restarts,
				lastState: {terminated: {...ended, containerID: `containerd://${digestOf(uid, `${restarts}`)}`}},
				state: {
					waiting: {
						reason: 'CrashLoopBackOff',
						message: `back-off 5m0s restarting failed container=${status.name} pod=${name}_${namespace}(${uid})`,
					},
				},
			})),
		};
	});
	for (const {name: container} of pod.spec.containers) {
		const text = `Back-off restarting failed container ${container} in pod ${name}_${namespace}(${uid})`;
		record(stage, {
			about: pod,
			type: 'Warning',
			reason: 'BackOff',
			message: text,
			from: 'kubelet',
			host: pod.spec.nodeName ?? '',
			at,
			count: restarts,
		});
		stage.logs.set(`${namespace}/${name}/${container}`, [`${stamp(at - 4000)} starting`, `${stamp(at)} fatal: ${message}`]);
	}
}

import type {Stage} from '../model.ts';
import {type PodObject, pods} from '../objects/pod.ts';
import {stamp} from '../objects/time.ts';
import {failing} from '../players/failing.ts';

export type Crash = {readonly restarts: number; readonly exitCode: number; readonly message: string};

/** The pod's containers fail again and again, and have done so `restarts` times when they do at `at`. */
export function crash(stage: Stage, pod: PodObject, at: number, {restarts, exitCode, message}: Crash): void {
	const {uid} = pod.metadata;
	stage.ailments.add({
		is: 'crashing',
		since: at,
		hits: each => each.metadata.uid === uid,
		exitCode,
		lines: [`fatal: ${message}`],
	});
	pods.change(stage.store, pod, draft => {
		draft.status = {
			...draft.status,
			containerStatuses: (draft.status?.containerStatuses ?? []).map(status => ({
				...status,
				restartCount: restarts,
				state: {running: {startedAt: stamp(at - 4000)}},
			})),
		};
	});
	failing.act(stage, at);
}

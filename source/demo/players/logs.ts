import type {Stage} from '../model.ts';
import {type PodObject, pods} from '../objects/pod.ts';
import {instantOf, stamp} from '../objects/time.ts';
import type {Player} from './player.ts';

/** Lines that are kept of a container. */
const kept = 200;

/** Running containers say something from time to time, each at its own pace. */
export const logs: Player = {
	name: 'logs',
	every: 7,
	act: (stage, now) => {
		for (const pod of pods.all(stage.store)) {
			if (pod.status?.phase !== 'Running' || stage.silent.has(pod.spec.nodeName ?? '')) continue;
			for (const {name, state} of pod.status.containerStatuses ?? []) {
				if (state.running) speak(stage, pod, name, instantOf(state.running.startedAt), now);
			}
		}
	},
};

function speak(stage: Stage, {metadata}: PodObject, container: string, startedAt: number, now: number): void {
	const key = `${metadata.namespace}/${metadata.name}/${container}`;
	const lines = stage.logs.get(key);
	if (!lines) {
		stage.logs.set(key, [
			`${stamp(startedAt)} level=info msg="starting ${container}"`,
			`${stamp(startedAt + 2000)} level=info msg="ready to serve"`,
		]);
		return;
	}
	if (stage.random() > 0.2) return;
	lines.push(
		`${stamp(now)} level=info msg="handled requests" count=${Math.floor(stage.random() * 900)} duration=${Math.floor(3 + stage.random() * 80)}ms`,
	);
	if (lines.length > kept) lines.splice(0, lines.length - kept);
}

import type {Stage} from '../model.ts';
import {type PodObject, pods} from '../objects/pod.ts';
import {stamp} from '../objects/time.ts';

/** What deleting or evicting a pod does: it has its grace to go, and its kubelet ends it (player `containers`). */
export function leave({store}: Stage, pod: PodObject, at: number): void {
	pods.change(store, pod, draft => {
		draft.metadata.deletionTimestamp = stamp(at + 30_000);
		draft.metadata.deletionGracePeriodSeconds = 30;
	});
}

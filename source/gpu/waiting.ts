import type {Tally} from '../vocabulary.ts';
import type {PodRecord} from '../workloads/pod.ts';

/** Pods that want a GPU and have no node, by the resource they ask for. */
export const gpuWaitTally: Tally<PodRecord, readonly PodRecord[]> = {
	key: ({gpus, gpuResource, node, phase}) => (gpus > 0 && node === '' && phase === 'Pending' ? gpuResource : undefined),
	empty: [],
	add: (pods, pod) => [...pods, pod],
	remove: (pods, pod) => pods.filter(each => each !== pod),
};

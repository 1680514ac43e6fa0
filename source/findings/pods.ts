import type {Cluster} from '../cluster/cluster.ts';
import {gpuWaitTally} from '../gpu/waiting.ts';
import {type Claimants, claimantTally} from '../storage/claimants.ts';
import {type Warnings, warningTally} from '../storage/warnings.ts';
import type {Reading} from '../vocabulary.ts';
import {type Controllers, componentTally} from '../workloads/controllers.ts';
import {type EventRecord, warningKind} from '../workloads/event.ts';
import {type NodePods, nodePodsTally} from '../workloads/node-pods.ts';
import {type PodRecord, podKind} from '../workloads/pod.ts';
import {type Troubled, troubledTally} from '../workloads/troubled.ts';
import {warningsTally} from '../workloads/warnings.ts';
import {counting} from './counting.ts';

/** What the slices count pods and warnings for; each count is the same object until it changed. */
export type PodCounts = {
	readonly byNode: () => Reading<NodePods>;
	readonly byComponent: () => Controllers;
	readonly claimants: () => Claimants;
	readonly volumeWarnings: () => Warnings;
	/** Those that want a GPU and have no node, by the resource they ask for. */
	readonly waitingForGpu: () => Reading<readonly PodRecord[]>;
	/** Those in trouble by what keeps them, and the warnings by what they are about. */
	readonly troubled: () => Reading<Troubled>;
	readonly warnings: () => Reading<readonly EventRecord[]>;
};

/** Counts the pods of a cluster, and the warnings about them, as they come and go. */
export function countPods(cluster: Cluster): PodCounts {
	const pods = cluster.source(podKind);
	return {
		byNode: counting(pods, nodePodsTally),
		byComponent: counting(pods, componentTally),
		claimants: counting(pods, claimantTally),
		waitingForGpu: counting(pods, gpuWaitTally),
		volumeWarnings: counting(cluster.source(warningKind), warningTally),
		troubled: counting(pods, troubledTally),
		warnings: counting(cluster.source(warningKind), warningsTally),
	};
}

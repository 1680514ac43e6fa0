import type {Kind} from '../cluster/kind.ts';
import {number} from '../cluster/raw.ts';
import {lastWrite} from '../cluster/written.ts';
import {imagesOf, replicasOf, type WorkloadRecord} from './workload.ts';

export const statefulSetKind: Kind<WorkloadRecord> = {
	id: 'statefulsets',
	group: 'apps',
	versions: ['v1'],
	plural: 'statefulsets',
	kind: 'StatefulSet',
	namespaced: true,
	project: (raw, identity) => ({
		...identity,
		kind: 'StatefulSet',
		wanted: replicasOf(raw),
		made: number(raw.status?.replicas) ?? 0,
		ready: number(raw.status?.readyReplicas) ?? 0,
		// Its controller tells such things in events only.
		shortSince: 0,
		refused: undefined,
		changed: lastWrite(raw, 'spec'),
		images: imagesOf(raw),
	}),
};

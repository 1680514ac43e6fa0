import type {Kind} from '../cluster/kind.ts';
import {number} from '../cluster/raw.ts';
import {lastWrite} from '../cluster/written.ts';
import {imagesOf, type WorkloadRecord} from './workload.ts';

export const daemonSetKind: Kind<WorkloadRecord> = {
	id: 'daemonsets',
	group: 'apps',
	versions: ['v1'],
	plural: 'daemonsets',
	kind: 'DaemonSet',
	namespaced: true,
	project: (raw, identity) => ({
		...identity,
		kind: 'DaemonSet',
		wanted: number(raw.status?.desiredNumberScheduled) ?? 0,
		made: number(raw.status?.currentNumberScheduled) ?? 0,
		ready: number(raw.status?.numberReady) ?? 0,
		// Its controller tells such things in events only.
		shortSince: 0,
		refused: undefined,
		changed: lastWrite(raw, 'spec'),
		images: imagesOf(raw),
	}),
};

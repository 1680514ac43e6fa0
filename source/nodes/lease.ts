import type {Kind} from '../cluster/kind.ts';
import {instant, number} from '../cluster/raw.ts';
import type {StoredRecord} from '../vocabulary.ts';

/** A kubelet's heartbeat. It has the name of its node and is renewed every 10 s, by the node's own clock. */
export type LeaseRecord = StoredRecord & {
	/** Epoch ms, 0 when it was never renewed. */
	readonly renewedAt: number;
	/** Seconds without renewal after which it has expired; the kubelet's default is 40. */
	readonly lasts: number;
};

export const leaseKind: Kind<LeaseRecord> = {
	id: 'nodes/leases',
	group: 'coordination.k8s.io',
	versions: ['v1'],
	plural: 'leases',
	kind: 'Lease',
	namespaced: true,
	namespace: 'kube-node-lease',
	project: (raw, identity) => ({
		...identity,
		renewedAt: instant(raw.spec?.renewTime),
		lasts: number(raw.spec?.leaseDurationSeconds) ?? 40,
	}),
};

import type {Kind} from '../cluster/kind.ts';
import {instant, number, text} from '../cluster/raw.ts';
import type {SafeText, StoredRecord} from '../vocabulary.ts';

/** An election in kube-system: who holds it answers for all. */
export type SystemLeaseRecord = StoredRecord & {
	/** A node for kube-vip, `node_uid` for the control plane's own; `''` once it was released. */
	readonly holder: SafeText;
	/** Epoch ms, 0 when it was never acquired or renewed. */
	readonly acquiredAt: number;
	readonly renewedAt: number;
	/** Seconds without renewal after which it has expired. */
	readonly lasts: number;
	/** How often it went from one holder to another. */
	readonly transitions: number;
};

/** kube-vip's: the address of the API server, and those of services. */
export const vipLeases: ReadonlySet<string> = new Set(['plndr-cp-lock', 'plndr-svcs-lock']);
const controlPlaneLeases = new Set<string>(['kube-controller-manager', 'kube-scheduler']);

/** Other elections of kube-system (there can be dozens, renewed every two seconds) are left out. */
export const systemLeaseKind: Kind<SystemLeaseRecord> = {
	id: 'leases/kube-system',
	group: 'coordination.k8s.io',
	versions: ['v1'],
	plural: 'leases',
	kind: 'Lease',
	namespaced: true,
	namespace: 'kube-system',
	project: ({spec}, identity) => {
		if (!vipLeases.has(identity.name) && !controlPlaneLeases.has(identity.name)) return undefined;
		return {
			...identity,
			holder: text(spec?.holderIdentity, 253),
			acquiredAt: instant(spec?.acquireTime),
			renewedAt: instant(spec?.renewTime),
			lasts: number(spec?.leaseDurationSeconds) ?? 15,
			transitions: number(spec?.leaseTransitions) ?? 0,
		};
	},
};

import type {Kind} from '../../../cluster/kind.ts';
import {instant, name, number} from '../../../cluster/raw.ts';
import type {RawName, StoredRecord} from '../../../vocabulary.ts';

/** A lease of kube-system, whoever holds it: kube-vip, Cilium's L2 announcements. */
export type ElectionRecord = StoredRecord & {
	/** A node's name for most; `''` once it was released. */
	readonly holder: RawName;
	/** Epoch ms, 0 when it was never renewed. */
	readonly renewedAt: number;
	/** Seconds without renewal after which it has expired. */
	readonly lasts: number;
};

export const electionKind: Kind<ElectionRecord> = {
	id: 'drain/leases',
	group: 'coordination.k8s.io',
	versions: ['v1'],
	plural: 'leases',
	kind: 'Lease',
	namespaced: true,
	namespace: 'kube-system',
	project: ({spec}, identity) => ({
		...identity,
		holder: name(spec?.holderIdentity),
		renewedAt: instant(spec?.renewTime),
		lasts: number(spec?.leaseDurationSeconds) ?? 15,
	}),
};

/** Whether somebody holds it at `now`, epoch ms. */
export function isHeld({holder, renewedAt, lasts}: ElectionRecord, now: number): boolean {
	return holder !== '' && now <= renewedAt + lasts * 1000;
}

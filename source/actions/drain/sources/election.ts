import type {Kind} from '../../../cluster/kind.ts';
import {instant, name, number, text} from '../../../cluster/raw.ts';
import type {RawName, SafeText, StoredRecord} from '../../../vocabulary.ts';

/** A lease of kube-system, whoever holds it: kube-vip, Cilium's L2 announcements. */
export type ElectionRecord = StoredRecord & {
	/** A node's name for most; `''` once it was released. */
	readonly holder: RawName;
	readonly shownHolder: SafeText;
	/** Epoch ms, 0 when it was never acquired or renewed. */
	readonly acquiredAt: number;
	readonly renewedAt: number;
	/** Seconds without renewal after which it has expired. */
	readonly lasts: number;
};

/** One drain per cluster: held by whoever drains a node of it. */
export const lockName = 'midwatch-drain';
export const lockPath = `/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/${lockName}`;
/** Names the nodes that are drained, for whoever finds the lock held. */
export const lockedNode = 'midwatch.dev/draining';

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
		shownHolder: text(spec?.holderIdentity, 253),
		acquiredAt: instant(spec?.acquireTime),
		renewedAt: instant(spec?.renewTime),
		lasts: number(spec?.leaseDurationSeconds) ?? 15,
	}),
};

/** Whether somebody holds it at `now`, epoch ms. */
export function isHeld({holder, renewedAt, lasts}: ElectionRecord, now: number): boolean {
	return holder !== '' && now <= renewedAt + lasts * 1000;
}

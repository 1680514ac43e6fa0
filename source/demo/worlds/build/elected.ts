import type {KubeObject} from '../../model.ts';
import {uidOf} from '../../objects/identity.ts';
import {lease} from '../../objects/lease.ts';
import type {NodeRow} from '../../objects/machine.ts';
import {day} from '../../objects/time.ts';

/** The control plane's own leader elections, held on the last of its nodes. */
export function elected(nodes: readonly NodeRow[], createdAt: number, now: number): readonly KubeObject[] {
	const holder = nodes.findLast(({controlPlane}) => controlPlane);
	if (!holder) return [];
	return ['kube-controller-manager', 'kube-scheduler'].map((name, at) =>
		lease({
			namespace: 'kube-system',
			name,
			holder: `${holder.name}_${uidOf('election', name, holder.name)}`,
			seconds: 15,
			createdAt,
			acquiredAt: now - Math.floor(holder.booted * 0.98 * day),
			renewedAt: now - 1000 * (1 + at),
			transitions: 3 + at,
		}),
	);
}

import {leases} from '../objects/lease.ts';
import {isReady, nodes} from '../objects/node.ts';
import {instantOf, microStamp} from '../objects/time.ts';
import type {Player} from './player.ts';

/** kube-vip: the holder renews its lease; when it falls silent, another server takes the address over. */
export const virtualAddress: Player = {
	name: 'kube-vip',
	every: 5,
	act: ({store, silent}, now) => {
		const lease = leases.get(store, 'plndr-cp-lock', 'kube-system');
		if (!lease) return;
		const {holderIdentity = '', leaseDurationSeconds = 15, renewTime, leaseTransitions = 0} = lease.spec ?? {};
		if (!silent.has(holderIdentity)) {
			// While the past is played again, what is there is newer.
			if (instantOf(renewTime) > now) return;
			leases.change(store, lease, draft => {
				draft.spec = {...draft.spec, renewTime: microStamp(now)};
			});
			return;
		}
		const servers = nodes
			.all(store)
			.filter(node => node.metadata.labels?.['node-role.kubernetes.io/control-plane'] !== undefined);
		const next = servers.find(node => isReady(node) && !silent.has(node.metadata.name))?.metadata.name;
		if (next === undefined || now - instantOf(renewTime) < leaseDurationSeconds * 1000) return;
		const taken = {
			holderIdentity: next,
			acquireTime: microStamp(now),
			renewTime: microStamp(now),
			leaseTransitions: leaseTransitions + 1,
		};
		leases.change(store, lease, draft => {
			draft.spec = {...draft.spec, ...taken};
		});
	},
};

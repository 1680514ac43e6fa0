import type {Stage} from '../model.ts';
import {type LeaseObject, leases} from '../objects/lease.ts';
import {isReady, nodes} from '../objects/node.ts';
import {instantOf, microStamp} from '../objects/time.ts';
import type {Player} from './player.ts';

/**
 * Leader elections in kube-system (kube-vip's address, the control plane's own): the holder renews; when its node falls
 * silent, another control-plane node takes over. Holders are named by their node, or `node_uid`.
 */
export const elections: Player = {
	name: 'leader elections',
	every: 5,
	act: (stage, now) => {
		for (const lease of leases.all(stage.store, 'kube-system'))
			if (lease.spec?.leaseTransitions !== undefined) elect(stage, lease, now);
	},
};

function elect(stage: Stage, lease: LeaseObject, now: number): void {
	const {holderIdentity = '', leaseDurationSeconds = 15, renewTime, leaseTransitions = 0} = lease.spec ?? {};
	// While the past is played again, what is there is newer.
	if (instantOf(renewTime) > now) return;
	const [node = '', ending] = holderIdentity.split('_');
	if (!stage.silent.has(node)) {
		write(stage, lease, {renewTime: microStamp(now)});
		return;
	}
	const next = candidate(stage);
	if (next === undefined || now - instantOf(renewTime) < leaseDurationSeconds * 1000) return;
	const holder = ending === undefined ? next : `${next}_${ending}`;
	const times = {acquireTime: microStamp(now), renewTime: microStamp(now)};
	write(stage, lease, {holderIdentity: holder, leaseTransitions: leaseTransitions + 1, ...times});
}

function write({store}: Stage, lease: LeaseObject, change: NonNullable<LeaseObject['spec']>): void {
	leases.change(store, lease, draft => {
		draft.spec = {...draft.spec, ...change};
	});
}

function candidate({store, silent}: Stage): string | undefined {
	return nodes
		.all(store)
		.filter(({metadata}) => metadata.labels?.['node-role.kubernetes.io/control-plane'] !== undefined)
		.find(node => isReady(node) && !silent.has(node.metadata.name))?.metadata.name;
}

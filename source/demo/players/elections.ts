import type {Stage} from '../model.ts';
import {type LeaseObject, leases} from '../objects/lease.ts';
import {conditionOf, isReady, nodes} from '../objects/node.ts';
import {pods} from '../objects/pod.ts';
import {instantOf, microStamp} from '../objects/time.ts';
import type {Player} from './player.ts';

/**
 * Leader elections in kube-system (kube-vip's addresses, the control plane's own, Cilium's operator): the holder renews; when
 * its node falls silent, another one takes over. Holders are named by their node, alone or with an ending.
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
	const node = nodeOf(stage, holderIdentity);
	if (!stage.silent.has(node)) {
		write(stage, lease, {renewTime: microStamp(now)});
		return;
	}
	const next = lease.metadata.name.startsWith('cilium-operator') ? operator(stage) : controlPlane(stage);
	if (next === undefined || now - instantOf(renewTime) < leaseDurationSeconds * 1000) return;
	const holder = `${next}${holderIdentity.slice(node.length)}`;
	const times = {acquireTime: microStamp(now), renewTime: microStamp(now)};
	write(stage, lease, {holderIdentity: holder, leaseTransitions: leaseTransitions + 1, ...times});
}

/** The node in a holder's name: `nuc-1`, `nuc-1_fd0c…`, `nuc-1-x8skd7`. */
function nodeOf({store}: Stage, identity: string): string {
	const names = nodes.all(store).map(({metadata}) => metadata.name);
	return names.find(name => identity === name || ['_', '-'].some(mark => identity.startsWith(`${name}${mark}`))) ?? identity;
}

function write({store}: Stage, lease: LeaseObject, change: NonNullable<LeaseObject['spec']>): void {
	leases.change(store, lease, draft => {
		draft.spec = {...draft.spec, ...change};
	});
}

function controlPlane({store, silent}: Stage): string | undefined {
	return nodes
		.all(store)
		.filter(({metadata}) => metadata.labels?.['node-role.kubernetes.io/control-plane'] !== undefined)
		.find(node => isReady(node) && !silent.has(node.metadata.name))?.metadata.name;
}

function operator({store, silent}: Stage): string | undefined {
	return pods
		.all(store, 'kube-system')
		.filter(({metadata}) => metadata.labels?.['io.cilium/app'] === 'operator')
		.find(pod => conditionOf(pod, 'Ready')?.status === 'True' && !silent.has(pod.spec.nodeName ?? ''))?.spec.nodeName;
}

import type {Stage} from '../model.ts';
import {type LeaseObject, leases} from '../objects/lease.ts';
import {conditionOf, isReady, nodes} from '../objects/node.ts';
import {pods} from '../objects/pod.ts';
import {instantOf, microStamp} from '../objects/time.ts';
import {ailmentOf} from './ailments.ts';
import type {Player} from './player.ts';

/**
 * Leader elections in kube-system (kube-vip's addresses, the control plane's own, Cilium's operator): the holder renews; when
 * its node falls silent, or its kube-vip hangs, another one takes over. Holders are named by their node, alone or with an ending.
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
	const byVip = lease.metadata.name.startsWith('plndr-');
	if (!stage.silent.has(node) && !(byVip && isHung(stage, node, now))) {
		write(stage, lease, {renewTime: microStamp(now)});
		return;
	}
	const isOut = (each: string) => stage.silent.has(each) || (byVip && isHung(stage, each, now));
	const next = lease.metadata.name.startsWith('cilium-operator') ? operator(stage) : controlPlane(stage, isOut);
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

/** Whether the kube-vip of a node does nothing, or is not there. */
function isHung(stage: Stage, node: string, now: number): boolean {
	const [own] = pods
		.all(stage.store, 'kube-system')
		.filter(({metadata, spec}) => spec.nodeName === node && metadata.labels?.['app.kubernetes.io/name'] === 'kube-vip');
	return own === undefined || conditionOf(own, 'Ready')?.status !== 'True' || ailmentOf(stage, 'hung', own, now) !== undefined;
}

function controlPlane({store}: Stage, isOut: (node: string) => boolean): string | undefined {
	return nodes
		.all(store)
		.filter(({metadata}) => metadata.labels?.['node-role.kubernetes.io/control-plane'] !== undefined)
		.find(node => isReady(node) && !isOut(node.metadata.name))?.metadata.name;
}

function operator({store, silent}: Stage): string | undefined {
	return pods
		.all(store, 'kube-system')
		.filter(({metadata}) => metadata.labels?.['io.cilium/app'] === 'operator')
		.find(pod => conditionOf(pod, 'Ready')?.status === 'True' && !silent.has(pod.spec.nodeName ?? ''))?.spec.nodeName;
}

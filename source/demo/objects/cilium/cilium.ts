import type {ResourceType} from '../../model.ts';
import {type About, object} from '../object.ts';

/** An object of Cilium's, in its storage version. */
export function ciliumObject<Body extends Readonly<Record<string, unknown>>>(kind: string, about: About, body: Body) {
	return object('cilium.io/v2', kind, {generation: 1, ...about}, body);
}

function crd(plural: string, kind: string, shortNames: readonly string[], status = true): ResourceType {
	return {
		group: 'cilium.io',
		versions: ['v2', 'v2alpha1'],
		plural,
		kind,
		singular: kind.toLowerCase(),
		shortNames,
		namespaced: false,
		status,
		custom: true,
	};
}

/** What Cilium's definitions serve for BGP: v2 is stored, v2alpha1 still served (1.18 to 1.20). */
export const ciliumResources: readonly ResourceType[] = [
	crd('ciliumbgpclusterconfigs', 'CiliumBGPClusterConfig', ['cbgpcluster']),
	crd('ciliumbgppeerconfigs', 'CiliumBGPPeerConfig', ['cbgppeer']),
	crd('ciliumbgpadvertisements', 'CiliumBGPAdvertisement', ['cbgpadvert'], false),
	crd('ciliumbgpnodeconfigs', 'CiliumBGPNodeConfig', ['cbgpnode']),
	crd('ciliumbgpnodeconfigoverrides', 'CiliumBGPNodeConfigOverride', ['cbgpnodeoverride'], false),
	crd('ciliumloadbalancerippools', 'CiliumLoadBalancerIPPool', ['ippools', 'ippool', 'lbippool', 'lbippools']),
];

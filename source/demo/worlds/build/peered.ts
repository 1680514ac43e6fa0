import type {KubeObject} from '../../model.ts';
import {ciliumWrites, establishedPeer, nodeConfig} from '../../objects/cilium/node-config.ts';
import {type BgpRow, type ClusterConfigObject, peering} from '../../objects/cilium/peering.ts';
import {addressPool} from '../../objects/cilium/pool.ts';
import {conditionOf, type NodeObject} from '../../objects/node.ts';
import {day, instantOf} from '../../objects/time.ts';

export type Bgp = {
	readonly peering: Omit<BgpRow, 'createdAt'>;
	readonly pool: {readonly start: string; readonly stop: string};
	/** Days since it was set up. */
	readonly age: number;
	readonly received: number;
	readonly advertised: number;
};

/** Cilium's BGP control plane with a session from every selected node, up for some time. */
export function peered(
	{peering: given, pool, age, received, advertised}: Bgp,
	nodes: readonly NodeObject[],
	now: number,
	random: () => number,
): readonly KubeObject[] {
	const row = {...given, createdAt: now - age * day};
	const [config, ...others] = peering(row);
	if (!config) return [];
	const selected = nodes.filter(node =>
		Object.entries(row.nodeSelector).every(([key, value]) => node.metadata.labels?.[key] === value),
	);
	const agents = selected.map(node => {
		const made = nodeConfig(config as ClusterConfigObject, node, row.createdAt);
		const bootedAt = instantOf(conditionOf(node, 'Ready')?.lastTransitionTime);
		const since = bootedAt + Math.floor((now - bootedAt) * 0.6 * random());
		const peers = row.peers.map(peer => establishedPeer(peer, row.holdSeconds, since, {received, advertised}));
		made.status = {bgpInstances: [{name: `instance-${row.localAsn}`, localASN: row.localAsn, peers}], conditions: []};
		ciliumWrites(made, now - 20_000);
		return made;
	});
	return [config, ...others, addressPool(row.name, pool, row.createdAt), ...agents];
}

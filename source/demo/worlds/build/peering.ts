import type {KubeObject} from '../../model.ts';
import {addressPool, type BgpRow, type ClusterConfigObject, establishedPeer, nodeConfig, peering} from '../../objects/cilium.ts';
import type {NodeObject} from '../../objects/node.ts';

export type Bgp = {
	readonly row: BgpRow;
	readonly pool: {readonly start: string; readonly stop: string};
	readonly received: number;
	readonly advertised: number;
};

/** Cilium's BGP control plane with a session from every selected node; up since the node booted. */
export function peered(
	{row, pool, received, advertised}: Bgp,
	nodes: readonly NodeObject[],
	now: number,
	random: () => number,
): readonly KubeObject[] {
	const [config, ...others] = peering(row);
	if (!config) return [];
	const selected = nodes.filter(node =>
		Object.entries(row.nodeSelector).every(([key, value]) => node.metadata.labels?.[key] === value),
	);
	const agents = selected.map(node => {
		const made = nodeConfig(config as ClusterConfigObject, node, row.createdAt);
		const since = now - Math.floor((8 + 20 * random()) * 86_400_000);
		const peers = row.peers.map(peer => establishedPeer(peer, row.holdSeconds, since, {received, advertised}));
		made.status = {bgpInstances: [{name: `instance-${row.localAsn}`, localASN: row.localAsn, peers}], conditions: []};
		return made;
	});
	return [config, ...others, addressPool(row.name, pool, row.createdAt), ...agents];
}

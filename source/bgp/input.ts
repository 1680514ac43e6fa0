import type {Reading} from '../vocabulary.ts';
import type {Controllers} from '../workloads/controllers.ts';
import type {EndpointsRecord} from '../workloads/endpoints.ts';
import type {AddressPoolRecord, BgpAdvertisementRecord, BgpClusterRecord, BgpNodeRecord, BgpPeerConfigRecord} from './cilium.ts';
import type {BalancerRecord} from './services.ts';
import type {NodeStanding} from './session.ts';

/** What sessions and addresses are told from. */
export type BgpInput = {
	readonly nodeConfigs: Reading<BgpNodeRecord>;
	readonly clusterConfigs: Reading<BgpClusterRecord>;
	readonly peerConfigs: Reading<BgpPeerConfigRecord>;
	readonly advertisements: Reading<BgpAdvertisementRecord>;
	readonly pools: Reading<AddressPoolRecord>;
	readonly services: Reading<BalancerRecord>;
	/** Who answers for services. */
	readonly endpoints: Reading<EndpointsRecord>;
	/** The Cilium agents, each of which writes the status of its own node, and the operator, which writes that of the rest. */
	readonly controllers: Controllers;
	/** Nodes by name; empty while they are not known. */
	readonly nodes: ReadonlyMap<string, NodeStanding>;
	/** Sessions that an earlier run saw: `nuc-2/10.0.0.1`. */
	readonly peersBefore?: ReadonlySet<string> | undefined;
	/** When an earlier run saw sessions reset, by their key, epoch ms. */
	readonly resetsBefore?: ReadonlyMap<string, readonly number[]> | undefined;
	/** Epoch ms on the server's clock. */
	readonly now: number;
};

/** The sources among them, the weightiest first. */
export const sources = [
	'nodeConfigs',
	'clusterConfigs',
	'peerConfigs',
	'advertisements',
	'pools',
	'services',
	'endpoints',
] as const;
export type SourceName = (typeof sources)[number];

import {selects} from '../cluster/selector.ts';
import type {Reading} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import type {BgpAdvertisementRecord, BgpPeerConfigRecord, PeerRecord} from './cilium.ts';
import type {BalancerRecord} from './services.ts';

/** Where the way from a service to a peer is looked up. */
export type RouteSources = {
	readonly peerConfigs: Reading<BgpPeerConfigRecord>;
	readonly advertisements: Reading<BgpAdvertisementRecord>;
	readonly services: Reading<BalancerRecord>;
};

/** Services whose address every node carries: a `Local` one is carried only where it has an endpoint, which is not seen here. */
const isCarriedByAll = ({addresses, isLocal}: BalancerRecord) => addresses.length > 0 && !isLocal;

function hasSomething({always, services}: BgpAdvertisementRecord, balancers: readonly BalancerRecord[]): boolean {
	return always || services.some(selector => balancers.some(({labels}) => selects(selector, labels)));
}

/**
 * Whether a peer should be told any route: its configuration's families select an advertisement, which selects a service with
 * an address. Undefined where a link of that chain cannot be read.
 */
export function hasRoutesFor({peerConfigs, advertisements, services}: RouteSources): (peer: PeerRecord) => boolean | undefined {
	if (![peerConfigs, advertisements, services].every(({state}) => isKnown(state))) return () => undefined;
	const balancers = [...services.records.values()].filter(isCarriedByAll);
	const useful = [...advertisements.records.values()].filter(advertisement => hasSomething(advertisement, balancers));
	return ({config}) => {
		const selectors = peerConfigs.records.get(config)?.advertisements;
		return selectors?.some(selector => useful.some(({labels}) => selects(selector, labels)));
	};
}

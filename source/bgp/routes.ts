import {type Labels, type Selector, selects} from '../cluster/selector.ts';
import type {RawName, Reading} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import type {BgpAdvertisementRecord, BgpPeerConfigRecord, PeerRecord} from './cilium.ts';
import type {AnsweringServices} from './endpoints.ts';
import type {BalancerRecord} from './services.ts';

/** Where the way from a service to a peer is looked up. */
export type RouteSources = {
	readonly peerConfigs: Reading<BgpPeerConfigRecord>;
	readonly advertisements: Reading<BgpAdvertisementRecord>;
	readonly services: Reading<BalancerRecord>;
};

/** The way out of a service by its configuration. */
export type Route = {
	/** Advertisements that select it. */
	readonly advertisements: readonly BgpAdvertisementRecord[];
	/** Names of the peer configs that send one of them, in order. */
	readonly senders: readonly RawName[];
	/** Every advertisement that could select it says in words that it shall not. */
	readonly keptOut: boolean;
};

const isNegative = (operator: string) => operator === 'NotIn' || operator === 'DoesNotExist';

/** Whether only a `NotIn` or a `DoesNotExist` stands between a selector and these labels: somebody meant it so. */
function keepsOut({labels: wanted, expressions}: Selector, labels: Labels): boolean {
	const [negative, positive] = [true, false].map(is => expressions.filter(({operator}) => isNegative(operator) === is));
	return (
		selects({labels: wanted, expressions: positive ?? []}, labels) && !selects({labels: [], expressions: negative ?? []}, labels)
	);
}

/** The route of a service as its configuration has it; undefined where a link of that chain cannot be read. */
export function routesFrom({
	peerConfigs,
	advertisements,
}: Omit<RouteSources, 'services'>): ((service: BalancerRecord) => Route) | undefined {
	if (!isKnown(peerConfigs.state) || !isKnown(advertisements.state)) return undefined;
	const all = [...advertisements.records.values()];
	const configs = [...peerConfigs.records.values()];
	return ({labels}) => {
		const selecting = all.filter(({services}) => services.some(selector => selects(selector, labels)));
		const sends = ({advertisements: selectors}: BgpPeerConfigRecord) =>
			selectors.some(selector => selecting.some(advertisement => selects(selector, advertisement.labels)));
		return {
			advertisements: selecting,
			senders: configs
				.filter(sends)
				.map(({name}) => name)
				.sort(),
			keptOut: selecting.length === 0 && all.some(({services}) => services.some(selector => keepsOut(selector, labels))),
		};
	};
}

/**
 * Whether a peer should be told any route by a node: its configuration's families select an advertisement, which selects a
 * service with an address, for a `Local` one with an endpoint on the node. Undefined where a link of that chain cannot be read.
 */
export function hasRoutesFor(
	sources: RouteSources,
	answering: AnsweringServices,
): (peer: PeerRecord, node: RawName) => boolean | undefined {
	const {peerConfigs, advertisements, services} = sources;
	const routeOf = routesFrom(sources);
	if (routeOf === undefined || !isKnown(services.state)) return () => undefined;
	const always = [...advertisements.records.values()].filter(advertisement => advertisement.always);
	const everywhere = new Set<RawName>();
	const local = new Map<RawName, Set<RawName>>();
	for (const [key, service] of services.records) {
		if (service.addresses.length === 0) continue;
		const {senders} = routeOf(service);
		for (const sender of senders) {
			if (!service.isLocal) everywhere.add(sender);
			else for (const node of answering.get(key)?.nodes ?? []) local.set(node, (local.get(node) ?? new Set()).add(sender));
		}
	}
	return ({config}, node) => {
		const selectors = peerConfigs.records.get(config)?.advertisements;
		if (selectors === undefined) return undefined;
		if (everywhere.has(config) || local.get(node)?.has(config) === true) return true;
		return selectors.some(selector => always.some(({labels}) => selects(selector, labels)));
	};
}

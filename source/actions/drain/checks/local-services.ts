import {keyOf, own, type RawName, say} from '../../../vocabulary.ts';
import {isKnown, shownName, shownPath} from '../../../words.ts';
import type {Concern} from '../../plan.ts';
import {about} from '../about.ts';
import {advertisers} from '../advertisers.ts';
import type {Check, DrainSight} from '../sight.ts';
import type {AddressRecord} from '../sources/address.ts';

const wayOut = own('run one more of its pods on another node first, or bear it');

/** The nodes on which something answers for each service. */
function answering({endpoints}: DrainSight): ReadonlyMap<string, ReadonlySet<RawName>> {
	const nodes = new Map<string, Set<RawName>>();
	for (const {namespace, service, nodes: of} of endpoints.records.values()) {
		const key = keyOf(namespace, service);
		const known = nodes.get(key) ?? new Set();
		for (const node of of) known.add(node);
		nodes.set(key, known);
	}
	return nodes;
}

function concernOf(service: AddressRecord, on: ReadonlySet<RawName>, sight: DrainSight): readonly Concern[] {
	const {name} = sight.node;
	if (!on.has(name)) return [];
	const node = shownName(sight.node);
	const [address = own('its address')] = service.addresses;
	const concern = {check: 'local-services', weight: 'hurts', about: about('services', service), wayOut} as const;
	const which = say`${shownPath(service)} (externalTrafficPolicy Local)`;
	if (on.size === 1)
		return [
			{...concern, text: say`${which} has all its endpoints on ${node}: ${address} does not answer until one is ready elsewhere`},
		];
	const carriers = advertisers(sight);
	const others = [...on].filter(each => each !== name && carriers.has(each));
	if (!carriers.has(name) || others.length > 0) return [];
	return [
		{
			...concern,
			text: say`${which} has endpoints elsewhere too, but only ${node} of their nodes has a BGP session: ${address} is advertised no more`,
		},
	];
}

/** Services that only nodes with an endpoint carry, and that have none of these left without this one. */
export const localServices: Check = sight => {
	if (!isKnown(sight.endpoints.state)) return [];
	const on = answering(sight);
	return [...sight.services.records.values()]
		.filter(({isLocal}) => isLocal)
		.flatMap(service => concernOf(service, on.get(keyOf(service.namespace, service.name)) ?? new Set(), sight));
};

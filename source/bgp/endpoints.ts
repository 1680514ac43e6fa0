import {sameList} from '../reuse.ts';
import {keyOf, type RawName, type Reading} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import type {EndpointsRecord} from '../workloads/endpoints.ts';
import type {BalancerRecord} from './services.ts';

/** Who answers for a service: how many endpoints are ready, and on which nodes. */
export type Answering = {readonly ready: number; readonly nodes: readonly RawName[]};

/** By the service's `namespace/name`; a service that is not among them is one whose endpoints are not seen. */
export type AnsweringServices = ReadonlyMap<string, Answering>;

const nobody: Answering = {ready: 0, nodes: []};

/** A service may have several slices; two address families list the same endpoints twice. */
function withSlice(sum: Answering, {ready, nodes}: EndpointsRecord): Answering {
	return {ready: Math.max(sum.ready, ready), nodes: [...new Set([...sum.nodes, ...nodes])].sort()};
}

function keep(before: Answering | undefined, after: Answering): Answering {
	if (before === undefined || before.ready !== after.ready) return after;
	return sameList(before.nodes, after.nodes) === before.nodes ? before : after;
}

const none: AnsweringServices = new Map();

type Told = {readonly services: Reading<BalancerRecord>; readonly answering: AnsweringServices};
const told = new WeakMap<Reading<EndpointsRecord>, Told>();

/** Who answers for each of the services; the map from before where nobody came or went. */
export function answeringFor(
	services: Reading<BalancerRecord>,
	endpoints: Reading<EndpointsRecord>,
	before: AnsweringServices = none,
): AnsweringServices {
	if (!isKnown(endpoints.state)) return none;
	const known = told.get(endpoints);
	if (known?.services === services) return known.answering;
	const answering = tellAnswering(services.records, endpoints, before);
	told.set(endpoints, {services, answering});
	return answering;
}

function tellAnswering(
	services: ReadonlyMap<string, BalancerRecord>,
	{records, limitedTo}: Reading<EndpointsRecord>,
	before: AnsweringServices,
): AnsweringServices {
	const isSeen = ({namespace}: BalancerRecord) => limitedTo === undefined || limitedTo.namespace === (namespace as string);
	const sums = new Map([...services].filter(([, service]) => isSeen(service)).map(([key]) => [key, nobody]));
	for (const slice of records.values()) {
		if (slice.service === '') continue;
		const key = keyOf(slice.namespace, slice.service);
		const sum = sums.get(key);
		if (sum !== undefined) sums.set(key, withSlice(sum, slice));
	}
	for (const [key, answering] of sums) sums.set(key, keep(before.get(key), answering));
	const isSame = sums.size === before.size && [...sums].every(([key, answering]) => before.get(key) === answering);
	return isSame ? before : sums;
}

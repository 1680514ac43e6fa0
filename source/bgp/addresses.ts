import {stillTrue} from '../reuse.ts';
import {momentOf} from '../together.ts';
import {type PendingAddress, type PoolFact, pendingAddress, poolFact, serves, waitsSince} from './address.ts';
import {type Carriage, carriage} from './carriage.ts';
import type {AnsweringServices} from './endpoints.ts';
import type {BgpInput} from './input.ts';
import {routesFrom} from './routes.ts';
import type {Selection} from './selection.ts';
import type {BalancerRecord} from './services.ts';
import type {SessionFact} from './session.ts';
import {type Ways, waysOver} from './way.ts';

/** Services without an address. */
export function tellPending(input: BgpInput, before: readonly PendingAddress[] | undefined): readonly PendingAddress[] {
	const {services} = input;
	const now = momentOf(services.state, input.now);
	const known = new Map(before?.map(fact => [fact.key, fact]));
	const all = [...input.pools.records.values()];
	return [...services.records]
		.filter(([, {addresses}]) => addresses.length === 0)
		.map(([key, service]) => {
			const pools = all.filter(pool => serves(pool, service));
			const from = [service, ...pools];
			return stillTrue(known.get(`service/${key}`), from, now) ?? pendingAddress(key, service, pools, from, now);
		});
}

/** Cilium's BGP carries what its own pools gave, unless another way of announcing it was asked for. */
const isByCilium = ({fromPool, balancerClass}: BalancerRecord) =>
	fromPool
		? balancerClass === '' || balancerClass === 'io.cilium/bgp-control-plane'
		: balancerClass === 'io.cilium/bgp-control-plane';

type Carried = {readonly carriages: readonly Carriage[]; readonly ways: Ways};
type Known = {
	readonly sessions: readonly SessionFact[];
	readonly answering: AnsweringServices;
	readonly selection: Selection;
};

/** How every address is carried that Cilium gave; nothing where nobody is told to peer. */
export function tellCarriages(input: BgpInput, {sessions, answering, selection}: Known, before: Carried | undefined): Carried {
	const {clusterConfigs, nodeConfigs, services, now} = input;
	const {outside, oddOnes} = selection;
	const ways = waysOver(sessions, before?.ways);
	if (clusterConfigs.records.size + nodeConfigs.records.size === 0) return {carriages: [], ways: ways.all};
	const known = new Map(before?.carriages.map(fact => [fact.key, fact]));
	const routeOf = routesFrom(input);
	const carriages = [...services.records]
		.filter(([, service]) => service.addresses.length > 0 && isByCilium(service))
		.map(([key, service]) => {
			const route = routeOf?.(service);
			const way = ways.over(route?.senders ?? []);
			const parts = {service, answering: answering.get(key), route, way, outside, oddOnes};
			const names = route && [route.keptOut, ...route.advertisements.map(({name}) => name)].join();
			const from = [service, parts.answering, way, names, route?.senders.join(), outside.join(), oddOnes.join()];
			return stillTrue(known.get(`service/${key}`), from, now) ?? carriage(key, parts, from, now);
		});
	return {carriages, ways: ways.all};
}

/** The pools, and who waits for them. */
export function tellPools(
	{pools, now}: BgpInput,
	pending: readonly PendingAddress[],
	before: readonly PoolFact[] | undefined,
): readonly PoolFact[] {
	const known = new Map(before?.map(fact => [fact.key, fact]));
	const wanting = pending
		.map(({service}) => service)
		.filter(({reason}) => reason === 'out_of_ips')
		.sort((a, b) => waitsSince(a) - waitsSince(b));
	return [...pools.records].map(([key, pool]) => {
		const waiting = wanting.filter(service => serves(pool, service));
		const from = [pool, ...waiting];
		return stillTrue(known.get(`pool/${key}`), from, now) ?? poolFact(key, pool, waiting, from, now);
	});
}

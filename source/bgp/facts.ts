import {sameList, type Told} from '../reuse.ts';
import {settled, stillSettled} from '../settled.ts';
import type {RawName, Reading, SafeText, SourceState} from '../vocabulary.ts';
import {controllerRunning, stateUnder} from '../workloads/controllers.ts';
import type {PendingAddress, PoolFact} from './address.ts';
import {tellCarriages, tellPending, tellPools} from './addresses.ts';
import type {Carriage} from './carriage.ts';
import {type Complaint, complaintsOf, sameComplaints} from './complaints.ts';
import {type AnsweringServices, answeringFor} from './endpoints.ts';
import {type BgpInput, type SourceName, sources} from './input.ts';
import {type Selection, selectionOf} from './selection.ts';
import type {BalancerRecord} from './services.ts';
import type {SessionFact} from './session.ts';
import {tellSessions} from './sessions.ts';
import {sameWays, type Ways} from './way.ts';

export type BgpFacts = Told & {
	readonly sessions: readonly SessionFact[];
	/** Services without an address. */
	readonly pending: readonly PendingAddress[];
	/** Services whose address Cilium gave, and how each is carried; none where nobody is told to peer. */
	readonly carriages: readonly Carriage[];
	readonly pools: readonly PoolFact[];
	readonly complaints: readonly Complaint[];
	/** Nodes that no cluster config selects, and that were not seen to peer. By name. */
	readonly outside: readonly RawName[];
	/** What a node must have to be selected: `bgp=peer`. */
	readonly wants: SafeText;
	readonly states: Readonly<Record<SourceName, SourceState>>;
	/** False while Cilium's operator has no ready pod: conditions and pools are as it left them. */
	readonly operatorRuns: boolean;
	readonly limitedTo: Reading<BalancerRecord>['limitedTo'];
	/** The earliest moment at which something here changes without an event, epoch ms. */
	readonly changesAt: number;
	/** Kept for the next telling. */
	readonly answering: AnsweringServices;
	readonly ways: Ways;
};

function outsideOf({outside}: Selection, sessions: readonly SessionFact[]): readonly RawName[] {
	const peering = new Set(sessions.map(({node}) => node));
	return outside.filter(node => !peering.has(node));
}

/** What only Cilium's operator writes: without it, it looks fine for ever. */
const isByOperator = (source: SourceName) => source === 'pools';

function statesOf(input: BgpInput): BgpFacts['states'] {
	const told = (source: SourceName): SourceState =>
		isByOperator(source) ? stateUnder(input[source].state, input.controllers, 'cilium-operator') : input[source].state;
	return Object.fromEntries(sources.map(source => [source, told(source)])) as BgpFacts['states'];
}

/** What is known of the sessions and addresses. Give it its last answer: what is still true stays the same object. */
export function bgpFacts(input: BgpInput, previous?: BgpFacts): BgpFacts {
	const {now, nodes, controllers, endpoints, peersBefore} = input;
	const answering = answeringFor(input.services, endpoints, previous?.answering);
	// Endpoints come and go all the time: only those of services with an address from outside are news.
	const readings = sources.map(source => (source === 'endpoints' ? endpoints.state : input[source]));
	const from = [...readings, answering, controllers, nodes, peersBefore];
	const before = stillSettled(previous, from, now);
	if (before !== undefined) return before;
	const selection = selectionOf(input);
	const sessions = sameList(previous?.sessions, tellSessions(input, answering, previous?.sessions));
	const {carriages, ways} = tellCarriages(input, {sessions, answering, selection}, previous);
	const pending = sameList(previous?.pending, tellPending(input, previous?.pending));
	const pools = sameList(previous?.pools, tellPools(input, pending, previous?.pools));
	const changesAt = [...sessions, ...pending].reduce(
		(at, {turnsAt}) => (turnsAt > now ? Math.min(at, turnsAt) : at),
		Number.POSITIVE_INFINITY,
	);
	return settled(previous, {
		sessions,
		pending,
		carriages: sameList(previous?.carriages, carriages),
		pools,
		outside: sameList(previous?.outside, outsideOf(selection, sessions)),
		wants: selection.wants,
		complaints: sameComplaints(previous?.complaints, complaintsOf(input)),
		states: statesOf(input),
		operatorRuns: controllerRunning(controllers, 'cilium-operator') !== false,
		limitedTo: input.services.limitedTo,
		changesAt,
		answering,
		ways: sameWays(previous?.ways, ways),
		from,
		asOf: now,
		turnsAt: changesAt,
	});
}

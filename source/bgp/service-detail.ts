import {type Detail, type DetailLine, own, type Reading, say} from '../vocabulary.ts';
import {age, join, shownName, shownPath} from '../words.ts';
import type {EventRecord} from '../workloads/event.ts';
import type {PendingAddress, PoolFact} from './address.ts';
import type {Carriage} from './carriage.ts';
import {firstOf, line, listed, written} from './detail-lines.ts';
import type {BgpFacts} from './facts.ts';
import type {BalancerRecord} from './services.ts';

/** What a detail tells beside what the pane knows. */
export type Aside = {
	/** Warnings about anything: those about the service are told. */
	readonly warnings?: Reading<EventRecord>;
};

const mostEvents = 10;

/** What was noted of a service, the newest first. */
function recentEvents({namespace, name}: BalancerRecord, warnings: Aside['warnings'], now: number): readonly DetailLine[] {
	return [...(warnings?.records.values() ?? [])]
		.filter(({kind, about}) => kind === 'Service' && about.namespace === namespace && about.name === name)
		.sort((a, b) => b.lastAt - a.lastAt)
		.slice(0, mostEvents)
		.map(({lastAt, reason, message}) => ({
			label: `${age(lastAt, now)} ago`,
			value: join([reason, message], ': '),
			health: 'warn' as const,
		}));
}

/** A service with an address: how it gets out, link by link. */
export function carriageDetail(fact: Carriage, {wants}: BgpFacts, {warnings}: Aside, now: number): Detail {
	const {service, health, word, broken, answering, route, way, passedOver} = fact;
	return {
		title: say`service ${shownPath(service)}`,
		sections: written([
			{
				title: 'State',
				lines: [
					{label: 'carried', value: word, health},
					...line('broken link', broken),
					...line('address', join(service.addresses)),
					...line('traffic policy', own(service.isLocal ? 'Local' : 'Cluster')),
					...line('class', service.balancerClass),
					...line('endpoints', answering && say`${answering.ready} ready on ${listed(answering.nodes) || own('no node')}`),
				],
			},
			{
				title: 'Way out',
				lines: [
					...line('advertisement', route && (join(route.advertisements.map(shownName)) || own('none selects it'))),
					...line('peer config', route && (listed(route.senders) || own('none sends it'))),
					...line('peers', join(way.peers)),
					...line('advertised by', listed(way.by)),
					...firstOf(
						way.lacking.map(({node, peer, word: how}) => ({
							label: 'not by',
							value: say`${shownName({name: node})} → ${peer}: ${how}`,
							health: 'warn',
						})),
					),
					...line('not selected', passedOver.length === 0 ? undefined : say`${listed(passedOver)}: nodeSelector wants ${wants}`),
				],
			},
			{title: 'Events', lines: recentEvents(service, warnings, now)},
		]),
	};
}

/** A service without an address: why, and what is left of the pools. */
export function pendingDetail(
	{service, health, why, since}: PendingAddress,
	pools: readonly PoolFact[],
	{warnings}: Aside,
	now: number,
): Detail {
	return {
		title: say`service ${shownPath(service)}`,
		sections: written([
			{
				title: 'State',
				lines: [
					{label: 'address', value: say`pending ${age(since, now)}`, health},
					...line('why', why),
					...line('said', service.message),
					...line('class', service.balancerClass),
					...line('traffic policy', own(service.isLocal ? 'Local' : 'Cluster')),
				],
			},
			{title: 'Pools', lines: pools.map(({pool, word, health: how}) => ({label: shownName(pool), value: word, health: how}))},
			{title: 'Events', lines: recentEvents(service, warnings, now)},
		]),
	};
}

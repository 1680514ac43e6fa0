import {own, type SafeText, say} from '../../../vocabulary.ts';
import {shownName, shownPath} from '../../../words.ts';
import {listed} from '../../listed.ts';
import type {Concern} from '../../plan.ts';
import {about, aboutNode} from '../about.ts';
import type {Check, DrainSight} from '../sight.ts';
import {type ElectionRecord, isHeld} from '../sources/election.ts';

const check = 'vip';

const shared: ReadonlyMap<string, string> = new Map([
	['plndr-cp-lock', "the API server's address"],
	['plndr-svcs-lock', "services' addresses"],
]);

/** kube-vip and Cilium run on every node and are not drained: an address goes when the node does. */
const moves = own('a drain does not move it, a reboot does');
const wayOut = own('expect connections to it to break once when the node goes down');

function elected({elections, node, now}: DrainSight): readonly Concern[] {
	const held = [...elections.records.values()].filter(each => each.holder === node.name && isHeld(each, now));
	const whose = (what: string, lease: ElectionRecord): Concern => ({
		check,
		weight: 'tells',
		about: about('leases.coordination.k8s.io', lease),
		text: say`${shownName(node)} answers for ${own(what)} (kube-vip, ${shownName(lease)}): ${moves}`,
		wayOut,
	});
	return held.flatMap(lease => {
		const what = shared.get(lease.name);
		return what === undefined ? [] : [whose(what, lease)];
	});
}

/** `cilium-l2announce-namespace-service`: which of its dashes is the one between nobody can tell. */
const announced = 'cilium-l2announce-';

function addressed({elections, services, node, now}: DrainSight): readonly Concern[] {
	const announces = new Set(
		[...elections.records.values()]
			.filter(each => each.holder === node.name && each.name.startsWith(announced) && isHeld(each, now))
			.map(({name}) => name.slice(announced.length)),
	);
	const here = [...services.records.values()].filter(
		service => service.host === node.name || announces.has(`${service.namespace}-${service.name}`),
	);
	if (here.length === 0) return [];
	const names: readonly SafeText[] = here.map(service => say`${shownPath(service)} ${service.addresses[0] ?? own('')}`);
	const text = say`${shownName(node)} answers for the address of ${listed(names)}: ${moves}`;
	return [{check, weight: 'tells', about: aboutNode(node), text, wayOut}];
}

/** Addresses that the node answers for. */
export const vip: Check = sight => [...elected(sight), ...addressed(sight)];

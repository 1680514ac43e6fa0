import {own, say} from '../../../vocabulary.ts';
import {count, shownName} from '../../../words.ts';
import {aboutNode} from '../about.ts';
import {advertisers} from '../advertisers.ts';
import type {Check} from '../sight.ts';

/** BGP sessions outlive a drain: the agent is of a DaemonSet, and the routes point at the node until it goes down. */
export const bgpSessions: Check = sight => {
	const {node, sessions} = sight;
	const carriers = advertisers(sight);
	if (!carriers.has(node.name)) return [];
	const up = sessions.records.get(node.name)?.peers.filter(({state}) => state === 'established') ?? [];
	const isOnly = carriers.size === 1;
	const shown = shownName(node);
	const stays = say`${count(up.length, 'BGP session')} of ${shown} ${own(up.length === 1 ? 'stays' : 'stay')} up: neither cordon nor drain withdraws a route`;
	return [
		{
			check: 'bgp-sessions',
			weight: isOnly ? 'hurts' : 'tells',
			about: aboutNode(node),
			text: isOnly ? say`${stays}, and no other node has one: once it is down, no address is advertised` : stays,
			wayOut: own(
				'before a reboot, take off the label that its CiliumBGPClusterConfig selects, and wait for the router to drop the routes',
			),
		},
	];
};

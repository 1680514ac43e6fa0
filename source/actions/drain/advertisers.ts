import {isDown} from '../../nodes/liveness.ts';
import {memoised, type RawName} from '../../vocabulary.ts';
import {neighbours} from './neighbours.ts';
import type {DrainSight} from './sight.ts';

/** The nodes with a BGP session that is up, by their agents' last word; a lost node's is not taken. */
export const advertisers = memoised((sight: DrainSight): ReadonlySet<RawName> => {
	const nodes = neighbours(sight);
	const up = [...sight.sessions.records.values()].filter(({name, peers}) => {
		const neighbour = nodes.get(name);
		return neighbour !== undefined && !isDown(neighbour) && peers.some(({state}) => state === 'established');
	});
	return new Set(up.map(({name}) => name));
});

import {own, type Reading, say} from '../../../vocabulary.ts';
import {whyUnread} from '../../../words.ts';
import {listed} from '../../listed.ts';
import type {Check, DrainSight} from '../sight.ts';

/** What each reading is looked at for, in the words of what is not known without it. */
const looked: ReadonlyArray<readonly [what: string, of: (sight: DrainSight) => readonly Reading<unknown>[]]> = [
	['whether other nodes are well, and etcd keeps its quorum', ({nodes}) => [nodes]],
	['how long other nodes were not heard of', ({heartbeats}) => [heartbeats]],
	['whether the node answers for an address', ({elections, services}) => [elections, services]],
	['whether an upgrade works on it', ({plans}) => [plans]],
	['whose data lies on it alone', ({volumes}) => [volumes]],
	['whether a Longhorn volume has its last copy here', s => [s.longhornVolumes, s.replicas, s.engines]],
	["what Longhorn's node-drain-policy is", ({drainPolicy}) => [drainPolicy]],
	['whether a backup or restore runs on it', s => [s.backups, s.restores, ...s.transfers]],
	['whether BGP sessions end here', ({sessions}) => [sessions]],
	['which services have endpoints here alone', ({endpoints}) => [endpoints]],
];

/** What could not be looked at, and the permission that is missing. What is not served is not missed. */
export const unread: Check = sight =>
	looked.flatMap(([what, of]) => {
		const states = of(sight).map(({state}) => state);
		const [why, ...others] = new Set(states.flatMap(state => whyUnread(state) ?? []));
		if (why === undefined) return [];
		// What is not permitted is said once.
		const whys = listed([why, ...others.map(other => own(other.replace(/^not permitted: /, '')))]);
		const isDenied = states.some(({is}) => is === 'denied');
		return [
			{
				check: 'unread',
				weight: 'unknown',
				text: say`${own(what)} is not known: ${whys}`,
				wayOut: own(isDenied ? 'midwatch rbac prints the role that may' : 'look again, or make sure of it yourself'),
			},
		];
	});

import {isServer} from '../../../nodes/etcd.ts';
import {own, type SafeText, say} from '../../../vocabulary.ts';
import {shownName} from '../../../words.ts';
import {listed} from '../../listed.ts';
import type {Concern} from '../../plan.ts';
import {aboutNode} from '../about.ts';
import {awayWords, etcdWithout, type Neighbour, neighbours} from '../neighbours.ts';
import type {Check, DrainNode, DrainSight} from '../sight.ts';

const check = 'etcd-quorum';

/** Nothing takes over from the only one. */
function alone(node: DrainNode, stores: SafeText): readonly Concern[] {
	const text = say`${shownName(node)} is the only control plane (${stores}): while it is down nothing can be changed, nor seen`;
	const wayOut = own('have a snapshot of its datastore elsewhere before it is rebooted');
	return [{check, weight: 'hurts', about: aboutNode(node), text, wayOut}];
}

const isMember = (one: Neighbour): boolean => one.etcd !== undefined || isServer(one);

function wayOut(isAmiss: boolean, away: readonly Neighbour[]): SafeText {
	if (isAmiss) return own('bring those back first');
	if (away.length === 0) return own('add a voter first');
	return away.every(({isBefore}) => isBefore)
		? own('drain them one by one: the next when the one before is back and uncordoned')
		: own('wait until those are back and uncordoned');
}

function quorum(sight: DrainSight): readonly Concern[] {
	const {node, now} = sight;
	const isMe = ({node: {name}}: Neighbour) => name === node.name;
	const whole = etcdWithout(sight, () => false);
	const without = etcdWithout(sight, isMe);
	const left = etcdWithout(sight, one => isMe(one) || one.workedOn !== undefined);
	if (!('voters' in whole && 'voters' in without && 'voters' in left)) return [];
	// It has no vote, or its vote is lost already.
	if (without.healthy === whole.healthy) return [];
	if (whole.voters === 1) return alone(node, own('a single etcd voter'));
	if (left.healthy >= left.needed) return [];
	const failing = new Set(whole.failing.map(one => one.node));
	const away = [...neighbours(sight).values()].filter(
		one => !isMe(one) && isMember(one) && one.workedOn !== undefined && !failing.has(shownName(one.node)),
	);
	const and = away.length === 0 ? own('') : say` and ${listed(away.map(one => awayWords(one, now)))}`;
	const amiss = whole.failing.map(one => say`${one.node} (${one.why})`);
	const already = amiss.length === 0 ? own('') : say`; amiss already: ${listed(amiss)}`;
	const down = own(away.length === 0 ? 'it is down' : 'they are down together');
	const proxy = whole.is === 'by node' ? own(', counted by their nodes, as etcd itself cannot be seen') : own('');
	return [
		{
			check,
			weight: 'overrides',
			about: aboutNode(node),
			text: say`without ${shownName(node)}${and} etcd has ${left.healthy} of ${left.voters} voters and needs ${left.needed}${proxy}: once ${down}, the API takes no writes${already}`,
			wayOut: wayOut(amiss.length > 0, away),
		},
	];
}

/** Whether etcd, or what stands in its place, survives the node. Draining alone stops no etcd; what nodes are drained for does. */
export const etcdQuorum: Check = sight => {
	const {node} = sight;
	const etcd = etcdWithout(sight, () => false);
	if ('voters' in etcd) return quorum(sight);
	const servers = [...neighbours(sight).values()].filter(isServer);
	if (!servers.some(({node: {name}}) => name === node.name)) return [];
	if (servers.length === 1) return alone(node, own(etcd.is === 'kine' ? 'kine, no etcd' : 'its etcd cannot be seen'));
	if (etcd.is === 'kine') return [];
	const text = say`whether etcd keeps its quorum without ${shownName(node)} cannot be seen through Kubernetes here`;
	return [{check, weight: 'unknown', about: aboutNode(node), text, wayOut: own('ask etcd: etcdctl endpoint status --cluster')}];
};

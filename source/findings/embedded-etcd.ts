import type {EmbeddedEtcd} from '../backups/etcd-tier.ts';
import type {NodeFact} from '../nodes/fact.ts';
import {memoised} from '../vocabulary.ts';

type Server = Pick<NodeFact, 'node'>;

const takesSnapshots = ({node}: Server): boolean =>
	node.kubelet.includes('+k3s') && node.roles.some(role => role === 'etcd') && node.snapshots?.areOff !== true;

/** etcd embedded in k3s, whose snapshots are a backup tier; undefined where no server shows it, or all were told to take none. */
export const embeddedEtcd = memoised((nodes: readonly Server[]): EmbeddedEtcd | undefined => {
	const servers = nodes.filter(takesSnapshots);
	if (servers.length === 0) return undefined;
	const cron = servers.map(({node}) => node.snapshots?.cron).find(given => given !== undefined && given !== '');
	return {since: Math.min(...servers.map(({node}) => node.createdAt)), cron};
});

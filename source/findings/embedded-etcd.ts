import type {EmbeddedEtcd} from '../backups/etcd-tier.ts';
import type {NodeFact} from '../nodes/fact.ts';
import {memoised} from '../vocabulary.ts';

const runsEtcdOfK3s = ({node}: NodeFact): boolean => node.kubelet.includes('+k3s') && node.roles.some(role => role === 'etcd');

/** etcd embedded in k3s, whose snapshots are a backup tier; undefined where no server shows it. */
export const embeddedEtcd = memoised((nodes: readonly NodeFact[]): EmbeddedEtcd | undefined => {
	const servers = nodes.filter(runsEtcdOfK3s);
	if (servers.length === 0) return undefined;
	return {since: Math.min(...servers.map(({node}) => node.createdAt)), cron: undefined};
});

import type {Check} from '../sight.ts';
import {bgpSessions} from './bgp-sessions.ts';
import {budgets} from './budgets.ts';
import {cordonOwner} from './cordon-owner.ts';
import {etcdQuorum} from './etcd-quorum.ts';
import {filters} from './filters.ts';
import {fit} from './fit.ts';
import {gpu} from './gpu.ts';
import {hanging} from './hanging.ts';
import {lastCopyHere} from './last-copy.ts';
import {localServices} from './local-services.ts';
import {lock} from './lock.ts';
import {longhornBudget} from './longhorn-budget.ts';
import {lostData} from './lost-data.ts';
import {onlyReplica} from './only-replica.ts';
import {otherNode} from './other-node.ts';
import {pinnedVolumes} from './pinned-volumes.ts';
import {rebuilding} from './rebuilding.ts';
import {silentNode} from './silent-node.ts';
import {transfersHere} from './transfers.ts';
import {unread} from './unread.ts';
import {vip} from './vip.ts';

/** Everything preflight looks at; a file each. What weighs the same is told in this order. */
export const checks: readonly Check[] = [
	filters,
	fit,
	budgets,
	onlyReplica,
	lostData,
	lock,
	silentNode,
	etcdQuorum,
	lastCopyHere,
	rebuilding,
	transfersHere,
	cordonOwner,
	hanging,
	pinnedVolumes,
	gpu,
	localServices,
	otherNode,
	bgpSessions,
	vip,
	longhornBudget,
	unread,
];

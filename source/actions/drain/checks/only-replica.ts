import {own, say} from '../../../vocabulary.ts';
import {shownName} from '../../../words.ts';
import {aboutPods} from '../about.ts';
import {counted} from '../called.ts';
import {isFinished} from '../pod.ts';
import type {Check, DrainSight} from '../sight.ts';

/** Pods of workloads that have all of theirs here, by the workload: `apps/forgejo`, `apps/db (all 3)`. */
function allHere({fates, owners}: DrainSight) {
	const moving = fates.flatMap(({is, pod}) =>
		is !== 'stays' && is !== 'blocked' && !isFinished(pod) && pod.deletingAt === 0 ? [pod] : [],
	);
	const byOwner = Map.groupBy(moving, ({controller}) => controller?.uid ?? '');
	return [...byOwner].flatMap(([uid, pods]) => {
		const owner = owners.get(uid);
		if (owner?.is !== 'there' || !owner.wanted || pods.length < owner.wanted) return [];
		return [{pods, shown: owner.wanted === 1 ? owner.shown : say`${owner.shown} (all ${owner.wanted})`}];
	});
}

/** What is down until its pods run elsewhere, since none of them does now. */
export const onlyReplica: Check = sight => {
	const down = allHere(sight);
	if (down.length === 0) return [];
	const its = own(down.length === 1 ? 'its' : 'their');
	const text = say`down until ${its} pods run elsewhere, for all are on ${shownName(sight.node)}: ${counted(down.map(({shown}) => shown))}`;
	const wayOut = own('run one more of each on another node first');
	return [{check: 'only-replica', weight: 'hurts', ...aboutPods(down.flatMap(({pods}) => pods)), text, wayOut}];
};

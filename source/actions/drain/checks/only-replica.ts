import {own, type SafeText, say} from '../../../vocabulary.ts';
import {join} from '../../../words.ts';
import {isFinished} from '../pod.ts';
import type {Check, DrainSight} from '../sight.ts';

/** Workloads that have all their pods here: `Deployment apps/forgejo`, `StatefulSet apps/db (all 3)`. */
function allHere({fates, owners}: DrainSight): readonly SafeText[] {
	const moving = fates.filter(({is, pod}) => is !== 'stays' && is !== 'blocked' && !isFinished(pod) && pod.deletingAt === 0);
	const byOwner = Map.groupBy(moving, ({pod}) => pod.controller?.uid ?? '');
	return [...byOwner].flatMap(([uid, {length}]) => {
		const owner = owners.get(uid);
		if (owner?.is !== 'there' || !owner.wanted || length < owner.wanted) return [];
		return [owner.wanted === 1 ? owner.shown : say`${owner.shown} (all ${owner.wanted})`];
	});
}

/** What is down until its pods run elsewhere, since none of them does now. */
export const onlyReplica: Check = sight => {
	const down = allHere(sight);
	if (down.length === 0) return [];
	const its = own(down.length === 1 ? 'its' : 'their');
	const text = say`down until ${its} pods run elsewhere, for all are here: ${join(down)}`;
	return [{check: 'only-replica', weight: 'hurts', text, wayOut: own('run one more of each on another node first')}];
};

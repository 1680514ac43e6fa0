import {own, say} from '../../../vocabulary.ts';
import {shownPath} from '../../../words.ts';
import type {Concern} from '../../plan.ts';
import {about} from '../about.ts';
import {isFinished} from '../pod.ts';
import type {Check} from '../sight.ts';

/** Workloads that have all their pods here, and so are down until those run elsewhere. */
export const onlyReplica: Check = ({fates, owners}) => {
	const moving = fates.filter(({is, pod}) => is !== 'stays' && is !== 'blocked' && !isFinished(pod) && pod.deletingAt === 0);
	const byOwner = Map.groupBy(moving, ({pod}) => pod.controller?.uid);
	return [...byOwner].flatMap(([uid, of]): readonly Concern[] => {
		const owner = uid === undefined ? undefined : owners.get(uid);
		const [first] = of;
		if (first === undefined || owner?.is !== 'there' || owner.wanted === undefined) return [];
		if (owner.wanted === 0 || of.length < owner.wanted) return [];
		const which =
			owner.wanted === 1 ? say`its only pod, ${shownPath(first.pod)}, moves` : say`all its ${owner.wanted} pods are here`;
		return [
			{
				check: 'only-replica',
				weight: 'hurts',
				about: about('pods', first.pod),
				text: say`${owner.shown} is down meanwhile: ${which}`,
				wayOut: own('run one more of it elsewhere first'),
			},
		];
	});
};

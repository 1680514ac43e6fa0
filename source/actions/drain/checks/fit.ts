import {safeText} from '../../../cluster/safe-text.ts';
import {own, type RawName, say} from '../../../vocabulary.ts';
import {shownName, shownPath} from '../../../words.ts';
import type {Concern} from '../../plan.ts';
import {about} from '../about.ts';
import type {Check, DrainSight} from '../sight.ts';

/** What lies on this node alone is told by the check of pinned volumes. */
function isToldAsPinned(volume: RawName | undefined, {volumes, node}: DrainSight): boolean {
	const pinnedTo = volume === undefined ? '' : volumes.records.get(volume)?.pinnedTo;
	return pinnedTo === shownName(node) || pinnedTo === safeText(node.labels.get('kubernetes.io/hostname') ?? node.name);
}

/** Pods that will find no place on another node, or of which that cannot be told. */
export const fit: Check = sight =>
	sight.fates.flatMap(({is, pod, next}): readonly Concern[] => {
		if (is === 'stays') return [];
		const concern = {check: 'fit', about: about('pods', pod)};
		if (next.is === 'untold') {
			const text = say`whether ${shownPath(pod)} fits elsewhere cannot be told: ${next.why}`;
			const wayOut = own('look at it once it has left; it may be pending');
			return [{...concern, weight: 'unknown', text, wayOut}];
		}
		if (next.is !== 'pending' || isToldAsPinned(next.volume, sight)) return [];
		const text = say`${shownPath(pod)} will be pending: ${next.why}`;
		const wayOut = say`make room elsewhere first, or wait until ${shownName(sight.node)} is uncordoned`;
		return [{...concern, weight: next.contested ? 'hurts' : 'overrides', text, wayOut}];
	});

import {safeText} from '../../../cluster/safe-text.ts';
import type {PersistentVolumeRecord} from '../../../storage/kubernetes.ts';
import {keyOf, own, say} from '../../../vocabulary.ts';
import {shownName, shownPath} from '../../../words.ts';
import type {Concern} from '../../plan.ts';
import {about} from '../about.ts';
import type {Check, DrainNode, DrainPod} from '../sight.ts';

const hostname = 'kubernetes.io/hostname';

/** Whether a volume can be used on this node alone: by its name, or by the label that volumes name it by. */
export function isPinnedTo({pinnedTo}: PersistentVolumeRecord, node: DrainNode): boolean {
	return pinnedTo === shownName(node) || pinnedTo === safeText(node.labels.get(hostname) ?? node.name);
}

function pinned(pod: DrainPod, volume: PersistentVolumeRecord, node: DrainNode): readonly Concern[] {
	const {claim, pinnedTo, driver} = volume;
	const isHere = isPinnedTo(volume, node);
	const isAnywhere = pinnedTo === '' && driver === 'hostPath';
	if (!isHere && !isAnywhere) return [];
	const [which, where] = [say`claim ${safeText(claim, 317)}`, shownName(node)];
	const concern = {check: 'pinned-volumes', weight: 'hurts', about: about('pods', pod)} as const;
	if (isHere) {
		const text = say`${shownPath(pod)} stays pending until ${where} is uncordoned: ${which} lies on it alone`;
		return [{...concern, text, wayOut: own('uncordon soon, or move the data to another storage class first')}];
	}
	const text = say`${shownPath(pod)} finds other data elsewhere: ${which} is a directory (hostPath) of whichever node it runs on`;
	return [{...concern, text, wayOut: say`pin it, or copy the directory from ${where} first`}];
}

/** Pods whose data lies on this node alone: nothing of Kubernetes' moves it, and nowhere else they can start. */
export const pinnedVolumes: Check = ({fates, volumes, node}) => {
	const byClaim = new Map([...volumes.records.values()].map(volume => [volume.claim, volume]));
	return fates
		.filter(({is, next}) => is !== 'stays' && next.is !== 'gone')
		.flatMap(({pod}) =>
			pod.claims.flatMap(claim => {
				const volume = byClaim.get(keyOf(pod.namespace, claim));
				return volume === undefined ? [] : pinned(pod, volume, node);
			}),
		);
};

import {safeText} from '../../../cluster/safe-text.ts';
import type {PersistentVolumeRecord} from '../../../storage/kubernetes.ts';
import {keyOf, own, type SafeText, say} from '../../../vocabulary.ts';
import {shownName} from '../../../words.ts';
import type {Concern, Weight} from '../../plan.ts';
import {aboutPods} from '../about.ts';
import {called, counted} from '../called.ts';
import type {Owners} from '../owner.ts';
import type {Check, DrainNode, DrainPod, DrainSight} from '../sight.ts';

const hostname = 'kubernetes.io/hostname';

/** Whether a volume can be used on this node alone: by its name, or by the label that volumes name it by. */
export function isPinnedTo({pinnedTo}: PersistentVolumeRecord, node: DrainNode): boolean {
	return pinnedTo === shownName(node) || pinnedTo === safeText(node.labels.get(hostname) ?? node.name);
}

/** A pod, and a volume of it that is another one elsewhere, or none. */
type Bound = {readonly pod: DrainPod; readonly volume: PersistentVolumeRecord};

function boundOf({fates, volumes}: DrainSight): readonly Bound[] {
	const byClaim = new Map([...volumes.records.values()].map(volume => [volume.claim, volume]));
	return fates
		.filter(({is, next}) => is !== 'stays' && next.is !== 'gone')
		.flatMap(({pod}) =>
			pod.claims.flatMap(claim => {
				const volume = byClaim.get(keyOf(pod.namespace, claim));
				return volume === undefined ? [] : [{pod, volume}];
			}),
		);
}

/** `apps/web (claim data)`, the claim by its name in the namespace that it shares with the pod. */
function withClaim({pod, volume: {claim}}: Bound, owners: Owners): SafeText {
	return say`${called(pod, owners)} (claim ${safeText(claim.slice(pod.namespace.length + 1), 253)})`;
}

const isAnywhere = ({volume: {pinnedTo, driver}}: Bound): boolean => pinnedTo === '' && driver === 'hostPath';

/** Pods whose data lies on this node alone: nothing of Kubernetes' moves it, and no other node can take them while it is drained. */
export const pinnedVolumes: Check = sight => {
	const {node, owners} = sight;
	const bound = boundOf(sight);
	const told = (
		weight: Weight,
		some: readonly Bound[],
		text: (pods: SafeText) => SafeText,
		wayOut: SafeText,
	): readonly Concern[] => {
		if (some.length === 0) return [];
		const pods = counted(some.map(one => withClaim(one, owners)));
		return [{check: 'pinned-volumes', weight, ...aboutPods(some.map(({pod}) => pod)), text: text(pods), wayOut}];
	};
	const where = shownName(node);
	return [
		...told(
			'overrides',
			bound.filter(({volume}) => isPinnedTo(volume, node)),
			pods => say`pending until ${where} is uncordoned, as their data lies on it alone: ${pods}`,
			own('uncordon soon, or move the data to another storage class first'),
		),
		...told(
			'hurts',
			bound.filter(isAnywhere),
			pods => say`with other data elsewhere, as theirs is a directory (hostPath) of whichever node they run on: ${pods}`,
			say`pin them, or copy the directories from ${where} first`,
		),
	];
};

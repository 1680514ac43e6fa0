import {own, say} from '../../../vocabulary.ts';
import {count, shownName} from '../../../words.ts';
import type {Concern} from '../../plan.ts';
import {about, aboutNode} from '../about.ts';
import {drainPolicy, type SpreadVolume, spreadName, spreadVolumes} from '../copies.ts';
import type {Check, DrainSight} from '../sight.ts';

const check = 'last-copy';

/** What the budget of Longhorn's instance manager does where a last copy lies on the node (longhorn-manager, types/setting.go). */
const withLastCopy: Readonly<Record<string, string>> = {
	'block-for-eviction': 'Longhorn copies it elsewhere first, and the drain waits for that',
	'block-for-eviction-if-contains-last-replica': 'Longhorn copies it elsewhere first, and the drain waits for that',
	'block-if-contains-last-replica': "the budget of Longhorn's instance manager blocks the drain for as long",
	'allow-if-replica-is-stopped': "the budget of Longhorn's instance manager blocks the drain until the volume is detached",
	'always-allow': 'Longhorn does not stand in the way: the volume goes down with the node',
};

function lastCopy(sight: DrainSight, spread: SpreadVolume): Concern {
	const {volume, copies} = spread;
	const node = shownName(sight.node);
	const policy = drainPolicy(sight);
	const others = copies.length - spread.here.length;
	const why =
		volume.replicas === 1
			? own('it has one by design')
			: others === 0
				? own('no other is placed')
				: own('the others are failed, unfinished or on nodes that are away');
	const does = withLastCopy[policy];
	const then = does === undefined ? own('') : say`; ${own(does)}`;
	return {
		check,
		weight: 'overrides',
		about: about('volumes.longhorn.io', volume),
		text: say`${spreadName(spread)} has its last healthy copy on ${node}: ${why}${then} (node-drain-policy ${policy})`,
		wayOut: say`give it a second copy and wait until it is healthy: kubectl -n ${shownName({name: volume.namespace})} edit volumes.longhorn.io ${shownName(volume)}`,
	};
}

/** All copies leave the node before it is let go; nothing else waits for that. */
function emptied(sight: DrainSight, here: readonly SpreadVolume[]): readonly Concern[] {
	if (drainPolicy(sight) !== 'block-for-eviction' || here.length === 0) return [];
	const text = say`Longhorn moves ${count(here.length, 'copy', 'copies')} off ${shownName(sight.node)} before it lets go (node-drain-policy block-for-eviction): the drain waits`;
	return [{check, weight: 'tells', about: aboutNode(sight.node), text}];
}

/** Volumes that lose their last healthy copy with the node, and what Longhorn's setting makes of that. */
export const lastCopyHere: Check = sight => {
	const here = spreadVolumes(sight).filter(spread => spread.here.length > 0);
	const last = here.filter(({elsewhere}) => elsewhere.length === 0);
	return [
		...last.map(spread => lastCopy(sight, spread)),
		...emptied(
			sight,
			here.filter(spread => !last.includes(spread)),
		),
	];
};

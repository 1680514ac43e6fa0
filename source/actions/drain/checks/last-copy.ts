import {own, type SafeText, say} from '../../../vocabulary.ts';
import {count, shownName} from '../../../words.ts';
import {listed} from '../../listed.ts';
import type {Concern} from '../../plan.ts';
import {about, aboutNode} from '../about.ts';
import {drainPolicy, type SpreadVolume, spreadName, spreadVolumes} from '../copies.ts';
import type {Check, DrainSight} from '../sight.ts';

const check = 'last-copy';

/** What the budget of Longhorn's instance manager does where a last copy lies on the node (longhorn-manager, types/setting.go). */
const withLastCopy: Readonly<Record<string, string>> = {
	'block-for-eviction': 'the drain waits until Longhorn has copied it elsewhere',
	'block-for-eviction-if-contains-last-replica': 'the drain waits until Longhorn has copied it elsewhere',
	'block-if-contains-last-replica': 'the drain is blocked for as long',
	'allow-if-replica-is-stopped': 'the drain is blocked until the volume is detached',
	'always-allow': 'nothing stops the drain, and the volume is down with the node',
};

/** Why there is no other one. */
function whyLast({volume, copies, here}: SpreadVolume): SafeText {
	if (volume.replicas === 1) return own('one by design');
	return own(copies.length === here.length ? 'no other is placed' : 'the others are unfinished, failed or away');
}

/** As many as one looks through at night. */
const mostNamed = 4;

/** Volumes that have their last copy here for the same reason. */
function lastCopies([spread, ...others]: readonly SpreadVolume[], sight: DrainSight): readonly Concern[] {
	if (spread === undefined) return [];
	const volumes = [spread, ...others].map(({volume}) => about('volumes.longhorn.io', volume));
	const policy = drainPolicy(sight);
	const does = withLastCopy[policy];
	const then = does === undefined ? own('') : say`: ${own(does)}`;
	const [copies, are] = others.length === 0 ? ['copy', 'is'] : ['copies', 'are'];
	const names = listed([spread, ...others].map(spreadName), mostNamed);
	return [
		{
			check,
			weight: 'overrides',
			...(others.length === 0 ? {about: about('volumes.longhorn.io', spread.volume)} : {objects: volumes}),
			text: say`the last healthy ${own(copies)} of ${names} ${own(are)} on ${shownName(sight.node)} (${whyLast(spread)}); node-drain-policy ${policy}${then}`,
			wayOut:
				spread.volume.replicas === 1
					? own('raise numberOfReplicas of the volume, and wait until it is healthy')
					: own('wait until Longhorn has rebuilt another copy, or bring back the node of one'),
		},
	];
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
		...[...Map.groupBy(last, whyLast).values()].flatMap(some => lastCopies(some, sight)),
		...emptied(
			sight,
			here.filter(spread => !last.includes(spread)),
		),
	];
};

import type {RawName} from '../../../vocabulary.ts';
import {own, type SafeText, say} from '../../../vocabulary.ts';
import {shownName} from '../../../words.ts';
import type {Concern} from '../../plan.ts';
import {about} from '../about.ts';
import {type SpreadVolume, spreadName, spreadVolumes} from '../copies.ts';
import type {Check, DrainSight} from '../sight.ts';

/** Which part the node has in a rebuild; the engine on it runs the rebuild, wherever the copies lie. */
function partOf({volume, copies, here}: SpreadVolume, node: RawName): SafeText | undefined {
	const rebuilt = copies.filter(({is}) => is === 'WO');
	if (rebuilt.length === 0) return undefined;
	if (rebuilt.some(({replica}) => replica.node === node)) return own('onto');
	if (here.length > 0) return own('from');
	return volume.node === node ? own('by') : undefined;
}

function concernOf(spread: SpreadVolume, {node}: DrainSight): readonly Concern[] {
	const part = partOf(spread, node.name);
	if (part === undefined) return [];
	const progress = spread.copies.find(({progress}) => progress !== undefined)?.progress;
	const done = progress === undefined ? own('') : say`, at ${progress}%`;
	return [
		{
			check: 'rebuilding',
			weight: 'overrides',
			about: about('volumes.longhorn.io', spread.volume),
			text: say`a copy of ${spreadName(spread)} is being rebuilt ${part} ${shownName(node)}${done}: the drain would break it off`,
			wayOut: own('wait until the volume is healthy'),
		},
	];
}

/** Longhorn rebuilds that the node has a part in. */
export const rebuilding: Check = sight => spreadVolumes(sight).flatMap(spread => concernOf(spread, sight));

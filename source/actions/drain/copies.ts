import {safeText} from '../../cluster/safe-text.ts';
import {type Copy, copiesOf, engineOf, wholeCopies} from '../../storage/copies.ts';
import type {LonghornVolumeRecord} from '../../storage/longhorn.ts';
import type {NodeStanding} from '../../storage/standing.ts';
import {memoised, own, type SafeText, say} from '../../vocabulary.ts';
import {shownName} from '../../words.ts';
import {isAway, neighbours} from './neighbours.ts';
import type {DrainSight} from './sight.ts';

/** A Longhorn volume and where its copies lie, seen from the node that is drained. */
export type SpreadVolume = {
	readonly volume: LonghornVolumeRecord;
	readonly copies: readonly Copy[];
	/** Those that could serve it on their own: on this node, and on others that are there to stay. */
	readonly here: readonly Copy[];
	readonly elsewhere: readonly Copy[];
};

/** All Longhorn volumes, in the order of their names. */
export const spreadVolumes = memoised((sight: DrainSight): readonly SpreadVolume[] => {
	const {longhornVolumes, replicas, engines, node} = sight;
	const nodes = neighbours(sight);
	const standings = new Map<string, NodeStanding>([...nodes].map(([name, {live}]) => [name, live]));
	const replicasOf = Map.groupBy(replicas.records.values(), ({volume}) => volume);
	const enginesOf = Map.groupBy(engines.records.values(), ({volume}) => volume);
	const volumes = [...longhornVolumes.records.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
	return volumes.map(volume => {
		const copies = copiesOf(replicasOf.get(volume.name) ?? [], engineOf(enginesOf.get(volume.name) ?? []), standings);
		const whole = wholeCopies(copies);
		const isHere = ({replica}: Copy) => replica.node === node.name;
		const others = whole.filter(copy => !isHere(copy) && !isAway(nodes.get(copy.replica.node)));
		return {volume, copies, here: whole.filter(isHere), elsewhere: others};
	});
});

/** `claim apps/web-data`, or the volume where no claim has it. */
export function spreadName({volume}: SpreadVolume): SafeText {
	return volume.claim === '' ? say`volume ${shownName(volume)}` : say`claim ${safeText(volume.claim, 317)}`;
}

/** What Longhorn does about a drain, by its setting; its default where that cannot be read. */
export function drainPolicy({drainPolicy: {records}}: DrainSight): SafeText {
	const [setting] = records.values();
	return setting === undefined || setting.value === '' ? own('block-if-contains-last-replica') : setting.value;
}

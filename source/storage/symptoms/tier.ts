import type {Symptom} from '../../diagnosis.ts';
import {memoised, own, type RawName, type SafeText, say} from '../../vocabulary.ts';
import {bytes, count, join, shownName} from '../../words.ts';
import type {StorageClassRecord} from '../kubernetes.ts';
import type {TierFact} from '../tier.ts';
import {longhornDriver} from '../verdict.ts';
import type {VolumeFact} from '../volume.ts';
import {line, listed} from './lines.ts';

const isSingle = ({longhorn}: VolumeFact) => longhorn?.replicas === 1;
const isPinned = ({volume}: VolumeFact) =>
	volume !== undefined &&
	volume.phase === 'Bound' &&
	volume.driver !== longhornDriver &&
	(volume.pinnedTo !== '' || volume.driver === 'local' || volume.driver === 'hostPath');
const isLeft = ({volume}: VolumeFact) => volume?.phase === 'Released' || volume?.phase === 'Failed';

const names = (volumes: readonly VolumeFact[]): readonly SafeText[] => volumes.map(({shown}) => shown).sort();

const classSubject = (name: RawName) => ({resource: 'storageclasses.storage.k8s.io', namespace: '' as RawName, name});

/** One line for all volumes of a tier of which the same is true every day; undefined for none. */
function risk(
	id: Symptom['id'],
	tier: TierFact,
	volumes: readonly VolumeFact[],
	title: (of: SafeText) => SafeText,
	evidence: readonly SafeText[],
): Symptom | undefined {
	if (volumes.length === 0) return undefined;
	return {
		id,
		about: tier.shown,
		...(tier.storageClass === undefined ? {} : {subject: classSubject(tier.storageClass.name)}),
		after: {warning: 0},
		since: 0,
		title: title(count(volumes.length, 'volume')),
		undated: true,
		many: volumes.length,
		evidence,
		causes: [],
	};
}

function pinned(tier: TierFact): Symptom | undefined {
	const volumes = tier.volumes.filter(isPinned);
	const nodes = Map.groupBy(volumes, ({volume}) => volume?.pinnedTo || own('one node'));
	const evidence = [...nodes].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([node, on]) => listed(node, names(on)));
	return risk('volume-node-pinned', tier, volumes, of => say`${of} on the disk of one node each, without a copy`, evidence);
}

function single(tier: TierFact): Symptom | undefined {
	const volumes = tier.volumes.filter(isSingle);
	return risk('volume-single-replica', tier, volumes, of => say`${of} with one replica`, listed('', names(volumes)));
}

function left(tier: TierFact): Symptom | undefined {
	const volumes = tier.volumes.filter(isLeft).sort((a, b) => (a.shown < b.shown ? -1 : 1));
	const words = ({volume, shown, size}: VolumeFact) =>
		line(join([say`${shown} ${bytes(size)}`, volume && say`${shownName(volume)} ${volume.phase}`, volume?.message]));
	const evidence = [...volumes.slice(0, 8).map(words), ...(volumes.length > 8 ? [own(`and ${volumes.length - 8} more`)] : [])];
	return risk('volume-released', tier, volumes, of => say`${of} kept without a claim`, evidence);
}

/** What is true of a tier every day, one line each. The same fact gives the same symptoms. */
export const tierSymptoms = memoised((tier: TierFact): readonly Symptom[] =>
	[single(tier), pinned(tier), left(tier)].filter(symptom => symptom !== undefined),
);

/** Several classes that all claim to be the one that is meant where none is named: one symptom at the most. */
export const defaultSymptoms = memoised((classes: readonly StorageClassRecord[]): readonly Symptom[] => {
	const [winner] = classes;
	if (winner === undefined || classes.length < 2) return [];
	return [
		{
			id: 'default-class-ambiguous',
			about: shownName(winner),
			subject: classSubject(winner.name),
			after: {warning: 0},
			since: 0,
			title: say`${count(classes.length, 'default class', 'default classes')}: it wins, being the newest`,
			undated: true,
			many: classes.length,
			evidence: listed(own('marked as default'), classes.map(shownName)),
			causes: [],
		},
	];
});

import {memoised, own, type SafeText, say} from '../vocabulary.ts';
import {percent, shownName} from '../words.ts';
import type {StorageClassRecord} from './kubernetes.ts';
import type {LonghornDisk, LonghornNodeRecord} from './longhorn.ts';
import {type Verdict, verdict} from './verdict.ts';

/** One disk as Longhorn uses it. */
export type DiskFact = {
	readonly shown: SafeText;
	readonly node: LonghornNodeRecord;
	readonly disk: LonghornDisk;
	readonly verdict: Verdict;
};

/** The disks a class may use, and their figures in bytes: each disk counts once, whatever other classes use it too. */
export type Capacity = {
	readonly disks: readonly DiskFact[];
	readonly maximum: number;
	readonly used: number;
	/** Promised to volumes, of what may be promised. */
	readonly scheduled: number;
	readonly schedulable: number;
};

/** Shares of free space below which a disk is in trouble (`findings.md`, disk-full). */
export const critical = 0.05;
export const low = 0.15;

/** Nothing is known where the disk was never measured. */
export function freeShare({available, maximum}: LonghornDisk): number | undefined {
	return available === undefined || maximum === undefined || maximum <= 0 ? undefined : available / maximum;
}

function diskVerdict(node: LonghornNodeRecord, disk: LonghornDisk): Verdict {
	const free = freeShare(disk);
	const gone = node.notReady ?? disk.notReady;
	if (gone !== undefined) return verdict('warn', 'disk not ready', gone.since, gone.message || gone.reason);
	if (free !== undefined && free < low) return verdict(free < critical ? 'bad' : 'warn', `disk ${percent(free)} free`);
	if (disk.closed || node.closed) return verdict('held', 'disk closed', 0, own('scheduling is switched off'));
	const full = disk.notSchedulable ?? node.notSchedulable;
	if (full !== undefined) return verdict('warn', 'disk not schedulable', full.since, full.message || full.reason);
	return verdict('ok', 'schedulable');
}

/** The disks of a Longhorn node; the same node gives the same objects. */
export const diskFacts = memoised((node: LonghornNodeRecord): readonly DiskFact[] =>
	node.disks.map(disk => ({
		shown: say`${shownName(node)} ${disk.path || disk.id}`,
		node,
		disk,
		verdict: diskVerdict(node, disk),
	})),
);

const covers = (tags: readonly SafeText[], wanted: readonly SafeText[]) => wanted.every(tag => tags.includes(tag));

/** The share of the disks that a class may use by its disk and node tags; undefined when it may use none. */
export function capacityOf(storageClass: StorageClassRecord, all: readonly DiskFact[]): Capacity | undefined {
	const disks = all.filter(
		({node, disk}) => covers(disk.tags, storageClass.diskTags) && covers(node.tags, storageClass.nodeTags),
	);
	const measured = disks.filter(({disk}) => freeShare(disk) !== undefined);
	if (measured.length === 0) return undefined;
	const total = (of: (disk: LonghornDisk) => number) => measured.reduce((sum, {disk}) => sum + of(disk), 0);
	return {
		disks,
		maximum: total(disk => disk.maximum ?? 0),
		used: total(disk => (disk.maximum ?? 0) - (disk.available ?? 0)),
		scheduled: total(disk => disk.scheduled ?? 0),
		schedulable: total(disk => Math.max(0, (disk.maximum ?? 0) - disk.reserved)),
	};
}

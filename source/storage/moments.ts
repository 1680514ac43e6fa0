import {safeText} from '../cluster/safe-text.ts';
import type {Moment} from '../diagnosis.ts';
import {own, type RawName, type SafeText, type Subject, say} from '../vocabulary.ts';
import {join, shownName} from '../words.ts';
import type {Copy} from './copies.ts';
import type {DiskFact} from './disks.ts';
import type {DriverFact} from './drivers.ts';
import type {StorageFacts} from './facts.ts';
import type {AttachmentRecord} from './kubernetes.ts';
import type {Complaint, LonghornNodeRecord} from './longhorn.ts';
import type {PendingFact} from './pending.ts';
import type {TierFact} from './tier.ts';
import type {VolumeFact} from './volume.ts';

/** What is older is no help to anybody who looks for what happened last night; milliseconds. */
const remembered = 7 * 24 * 3_600_000;
/** A volume comes to life in this time: its copies fill, its phase turns as it must. */
const arrival = 10 * 60_000;
const atOnce = 60_000;

type Told = readonly [at: number, text: SafeText, isChange?: boolean];

const recorded = (about: SafeText, subject: Subject | undefined, told: readonly Told[]): readonly Moment[] =>
	told.map(([at, text, isChange = false]) => ({
		at,
		how: 'recorded',
		about,
		...(subject === undefined ? {} : {subject}),
		text: safeText(text, 160),
		isChange,
	}));

const node = (name: RawName) => shownName({name});
const because = (text: SafeText, {reason, message}: Complaint): SafeText => join([text, join([reason, message], ' ')], ': ');

/** The making of a volume's first copies is not told, only what became of them and what came after. */
function ofCopy({replica}: Copy, bornAt: number): readonly Told[] {
	const where = node(replica.node);
	const isLater = (at: number) => at > bornAt + arrival;
	return [
		...(replica.failedAt > 0 ? [[replica.failedAt, say`copy on ${where} failed`] as const] : []),
		...(isLater(replica.createdAt) ? [[replica.createdAt, say`new copy on ${where}`] as const] : []),
		...(isLater(replica.healthyAt) ? [[replica.healthyAt, say`copy on ${where} whole`] as const] : []),
	];
}

function ofAttachment(attachment: AttachmentRecord): readonly Told[] {
	const {attachError, detachError, createdAt} = attachment;
	const where = node(attachment.node);
	return [
		[createdAt, say`to be attached to ${where}`],
		[attachError?.at ?? 0, say`could not be attached to ${where}: ${attachError?.text ?? own('')}`],
		[detachError?.at ?? 0, say`could not be detached from ${where}: ${detachError?.text ?? own('')}`],
	];
}

function ofVolume({shown, subject, volume, longhorn, copies = [], claim, attachments}: VolumeFact): readonly Moment[] {
	const isDegraded = longhorn?.robustness === 'degraded';
	const turned = volume !== undefined && volume.since > volume.createdAt + arrival ? volume.since : 0;
	const {resize} = claim ?? {};
	return recorded(shown, subject, [
		[longhorn?.degradedAt ?? 0, own(isDegraded ? 'became degraded' : 'was degraded')],
		...copies.flatMap(copy => ofCopy(copy, longhorn?.createdAt ?? 0)),
		...(longhorn?.unscheduled
			? [[longhorn.unscheduled.since, because(own('a copy fits nowhere'), longhorn.unscheduled)] as const]
			: []),
		[turned, join([say`turned ${volume?.phase ?? own('')}`, volume?.message], ': ')],
		...(resize === undefined ? [] : [[resize.at, say`resize: ${resize.text}`, claim?.resizeFailed !== true] as const]),
		...attachments.flatMap(ofAttachment),
	]);
}

const ofPending = ({shown, subject, claim}: PendingFact): readonly Moment[] =>
	recorded(shown, subject, [[claim.createdAt, own('claim made'), true]]);

type Conditions = Pick<LonghornNodeRecord, 'notReady' | 'notSchedulable'>;

const longhornNode = ({namespace, name}: LonghornNodeRecord): Subject => ({resource: 'nodes.longhorn.io', namespace, name});

/** What turns within a minute of another thing follows from it. */
const follows = (what: Complaint, from: Complaint | undefined) =>
	from !== undefined && Math.abs(what.since - from.since) < atOnce;

/** Conditions that are not as they should be; what is not ready is not schedulable either. */
function conditions({notReady, notSchedulable}: Conditions): readonly Told[] {
	const ready = notReady && ([notReady.since, because(own('Ready turned False in Longhorn'), notReady)] as const);
	const room =
		notSchedulable === undefined || follows(notSchedulable, notReady)
			? undefined
			: ([notSchedulable.since, because(own('Schedulable turned False'), notSchedulable)] as const);
	return [ready, room].filter(told => told !== undefined);
}

const ofLonghornNode = (record: LonghornNodeRecord): readonly Moment[] =>
	recorded(shownName(record), longhornNode(record), conditions(record));

/** A disk goes with its node: that is told once. */
function ofDisk({shown, node: of, disk}: DiskFact): readonly Moment[] {
	const alone = (complaint: Complaint | undefined) =>
		complaint === undefined || follows(complaint, of.notReady) ? undefined : complaint;
	const left = {notReady: alone(disk.notReady), notSchedulable: alone(disk.notSchedulable)};
	return recorded(shown, longhornNode(of), conditions(left));
}

const ofDriver = ({shown, plugin}: DriverFact): readonly Moment[] =>
	plugin === undefined || plugin.ready
		? []
		: recorded(shown, {resource: 'pods', namespace: plugin.namespace, name: plugin.name}, [
				[plugin.readyAt, own('its plugin pod turned not ready')],
			]);

const ofTier = ({shown, storageClass}: TierFact): readonly Moment[] =>
	storageClass === undefined
		? []
		: recorded(shown, {resource: 'storageclasses.storage.k8s.io', namespace: storageClass.namespace, name: storageClass.name}, [
				[storageClass.createdAt, own('storage class made'), true],
			]);

/** What happened to storage in the last week, by the time stamps its objects carry; in no order. `now` in epoch ms. */
export function storageMoments(facts: StorageFacts, now: number): readonly Moment[] {
	const {volumes, pending, disks, drivers, tiers} = facts;
	const nodes = [...new Set(disks.map(disk => disk.node))];
	return [
		...volumes.flatMap(ofVolume),
		...pending.flatMap(ofPending),
		...disks.flatMap(ofDisk),
		...nodes.flatMap(ofLonghornNode),
		...drivers.flatMap(ofDriver),
		...tiers.flatMap(ofTier),
	].filter(({at}) => at > now - remembered && at <= now);
}

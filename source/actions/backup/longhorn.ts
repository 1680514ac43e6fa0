import {takesVolume} from '../../backups/longhorn.ts';
import type {Reader} from '../../cluster/read-once.ts';
import {safeText} from '../../cluster/safe-text.ts';
import type {LonghornVolumeRecord} from '../../storage/longhorn.ts';
import {keyOf, own, type RawName, type SafeText, type Subject, say} from '../../vocabulary.ts';
import {count, shownName, shownPath} from '../../words.ts';
import type {Hands} from '../hands.ts';
import {listed} from '../listed.ts';
import {byWeight, type Concern, type Plan} from '../plan.ts';
import * as concerns from './concerns.ts';
import type {BackupsLook} from './look.ts';
import {longhornSnapshot, stampOf} from './objects.ts';
import {type BackupOffer, placeWords} from './offers.ts';
import type {BackupRequest} from './request.ts';
import {byName, type PlannedVolume, planned, shownVolume, subjectOf, unfit, volumeConcern} from './volumes.ts';

/** What running it needs. `job`: the recurring job whose backup it is to be. */
export type LonghornData = {
	readonly by: 'longhorn';
	readonly tier: string;
	readonly namespace: string;
	readonly job?: string;
	/** Volumes at once. */
	readonly concurrency: number;
	readonly volumes: readonly PlannedVolume[];
};

export const collectionIn = (namespace: string, plural: 'snapshots' | 'backups'): string =>
	`/apis/longhorn.io/v1beta2/namespaces/${namespace}/${plural}`;

type Wanted = {
	readonly shown: SafeText;
	readonly data: Omit<LonghornData, 'by' | 'volumes'>;
	readonly volumes: readonly LonghornVolumeRecord[];
	readonly stands: readonly Concern[];
	readonly subject: Subject;
	readonly uid: string;
	readonly steps: readonly SafeText[];
};

async function planOf(wanted: Wanted, {tier, resumes}: BackupRequest, {transport, now}: Hands, reader: Reader): Promise<Plan> {
	const {shown, data, stands, subject, uid, steps} = wanted;
	const fit = wanted.volumes.filter(volume => unfit(volume) === undefined);
	const volumes = fit.map(planned);
	const [first] = volumes;
	const trial = () => {
		const batch = stampOf(now());
		const body = first && longhornSnapshot({namespace: data.namespace, volume: first.name, target: first.target}, batch);
		return body === undefined
			? []
			: concerns.judge(transport, collectionIn(data.namespace, 'snapshots'), `midwatch-${batch}`, body);
	};
	const [runs, judged] = await Promise.all([
		concerns.controller(reader, data.namespace, 'longhorn-manager'),
		resumes === undefined ? trial() : [],
	]);
	const none: Concern = {check: 'volumes', weight: 'refuses', text: say`${shown} has no volume that could be backed up`};
	return {
		action: 'backup',
		title: say`backup ${shown}`,
		command: ['midwatch', 'backup', tier],
		steps,
		concerns: byWeight([
			...(volumes.length === 0 ? [none] : []),
			...stands,
			...wanted.volumes.flatMap(volumeConcern),
			...runs,
			...judged,
		]),
		deeds: (['snapshots', 'backups'] as const).flatMap(resource =>
			['create', 'get'].map(verb => ({verb, group: 'longhorn.io', resource, namespace: data.namespace})),
		),
		confirm: {ask: 'yes'},
		objects: [{subject, uid}],
		data: {by: 'longhorn', ...data, volumes} satisfies LonghornData,
	};
}

/** Plans snapshots and backups of all volumes a recurring job takes, as if it ran now. */
export function planRecurringJob(
	{tier, shown}: BackupOffer,
	request: BackupRequest,
	{volumes, jobs}: BackupsLook,
	hands: Hands,
	reader: Reader,
): Promise<Plan> {
	const subject = tier.subject as Subject;
	const {namespace, name: job} = subject;
	const record = jobs.records.get(keyOf(namespace, job));
	const all = [...volumes.records.values()].filter(volume => volume.namespace === namespace);
	const taken = record === undefined ? [] : all.filter(volume => takesVolume(record, volume)).sort(byName);
	const {concurrency = 1, retain = 0, uid = ''} = record ?? {};
	return planOf(
		{
			shown,
			data: {tier: shown, namespace, job, concurrency},
			volumes: taken,
			stands: [...concerns.otherRun(tier, request.resumes), ...concerns.place(tier), ...concerns.schedule(tier)],
			subject,
			uid,
			steps: [
				say`take a snapshot of each of ${count(taken.length, 'volume')} and back it up, ${concurrency} at once: ${listed(taken.map(shownVolume))}`,
				say`they count among the backups of ${shown}: of each volume it keeps ${retain}`,
				own('follow each to its end'),
			],
		},
		request,
		hands,
		reader,
	);
}

/** The place a volume is backed up to, as a tier would have it. */
function placeOf(volume: LonghornVolumeRecord, {facts}: BackupsLook): readonly Concern[] {
	const {target} = planned(volume);
	const isThere = facts.locations.find(
		({record}) =>
			record?.resource === 'backuptargets.longhorn.io' && record.namespace === volume.namespace && record.name === target,
	);
	const isRead = facts.states.targets.is === 'live';
	const location = isThere?.record ?? (isRead ? undefined : ('unseen' as const));
	const text = placeWords({location, schedule: {location: target as RawName}});
	const wayOut = own('nothing could be written there: make it reachable first');
	return text === undefined ? [] : [{check: 'location', weight: 'refuses', about: subjectOf(volume), text, wayOut}];
}

/** Not while it is being backed up already. */
function otherBackup(volume: LonghornVolumeRecord, {backups}: BackupsLook, resumes: string | undefined): readonly Concern[] {
	const going = [...backups.records.values()].find(
		backup => backup.volume === volume.name && (backup.outcome === 'running' || backup.outcome === 'waiting'),
	);
	if (going === undefined) return [];
	const text = say`${shownName(going)} of volume ${shownVolume(volume)} is ${going.phase === '' ? own('Pending') : going.phase}`;
	if (resumes !== undefined) return [{check: 'other-run', weight: 'tells', about: subjectOf(volume), text}];
	return [{check: 'other-run', weight: 'refuses', about: subjectOf(volume), text, wayOut: own('wait until it is over')}];
}

/** Plans a snapshot and a backup of one volume. */
export function planVolume(
	volume: LonghornVolumeRecord,
	request: BackupRequest,
	look: BackupsLook,
	hands: Hands,
	reader: Reader,
): Promise<Plan> {
	const shown = shownVolume(volume);
	return planOf(
		{
			shown,
			data: {tier: shown, namespace: volume.namespace, concurrency: 1},
			volumes: [volume],
			stands: [...otherBackup(volume, look, request.resumes), ...placeOf(volume, look)],
			subject: subjectOf(volume),
			uid: volume.uid,
			steps: [
				say`take a snapshot of volume ${shownPath(volume)} and back it up to ${safeText(planned(volume).target)}`,
				own('follow it to its end; no recurring job deletes it later'),
			],
		},
		request,
		hands,
		reader,
	);
}

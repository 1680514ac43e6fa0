import {beganAt} from '../../backups/run.ts';
import type {Schedule} from '../../backups/schedule.ts';
import type {BackupTier} from '../../backups/tier.ts';
import {own, type RawName, type SafeText, say} from '../../vocabulary.ts';
import {age, join, shownName} from '../../words.ts';

/** What makes the backups of a tier, as it is typed before `namespace/name` where a name is not enough. */
export type OfferKind = 'schedule' | 'recurringjob' | 'cronjob' | 'etcd';

/** A tier that can be backed up now, or why not. */
export type BackupOffer = {
	readonly kind: OfferKind;
	/** As somebody would type it: the name, and `kind/namespace/name` where several are called that. */
	readonly name: string;
	readonly path: string;
	readonly shown: SafeText;
	/** `schedule of Velero`. */
	readonly about: SafeText;
	/** Why it cannot be backed up now. */
	readonly why?: SafeText;
	/** What its schedule can be told; missing where it cannot be paused. */
	readonly pausing?: 'pause' | 'unpause';
	readonly tier: BackupTier;
};

const kinds: Readonly<Partial<Record<BackupTier['by'], readonly [OfferKind, SafeText]>>> = {
	velero: ['schedule', own('schedule of Velero')],
	longhorn: ['recurringjob', own('recurring job of Longhorn')],
	cronjob: ['cronjob', own('CronJob')],
	k3s: ['etcd', own('snapshots of etcd by k3s')],
};

/** Only a server of k3s can take a snapshot of its etcd. */
export const onlyOnServer = own('the API cannot ask k3s for one: run k3s etcd-snapshot save on a server');

/** Which run of a tier is under way, and since when; undefined while none is. */
export function goingWords({history: {current}, asOf}: BackupTier): SafeText | undefined {
	if (current === undefined) return undefined;
	const how = current.outcome === 'waiting' ? own('is queued') : own('is running');
	return say`${shownName(current)} ${how} since ${age(beganAt(current), asOf)}`;
}

/** Where the backups of a tier go, and what its schedule calls that. */
type Destination = Pick<BackupTier, 'location'> & {readonly schedule: Pick<Schedule, 'location'> | undefined};

/** Why the place its backups go to takes none now. */
export function placeWords({location, schedule}: Destination): SafeText | undefined {
	if (location === 'unseen') return undefined;
	if (location === undefined) return say`its location ${shownName({name: schedule?.location ?? ('' as RawName)})} does not exist`;
	if (location.phase === 'Unavailable')
		return join([say`location ${shownName(location)} is unavailable`, location.message], ': ');
	return location.readOnly ? say`location ${shownName(location)} is read-only` : undefined;
}

function whyNot(tier: BackupTier): SafeText | undefined {
	const {by, schedule} = tier;
	if (by === 'k3s') return onlyOnServer;
	if (schedule?.actionable !== true)
		return by === 'cronjob' ? (schedule?.errors[0] ?? own('it is not there')) : own('its name is not valid: it is not acted on');
	return goingWords(tier) ?? placeWords(tier);
}

function offerOf(tier: BackupTier): readonly BackupOffer[] {
	const {by, schedule, shown} = tier;
	const [kind, about] = kinds[by] ?? [];
	if (kind === undefined || about === undefined) return [];
	const why = whyNot(tier);
	const canPause = (by === 'velero' || by === 'cronjob') && schedule?.actionable === true;
	return [
		{
			kind,
			name: by === 'cronjob' ? shown : (schedule?.name ?? shown),
			path: tier.key,
			shown,
			about,
			...(why === undefined ? {} : {why}),
			...(canPause ? {pausing: schedule.paused ? ('unpause' as const) : ('pause' as const)} : {}),
			tier,
		},
	];
}

/** All tiers that something makes the backups of, in the order they come, and what can be done about each now. */
export function backupOffers(tiers: readonly BackupTier[]): readonly BackupOffer[] {
	return tiers.flatMap(offerOf);
}

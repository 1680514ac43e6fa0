import type {Blind, FindingId} from '../diagnosis.ts';
import type {Settings} from '../settings.ts';
import {own, type SourceState, say} from '../vocabulary.ts';
import {whyUnread} from '../words.ts';
import type {BackupsFacts} from './facts.ts';
import type {LocationFact} from './location.ts';
import type {BackupTier} from './tier.ts';

/** What is read from runs, be it Velero's or those of etcd. */
const ofRuns: readonly FindingId[] = ['backup-late', 'backup-never-ran', 'backup-failing', 'backup-partial', 'backup-stuck'];
/** What pages, and so counts in a verdict: a source that tells of risks only is not required. */
export const paging: ReadonlySet<FindingId> = new Set([...ofRuns, 'location-unavailable']);
const ofSchedules: readonly FindingId[] = ['schedule-paused', 'schedule-invalid', 'retention-short', 'claim-not-backed-up'];

type Source = {
	readonly of: keyof BackupsFacts['states'];
	readonly shown: string;
	/** What cannot be judged without it. */
	readonly ids: readonly FindingId[];
};

const ofVelero: readonly Source[] = [
	{of: 'schedules', shown: 'schedules', ids: [...ofRuns, ...ofSchedules, 'not-offsite', 'restore-unproven']},
	{of: 'backups', shown: 'backups', ids: [...ofRuns, 'backup-without-data', 'not-offsite', 'restore-unproven']},
	{of: 'locations', shown: 'backup locations', ids: ['location-unavailable', 'backup-same-failure-domain', 'not-offsite']},
	{of: 'restores', shown: 'restores', ids: ['restore-unproven']},
	{of: 'repositories', shown: 'backup repositories', ids: ['repository-unmaintained']},
];
const ofLonghorn: readonly Source[] = [
	{
		of: 'recurringJobs',
		shown: 'recurring jobs',
		ids: [...ofRuns, 'schedule-paused', 'retention-short', 'claim-not-backed-up', 'not-offsite'],
	},
	{of: 'longhornBackups', shown: 'Longhorn backups', ids: [...ofRuns, 'not-offsite']},
	{of: 'targets', shown: 'backup targets', ids: ['location-unavailable', 'backup-same-failure-domain', 'not-offsite']},
];
const ofCronJobs: readonly Source[] = [
	{of: 'cronJobs', shown: 'CronJobs', ids: [...ofRuns, 'schedule-paused', 'schedule-invalid']},
	{of: 'jobs', shown: 'jobs', ids: ofRuns},
];
const ofClaims: Source = {of: 'claims', shown: 'claims', ids: ['claim-not-backed-up']};
const ofEtcd: Source = {of: 'snapshots', shown: 'etcd snapshots', ids: [...ofRuns, 'not-offsite']};

const what = own('backups');

/** What is not served here has no findings. */
const isRead = ({is}: SourceState) => is === 'live' || is === 'polled' || is === 'absent';

/** Sources that are silent for the same reason are told once. */
function unread(
	whole: string,
	sources: readonly Source[],
	states: BackupsFacts['states'],
	abouts: Pick<Blind, 'abouts'>,
): readonly Blind[] {
	const are = (alike: readonly Source[], is: SourceState['is']) => alike.some(({of}) => states[of].is === is);
	const silent = sources.filter(({of}) => !isRead(states[of]));
	return [...Map.groupBy(silent, ({of}) => whyUnread(states[of]) ?? own('not read yet'))].map(([why, alike]) => {
		const ids = [...new Set(alike.flatMap(source => source.ids))];
		const whose = own(alike.length > 1 ? whole : (alike[0]?.shown ?? ''));
		return {
			ids,
			...abouts,
			what,
			// What went stale says itself who fell silent.
			why: are(alike, 'stale') ? why : say`${whose}: ${why}`,
			loading: are(alike, 'loading'),
			required: ids.some(id => paging.has(id)),
		};
	});
}

const isOfVelero = ({by}: BackupTier) => by === 'velero' || by === 'hand';
const isTarget = ({record}: LocationFact) => record?.resource === 'backuptargets.longhorn.io';

/** Velero's silence says nothing of etcd, of Longhorn or of CronJobs, nor the other way round. */
function aboutVelero({tiers, locations}: BackupsFacts): Pick<Blind, 'abouts'> {
	if (tiers.every(isOfVelero)) return {};
	const named = [...tiers.filter(isOfVelero), ...locations.filter(location => !isTarget(location))].map(({shown}) => shown);
	return {abouts: new Set([...named, 'claims', 'repositories'])};
}

/** Where it has nothing to do with backups, what Longhorn does not say is no gap; that it may not be read is one. */
function longhornUnread({tiers, locations, states}: BackupsFacts): readonly Blind[] {
	const own = tiers.filter(({by}) => by === 'longhorn');
	if (own.length === 0 && states.recurringJobs.is === 'stale') return [];
	const [jobs] = ofLonghorn;
	const sources = own.length === 0 && jobs !== undefined ? [jobs] : ofLonghorn;
	const abouts = new Set([...own, ...locations.filter(isTarget)].map(({shown}) => shown));
	return unread('Longhorn', sources, states, {abouts: new Set([...abouts, 'claims'])});
}

/** CronJobs make backups only where the user says so. */
function cronJobsUnread({states}: BackupsFacts, tiers: Settings['tiers']): readonly Blind[] {
	const declared = Object.entries(tiers).flatMap(([tier, {cronJob}]) => (cronJob === undefined ? [] : [tier]));
	return declared.length === 0 ? [] : unread('CronJobs', ofCronJobs, states, {abouts: new Set(declared)});
}

/** Tiers without a target, because nobody names one and midwatch cannot read when they run. */
function unmeasured({tiers}: BackupsFacts): readonly Blind[] {
	const odd = tiers.filter(
		({by, target, schedule}) => by !== 'hand' && target === undefined && schedule?.phase !== 'FailedValidation',
	);
	return odd.map(({shown, cron}) => ({
		ids: ['backup-late', 'backup-never-ran'],
		abouts: new Set([shown]),
		what,
		why: say`midwatch cannot read when ${shown} runs: ${cron}`,
		loading: false,
		required: true,
	}));
}

/** Locations that nobody has looked at for too long, though Velero runs. */
function unchecked({locations, states}: BackupsFacts): readonly Blind[] {
	if (!isRead(states.locations)) return [];
	return locations
		.filter(({isUnchecked}) => isUnchecked)
		.map(({shown}) => ({
			ids: ['location-unavailable'],
			abouts: new Set([shown]),
			what,
			why: say`velero has not checked location ${shown} lately`,
			loading: false,
			required: true,
		}));
}

/** What cannot be judged of the backups; `tiers` is what the user says of them. */
export function backupsBlind(facts: BackupsFacts, tiers: Settings['tiers']): readonly Blind[] {
	const {states} = facts;
	const needsClaims = states.schedules.is !== 'absent';
	return [
		...unread('Velero', needsClaims ? [...ofVelero, ofClaims] : ofVelero, states, aboutVelero(facts)),
		...unread('etcd', [ofEtcd], states, {abouts: new Set(['etcd'])}),
		...longhornUnread(facts),
		...cronJobsUnread(facts, tiers),
		...unmeasured(facts),
		...unchecked(facts),
	];
}

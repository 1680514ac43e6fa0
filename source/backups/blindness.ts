import type {Blind, FindingId} from '../diagnosis.ts';
import {own, type SourceState, say} from '../vocabulary.ts';
import {whyUnread} from '../words.ts';
import type {BackupsFacts} from './facts.ts';

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
const ofClaims: Source = {of: 'claims', shown: 'claims', ids: ['claim-not-backed-up']};
const ofEtcd: Source = {of: 'snapshots', shown: 'etcd snapshots', ids: [...ofRuns, 'not-offsite']};

const what = own('backups');

/** What is not served here has no findings. */
const isRead = ({is}: SourceState) => is === 'live' || is === 'polled' || is === 'absent';

/** Sources that are silent for the same reason are told once. */
function unread(sources: readonly Source[], states: BackupsFacts['states'], abouts: Pick<Blind, 'abouts'>): readonly Blind[] {
	const are = (alike: readonly Source[], is: SourceState['is']) => alike.some(({of}) => states[of].is === is);
	const silent = sources.filter(({of}) => !isRead(states[of]));
	return [...Map.groupBy(silent, ({of}) => whyUnread(states[of]) ?? own('not read yet'))].map(([why, alike]) => {
		const ids = [...new Set(alike.flatMap(source => source.ids))];
		const whose = own(alike.length > 1 ? 'Velero' : (alike[0]?.shown ?? ''));
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

/** Velero's silence says nothing of etcd, nor the other way round. */
function aboutVelero({tiers, locations}: BackupsFacts): Pick<Blind, 'abouts'> {
	if (tiers.every(({by}) => by !== 'k3s')) return {};
	const named = [...tiers.filter(({by}) => by !== 'k3s'), ...locations].map(({shown}) => shown);
	return {abouts: new Set([...named, 'claims', 'repositories'])};
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

/** What cannot be judged of the backups. */
export function backupsBlind(facts: BackupsFacts): readonly Blind[] {
	const {states} = facts;
	const needsClaims = states.schedules.is !== 'absent';
	return [
		...unread(needsClaims ? [...ofVelero, ofClaims] : ofVelero, states, aboutVelero(facts)),
		...unread([ofEtcd], states, {abouts: new Set(['etcd'])}),
		...unmeasured(facts),
		...unchecked(facts),
	];
}

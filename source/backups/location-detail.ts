import {type Detail, own, type SafeText, say} from '../vocabulary.ts';
import {age, bytes, count, duration, join, shownName} from '../words.ts';
import {type Lines, line} from './detail-lines.ts';
import type {LocationFact} from './location.ts';
import type {BackupVolumeRecord} from './longhorn.ts';
import type {Schedule} from './schedule.ts';
import type {LocationRecord} from './velero.ts';

/** What is known of a location. `now` is epoch ms. */
export function locationLines(location: LocationRecord, now: number): Lines {
	const {phase, provider, bucket, host, readOnly, validatedAt, syncedAt, message} = location;
	return [
		{label: 'location', value: join([shownName(location), phase]), health: phase === 'Unavailable' ? 'bad' : 'ok'},
		...line('bucket', join([provider, bucket, readOnly ? own('read-only') : undefined])),
		...line('host', host),
		...line('checked', validatedAt === 0 ? undefined : say`${age(validatedAt, now)} ago`),
		...line('answered', syncedAt === 0 ? undefined : say`${age(syncedAt, now)} ago`),
		...line('says', message),
	];
}

function heldWords(held: readonly BackupVolumeRecord[]): SafeText | undefined {
	if (held.length === 0) return undefined;
	return join([count(held.length, 'volume'), bytes(held.reduce((sum, {stored = 0}) => sum + stored, 0))]);
}

const keptFor = ({keeps}: Schedule) => (keeps === 0 ? undefined : say`kept for ${duration(keeps)}`);

/** Everything known of a location, also of one that is only named; `held` is what it holds of volumes. `now` is epoch ms. */
export function locationDetail(
	{shown, record, feeds, isUnchecked}: LocationFact,
	held: readonly BackupVolumeRecord[],
	now: number,
): Detail {
	const state = record === undefined ? line('location', own('does not exist')) : locationLines(record, now);
	const fed = feeds.map(schedule => ({
		label: shownName(schedule),
		value: join([schedule.cron, schedule.paused ? own('paused') : undefined, keptFor(schedule)]),
	}));
	return {
		title: say`backup location ${shown}`,
		sections: [
			{
				title: 'State',
				lines: [
					...state,
					...line('state', isUnchecked ? own('nobody has checked it lately') : undefined),
					...line('holds', heldWords(held)),
				],
			},
			{title: 'Feeds', lines: fed.length === 0 ? line('schedules', own('none')) : fed},
		],
	};
}

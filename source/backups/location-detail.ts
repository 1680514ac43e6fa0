import {type Detail, own, say} from '../vocabulary.ts';
import {age, duration, join, shownName} from '../words.ts';
import {type Lines, line} from './detail-lines.ts';
import type {LocationFact} from './location.ts';
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

/** Everything known of a location, also of one that is only named. `now` is epoch ms. */
export function locationDetail({shown, record, feeds, isUnchecked}: LocationFact, now: number): Detail {
	const state = record === undefined ? line('location', own('does not exist')) : locationLines(record, now);
	const fed = feeds.map(schedule => ({
		label: shownName(schedule),
		value: join([schedule.cron, schedule.paused ? own('paused') : undefined, say`kept for ${duration(schedule.keeps)}`]),
	}));
	return {
		title: say`backup location ${shown}`,
		sections: [
			{title: 'State', lines: [...state, ...line('state', isUnchecked ? own('nobody has checked it lately') : undefined)]},
			{title: 'Feeds', lines: fed.length === 0 ? line('schedules', own('none')) : fed},
		],
	};
}

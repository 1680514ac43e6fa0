import {type Detail, type SafeText, say} from '../vocabulary.ts';
import {age, duration, join, shownName} from '../words.ts';
import {line, outcomeHealth, utc} from './detail-lines.ts';
import {beganAt, type Run, troubleOf} from './run.ts';
import type {BackupTier} from './tier.ts';
import {progressOf} from './verdict.ts';

const doneOf = (done: number | undefined, of: number | undefined): SafeText | undefined =>
	of === undefined || of === 0 ? undefined : say`${Math.floor(done ?? 0)} of ${of}`;

/** Everything known of one run of a tier. `now` is epoch ms. */
export function runDetail({shown, place, history}: BackupTier, run: Run, now: number): Detail {
	const {outcome, phase, startedAt, completedAt, expiresAt, items, itemsDone, volumes, volumesDone} = run;
	const began = beganAt(run);
	const takes = completedAt > startedAt && startedAt > 0 ? completedAt - startedAt : 0;
	return {
		title: say`backup ${shownName(run)}`,
		sections: [
			{
				title: 'State',
				lines: [
					{
						label: 'state',
						value: join([phase, outcome === 'running' ? say`${progressOf(run)} of its items` : undefined]),
						health: outcomeHealth[outcome],
					},
					...line('trouble', troubleOf(run)),
					...line('began', began === 0 ? undefined : say`${utc(began)}, ${age(began, now)} ago`),
					...line('took', takes === 0 ? undefined : join([duration(takes), usually(history.takes)])),
					...line('items', doneOf(itemsDone, items)),
					...line('volumes', doneOf(volumesDone, volumes)),
				],
			},
			{
				title: 'Kept',
				lines: [
					...line('tier', shown),
					...line('in', place),
					...line('until', expiresAt === 0 ? undefined : say`${utc(expiresAt)}, ${expiryWords(expiresAt, now)}`),
				],
			},
		],
	};
}

const usually = (takes: number): SafeText | undefined => (takes === 0 ? undefined : say`usually ${duration(takes)} at most`);
const expiryWords = (at: number, now: number): SafeText =>
	at > now ? say`${duration(at - now)} left` : say`expired ${age(at, now)} ago`;

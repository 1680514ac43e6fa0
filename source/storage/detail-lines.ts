import type {Symptom} from '../diagnosis.ts';
import {type DetailLine, own, type SafeText, say} from '../vocabulary.ts';
import {age, join, shownPath} from '../words.ts';
import type {EventRecord} from '../workloads/event.ts';
import {verdictWords} from './rows.ts';
import type {Verdict} from './verdict.ts';

export type Lines = readonly DetailLine[];

/** A line, where there is something to say. */
export const line = (label: string, value: SafeText | undefined): Lines =>
	value === undefined || value === '' ? [] : [{label, value}];

/** A verdict with its age, where it holds, and its reason. `now` in epoch ms. */
export const said = (label: string, verdict: Verdict, now: number, place = own('')): DetailLine => ({
	label,
	value: join([join([verdictWords(verdict, now), place]), verdict.why], ': '),
	health: verdict.health,
});

/** How long ago; undefined for what never was. Both in epoch ms. */
export const ago = (at: number, now: number): SafeText | undefined => (at === 0 ? undefined : say`${age(at, now)} ago`);

/** What proves that something is wrong: each finding by its name, what it says, and its evidence. */
export const evidenceLines = (symptoms: readonly Symptom[]): Lines =>
	symptoms.flatMap(({id, title, more, evidence}) => [
		{label: id, value: join([title, more])},
		...evidence.map(value => ({label: '', value})),
	]);

const mostEvents = 10;

/** Events, the newest first; whom they are about is said where that is somebody else. `now` in epoch ms. */
export const eventLines = (events: readonly EventRecord[], now: number): Lines =>
	events
		.toSorted((a, b) => b.lastAt - a.lastAt)
		.slice(0, mostEvents)
		.map(({lastAt, reason, message, kind, about, count: times, isWarning}) => ({
			label: `${age(lastAt, now)} ago`,
			value: join([say`${kind} ${shownPath(about)}`, say`${reason}${own(times > 1 ? ` ×${times}` : '')}`, message], ': '),
			...(isWarning ? {health: 'warn' as const} : {}),
		}));

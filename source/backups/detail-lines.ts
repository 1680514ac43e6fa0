import {type DetailLine, type Health, own, type SafeText} from '../vocabulary.ts';
import type {Outcome} from './run.ts';

export type Lines = readonly DetailLine[];

/** One line, none where there is nothing to say. */
export const line = (label: string, value: SafeText | undefined): Lines =>
	value === undefined || value === '' ? [] : [{label, value}];

/** A moment (epoch ms) as Velero's and k3s' own schedules count it. */
export const utc = (at: number): SafeText => own(`${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`);

/** How well a run went. */
export const outcomeHealth: Readonly<Record<Outcome, Health>> = {
	good: 'ok',
	partial: 'warn',
	failed: 'bad',
	running: 'idle',
	waiting: 'idle',
	leaving: 'idle',
};

import {safeText} from '../cluster/safe-text.ts';
import {type Column, type Health, own, type PaneView, type Row, type SafeText} from '../vocabulary.ts';
import {age, count, unknown} from '../words.ts';
import type {Entry} from './entry.ts';
import type {Damage} from './replay.ts';
import type {RunState} from './state.ts';

/** A run, as a row is made of it. */
export type ListedRun = {
	readonly run: string;
	readonly state: RunState;
	readonly entries: readonly Entry[];
	readonly damage: readonly Damage[];
};

/** How each state is shown. */
export const healths: Readonly<Record<RunState, Health>> = {
	running: 'warn',
	done: 'ok',
	failed: 'bad',
	skipped: 'idle',
	stopped: 'held',
	unknown: 'unknown',
};

const columns: readonly Column[] = [
	{id: 'run', title: 'RUN', priority: 0},
	{id: 'state', title: 'STATE', priority: 0},
	{id: 'title', title: 'WHAT', priority: 1, grow: true},
	{id: 'context', title: 'CONTEXT', priority: 2},
	{id: 'by', title: 'BY', priority: 3},
	{id: 'age', title: 'AGE', priority: 1, align: 'right'},
];

/** The beginning of a run; undefined where it was never written. */
export function beginningOf(entries: readonly Entry[]): (Entry & {readonly is: 'began'}) | undefined {
	return entries.find(entry => entry.is === 'began');
}

function rowOf({run, state, entries, damage}: ListedRun, now: number): Row {
	const began = beginningOf(entries);
	const shown = (text: string | undefined): SafeText => (text === undefined ? unknown : safeText(text, 200));
	const isDamaged = damage.some(({is}) => is === 'damaged');
	return {
		key: run,
		health: isDamaged ? 'bad' : healths[state],
		cells: [
			{text: safeText(run, 200)},
			{text: own(isDamaged ? `${state}, damaged` : state)},
			{text: shown(began?.title)},
			{text: shown(began?.context)},
			{text: shown(began?.by)},
			{text: age(began?.at ?? 0, now)},
		],
	};
}

/** Runs as a table, in the order they come in; `unreadable` says what could not be read. `now` is epoch ms. */
export function runsView(runs: readonly ListedRun[], unreadable: readonly SafeText[], now: number): PaneView {
	return {
		summary: count(runs.length, 'run'),
		state: {is: 'live'},
		columns,
		rows: runs.map(run => rowOf(run, now)),
		notes: unreadable.map(text => ({health: 'unknown', text})),
		empty: own('nothing was ever done from here'),
	};
}

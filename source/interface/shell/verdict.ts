import {type Health, type PaneId, type PaneView, paneIds} from '../../vocabulary.ts';
import type {Picture, Wrong} from './model.ts';

/** How much in a pane is bad, warned of, unknown; and, where the pane itself cannot be trusted, the word for that. */
export type Tally = {
	readonly pane: PaneId;
	readonly bad: number;
	readonly warn: number;
	readonly unknown: number;
	readonly state: 'loading' | 'stale' | 'not permitted' | 'not installed' | undefined;
};

const counts = new WeakMap<readonly unknown[], Readonly<Record<'bad' | 'warn' | 'unknown', number>>>();

function count({rows}: PaneView): Readonly<Record<'bad' | 'warn' | 'unknown', number>> {
	const before = counts.get(rows);
	if (before !== undefined) return before;
	const made = {bad: 0, warn: 0, unknown: 0};
	for (const {health} of rows) if (health === 'bad' || health === 'warn' || health === 'unknown') made[health] += 1;
	counts.set(rows, made);
	return made;
}

const words = {
	loading: 'loading',
	stale: 'stale',
	denied: 'not permitted',
	absent: 'not installed',
	live: undefined,
	polled: undefined,
} as const;

/** A note may say what no row does: that no node renews its lease, that a controller is gone. Then it counts as one. */
function tallyOf(pane: PaneId, view: PaneView): Tally {
	const rows = count(view);
	const state = words[view.state.is];
	const least = (of: 'bad' | 'warn' | 'unknown') => Math.max(rows[of], view.notes.some(({health}) => health === of) ? 1 : 0);
	return {pane, bad: least('bad'), warn: least('warn'), unknown: state === undefined ? least('unknown') : rows.unknown, state};
}

/** Sums up every pane, in the order of their keys. */
export function tally(picture: Picture): readonly Tally[] {
	return paneIds.map(pane => tallyOf(pane, picture.panes[pane]));
}

/** One part of the verdict, in words: `nodes 1 bad`. */
export type Verdict = {readonly health: Health; readonly text: string};

const names: Readonly<Record<PaneId, string>> = {nodes: 'nodes', storage: 'storage', bgp: 'BGP', backups: 'backups', gpu: 'GPU'};

function partOf({pane, bad, warn, unknown, state}: Tally): Verdict | undefined {
	const name = names[pane];
	if (bad > 0) return {health: 'bad', text: `${name} ${bad} bad${warn > 0 ? `, ${warn} warn` : ''}`};
	if (warn > 0) return {health: 'warn', text: `${name} ${warn} warn`};
	if (state === 'stale' || state === 'not permitted') return {health: 'unknown', text: `${name} ${state}`};
	return unknown > 0 ? {health: 'unknown', text: `${name} ${unknown} unknown`} : undefined;
}

const order: readonly Health[] = ['bad', 'warn', 'unknown'];

const counted = (of: number, one: string, many: string): string => `${of} ${of === 1 ? one : many}`;

/** What pages, by severity, and how much is only borne with. */
function incidentParts({critical, warning, unknown, risks}: Wrong): readonly Verdict[] {
	const parts: Verdict[] = [];
	if (critical > 0) parts.push({health: 'bad', text: counted(critical, 'incident', 'incidents')});
	if (warning > 0) parts.push({health: 'warn', text: counted(warning, 'warning', 'warnings')});
	if (unknown > 0) parts.push({health: 'unknown', text: `${unknown} unknown`});
	if (risks > 0 && parts.length > 0) parts.push({health: 'risk', text: counted(risks, 'risk', 'risks')});
	return parts;
}

/**
 * What is wrong, worst first: the incidents where there are some, else what the panes say; one calm part when nothing is,
 * or what is still awaited. Never calm while something is unread; and nothing is awaited where there is no line (`isCut`).
 */
export function verdict(tallies: readonly Tally[], wrong: Wrong, isCut = false): readonly Verdict[] {
	const incidents = incidentParts(wrong);
	const parts = tallies.map(partOf).filter(part => part !== undefined);
	const loading = tallies.filter(({state}) => state === 'loading').length;
	const unread: Verdict = isCut
		? {health: 'unknown', text: `${loading} of ${tallies.length} panes unread`}
		: {health: 'idle', text: `loading ${loading} of ${tallies.length} panes`};
	const awaited = loading > 0 ? [unread] : [];
	if (incidents.length > 0) return [...incidents, ...awaited];
	if (parts.length + awaited.length === 0)
		return [wrong.unread ? {health: 'idle', text: 'nothing wrong so far'} : {health: 'ok', text: 'nothing wrong'}];
	return [...order.flatMap(health => parts.filter(part => part.health === health)), ...awaited];
}

/** All panes together in the fewest characters: counts by health. */
export function totals(tallies: readonly Tally[]): ReadonlyArray<readonly [Health, number]> {
	const sum = (of: 'bad' | 'warn' | 'unknown') => tallies.reduce((all, one) => all + one[of], 0);
	const blind = tallies.filter(({state}) => state === 'stale' || state === 'not permitted').length;
	const all = [
		['bad', sum('bad')],
		['warn', sum('warn')],
		['unknown', sum('unknown') + blind],
	] as const;
	return all.filter(([, many]) => many > 0);
}

import {sameList} from '../reuse.ts';
import {memoised, type Reading} from '../vocabulary.ts';
import type {EventRecord} from '../workloads/event.ts';

/** How long a reboot is counted, in milliseconds. */
export const countedFor = 86_400_000;
/** Told twice within this time it was one reboot: the kubelet's event, and the boot id we saw change. */
const oneReboot = 60_000;
/** A kubelet that starts this close to a reboot of its machine started because of it. */
const startsWithin = 5 * 60_000;

const never: readonly number[] = [];
export const noEvents: readonly EventRecord[] = [];

/** The events about each node by its name, the newest first. */
export const eventsByNode: (events: Reading<EventRecord>) => ReadonlyMap<string, readonly EventRecord[]> = memoised(
	({records}) => {
		const about = [...records.values()].filter(({kind}) => kind === 'Node').sort((a, b) => b.lastAt - a.lastAt);
		return Map.groupBy(about, event => event.about.name as string);
	},
);

const starts = new Set<string>(['Rebooted', 'Starting']);

/** What the kubelet said of its own starts, and of those of its machine. */
export function startsIn(events: readonly EventRecord[]): readonly EventRecord[] {
	return events.filter(({reason, from}) => from === 'kubelet' && starts.has(reason));
}

const timesOf = (events: readonly EventRecord[], reason: string): readonly number[] =>
	startsIn(events)
		.filter(event => event.reason === reason)
		.map(({lastAt}) => lastAt);

/** Where reboots of a node are known from. Times are epoch ms. */
export type RebootSigns = {
	/** Known at the last look. */
	readonly before: readonly number[] | undefined;
	/** Now, where its boot id has changed since the last look. */
	readonly seen: readonly number[];
	/** Known from before this run. */
	readonly remembered: readonly number[] | undefined;
	readonly events: readonly EventRecord[];
};

/** When a node rebooted within a day, as epoch ms in order; the list from before where nothing came or went. */
export function rebootsOf({before = never, seen, remembered = never, events}: RebootSigns, now: number): readonly number[] {
	const recorded = timesOf(events, 'Rebooted');
	const known = before.length + seen.length + remembered.length + recorded.length;
	if (known === 0) return never;
	const recent = [...before, ...seen, ...remembered, ...recorded]
		.filter(at => Math.abs(now - at) < countedFor)
		.sort((a, b) => a - b);
	const distinct: number[] = [];
	for (const at of recent) if (at - (distinct.at(-1) ?? 0) > oneReboot) distinct.push(at);
	return sameList(before, distinct);
}

/** When the kubelet last started without a reboot of its machine, as epoch ms; 0 when nothing tells. */
export function restartOf(events: readonly EventRecord[], reboots: readonly number[]): number {
	const byItself = (at: number) => !reboots.some(reboot => Math.abs(at - reboot) < startsWithin);
	return Math.max(0, ...timesOf(events, 'Starting').filter(byItself));
}

import {safeText} from '../cluster/safe-text.ts';
import {commandLine} from '../shell-word.ts';
import {type Health, own, type SafeText, say} from '../vocabulary.ts';
import {join} from '../words.ts';
import type {Entry} from './entry.ts';
import {withoutOutcome} from './state.ts';
import {beginningOf, healths, type ListedRun} from './view.ts';

/** One line of a run that is told. */
export type Told = {readonly at: number; readonly health: Health; readonly what: SafeText; readonly text: SafeText};

function line({at}: Entry, health: Health, what: string, ...text: ReadonlyArray<string | undefined>): Told {
	const parts = text.map(part => (part === undefined ? undefined : safeText(part)));
	return {at, health, what: own(what), text: join(parts, ': ')};
}

const notSeen = 'begun, and its end was not seen; verify it before you do it again';

function tell(entry: Entry, titles: ReadonlyMap<string, string>, open: ReadonlySet<Entry>): Told {
	switch (entry.is) {
		case 'began':
			return line(entry, 'idle', 'began', entry.title);
		case 'resumed':
			return line(entry, 'idle', 'resumed', `by ${entry.by}, midwatch ${entry.version}`);
		case 'intent':
			return open.has(entry)
				? line(entry, 'unknown', 'unknown', entry.title, notSeen)
				: line(entry, 'idle', 'begins', entry.title);
		case 'outcome':
			return line(entry, healths[entry.result], entry.result, titles.get(entry.step), entry.text);
		case 'noted':
			return line(entry, 'idle', 'noted', titles.get(entry.step ?? ''), entry.text);
		case 'ended': {
			const isSaid = entry.text.startsWith(`${entry.result}: `);
			return line(entry, healths[entry.result], 'ended', isSaid ? undefined : entry.result, entry.text);
		}
	}
}

/** Each entry in words, in their order. An intent that has no outcome is told as unknown, unless the run is under way. */
export function tellEntries({entries, state}: ListedRun): readonly Told[] {
	const titles = new Map(entries.flatMap(entry => (entry.is === 'intent' ? [[entry.step, entry.title] as const] : [])));
	const open = new Set<Entry>(state === 'running' ? [] : withoutOutcome(entries));
	return entries.map(entry => tell(entry, titles, open));
}

/** What stands above the lines of a run. */
export function headOf({run, state, entries}: ListedRun): readonly SafeText[] {
	const began = beginningOf(entries);
	if (began === undefined) return [say`${safeText(run)}: ${own(state)}, its beginning is not there`];
	const {title, context, server, by, version, command} = began;
	return [
		say`${safeText(title)}: ${own(state)}`,
		say`${safeText(context)}, ${safeText(server)}, by ${safeText(by)}, midwatch ${safeText(version)}`,
		say`${safeText(run)}: ${commandLine(command) ?? own('no command line is shown: it has characters that cannot be seen')}`,
	];
}

import {type SafeText, say} from '../vocabulary.ts';
import type {Entry} from './entry.ts';
import {entryOf} from './line.ts';

/**
 * What is wrong with a journal, and in which line (from 1). `cut`: writing it did not come to its end, so nothing was done
 * because of it. `damaged`: it was changed after it was written, or stands in the wrong place.
 */
export type Damage = {readonly is: 'cut' | 'damaged'; readonly line: number; readonly text: SafeText};

export type Replayed = {readonly entries: readonly Entry[]; readonly damage: readonly Damage[]};

/** Reads a journal as it is found: all lines that are whole, and what is wrong with the others. */
export function replay(journal: string): Replayed {
	const entries: Entry[] = [];
	const damage: Damage[] = [];
	let last = 0;
	/** Lines that say nothing, since the last that did. */
	let unread: number[] = [];
	const lines = journal.split('\n');
	for (const [at, text] of lines.entries()) {
		if (text === '') continue;
		const line = at + 1;
		const entry = entryOf(text);
		if (entry === undefined) {
			unread.push(line);
		} else if (entry.seq <= last) {
			damage.push({is: 'damaged', line, text: say`line ${line} is number ${entry.seq} once more`});
		} else {
			const missing = entry.seq - last - 1;
			damage.push(...unread.map(each => (missing === 0 ? cut(each) : damaged(each))));
			if (missing > unread.length) damage.push({is: 'damaged', line, text: gap(last + 1, entry.seq - 1, line)});
			unread = [];
			last = entry.seq;
			entries.push(entry);
		}
	}
	const isCut = lines.at(-1) !== '';
	damage.push(...unread.map(each => (isCut && each === lines.length ? cut(each) : damaged(each))));
	return {entries, damage};
}

const cut = (line: number): Damage => ({is: 'cut', line, text: say`line ${line} was cut off while it was written`});
const damaged = (line: number): Damage => ({is: 'damaged', line, text: say`line ${line} is not as it was written`});

function gap(from: number, to: number, line: number): SafeText {
	return from === to
		? say`number ${from} is missing before line ${line}`
		: say`numbers ${from} to ${to} are missing before line ${line}`;
}

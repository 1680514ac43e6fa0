import type {CommandClass} from '../runbook.ts';

/** What is known of a program. Data only. */
export type Rule = {
	/** Its class where nothing below says that it reads. */
	readonly class: CommandClass;
	/**
	 * What it does, by the words that are no flags: verbs with commas between them, each of as many words as decide. The longest
	 * that fits counts; one that ends in a full stop fits only where no further word stands. What is not listed is unknown.
	 */
	readonly verbs?: {readonly [C in CommandClass]?: string};
	/** Flags before the verb that take the next word, and those that do not; after any other, the verb cannot be told. */
	readonly values?: string;
	readonly switches?: string;
	/** Flags that make it worse wherever they stand. With a value (`--grace-period=0`), they count with this one only. */
	readonly flags?: {readonly [C in CommandClass]?: string};
	/**
	 * All flags with which it reads: `-s`, `-m:` with any value, `-X:GET` with this one. With any other, and where a word might
	 * become a flag, it does not.
	 */
	readonly only?: string;
	/** It reads only with one of these. */
	readonly needs?: string;
	/** It reads only where its first word that is no flag looks like this; where there is none, it is empty. */
	readonly first?: RegExp;
	/** The same of every word that is no flag. */
	readonly each?: RegExp;
	/** It reads only where no word at all looks like this. */
	readonly never?: RegExp;
	/** It reads only without words that are no flags. */
	readonly alone?: true;
	/** It may not read where a word outside quotes could bring flags with it; and it takes long flags by their beginning. */
	readonly wary?: true;
	/** These verbs say only what they would do with one of these flags: `--dry-run=client`. */
	readonly dry?: {readonly flags: string; readonly verbs: string};
	/** It prints files that it is given, and some hold secrets. */
	readonly prints?: true;
	/** How it is led to another cluster: flags whose value is a context, a file with contexts, or a server. */
	readonly elsewhere?: {readonly context?: string; readonly file?: string; readonly server?: string};
};

export type Rules = Readonly<Record<string, Rule>>;

/** The flags of a list in the table. */
export function flagsIn(list: string | undefined): readonly string[] {
	return list === undefined ? [] : list.split(' ').filter(flag => flag !== '');
}

/** The verbs of a list in the table. */
export function verbsIn(list: string | undefined): readonly string[] {
	return list === undefined ? [] : list.split(',').map(verb => verb.trim());
}

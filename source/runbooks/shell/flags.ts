import {isFlag, mayBeFlag, type Shown} from './word.ts';

/** A flag as it was given; `value` where it stands in the same word. */
type Given = {readonly name: string; readonly value?: string; readonly literal: boolean};

/** A word as the flags that it holds: one that is long or of one letter, or a cluster of short ones. */
export function givenIn(word: Shown): readonly Given[] {
	const {text, literal} = word;
	const [, name = text, value] = /^(-[^=]*)=(.*)$/s.exec(text) ?? [];
	const whole = {name, literal, ...(value === undefined ? {} : {value})};
	return text.startsWith('--')
		? [whole]
		: [
				whole,
				...text
					.slice(1)
					.split('')
					.map(letter => ({name: `-${letter}`, literal})),
			];
}

/** Whether a word is, or holds, a flag of a list: `--force`, `-f`, `--grace-period=0`. A flag set to false is not set. */
export function holdsFlag(words: readonly Shown[], flags: readonly string[]): boolean {
	const wanted = flags.map(flag => flag.split('='));
	return words.some((word, at) => {
		if (!isFlag(word)) return false;
		return givenIn(word).some(given =>
			wanted.some(([name, value]) => {
				if (given.name !== name || given.value === 'false') return false;
				return value === undefined || !given.literal || (given.value ?? words[at + 1]?.text) === value;
			}),
		);
	});
}

/** The values that flags of a list are given, in the same word or the next. */
export function valuesOf(words: readonly Shown[], flags: readonly string[]): readonly Shown[] {
	return words.flatMap((word, at) => {
		const name = flags.find(flag => word.text === flag || word.text.startsWith(`${flag}=`));
		if (name === undefined || !isFlag(word)) {
			const short = flags.find(flag => flag.length === 2 && isFlag(word) && word.text.startsWith(flag));
			return short === undefined ? [] : [{...word, text: word.text.slice(2), sure: word.sure - 2}];
		}
		if (word.text !== name) return [{...word, text: word.text.slice(name.length + 1), sure: word.sure - name.length - 1}];
		const next = words[at + 1];
		return next === undefined ? [] : [next];
	});
}

type Allowed = {readonly takes: boolean; readonly value?: string};

function allowedBy(list: readonly string[]): ReadonlyMap<string, readonly Allowed[]> {
	const read = list.map(entry => {
		const [, name = entry, , value = ''] = /^(-[^:]*)(:(.*))?$/s.exec(entry) ?? [];
		return {name, takes: entry.includes(':'), ...(value === '' ? {} : {value})};
	});
	return Map.groupBy(read, ({name}) => name);
}

/**
 * The words that are no flags, provided that all flags are of the list; undefined where one is not, or where a word might become
 * one. Entries: `-s`, `-m:` (takes a value), `-X:GET` (takes this value only).
 */
export function operandsWithin(words: readonly Shown[], list: readonly string[]): readonly Shown[] | undefined {
	const allowed = allowedBy(list);
	const operands: Shown[] = [];
	let at = 0;
	const accepts = (name: string, value: Shown | undefined): boolean =>
		(allowed.get(name) ?? []).some(
			one => one.takes && value !== undefined && (one.value === undefined || (value.literal && value.text === one.value)),
		);
	/** A short flag and what follows it in its word. */
	const short = (word: Shown, from: number): boolean => {
		const name = `-${word.text[from]}`;
		const of = allowed.get(name);
		if (of === undefined) return false;
		if (of.some(({takes}) => !takes)) return from + 1 >= word.text.length || short(word, from + 1);
		if (from + 1 < word.text.length) return accepts(name, {...word, text: word.text.slice(from + 1)});
		at += 1;
		return accepts(name, words[at]);
	};
	for (; at < words.length; at++) {
		const word = words[at];
		if (word === undefined) break;
		if (word.text === '--' && word.literal) return [...operands, ...words.slice(at + 1)];
		if (mayBeFlag(word)) return undefined;
		if (!isFlag(word)) {
			operands.push(word);
			continue;
		}
		const [, name = word.text, value] = /^(-[^=]*)=(.*)$/s.exec(word.text) ?? [];
		const of = allowed.get(name);
		if (of === undefined) {
			if (word.text.startsWith('--') || !word.literal || !short(word, 1)) return undefined;
		} else if (value !== undefined) {
			if (!accepts(name, {...word, text: value})) return undefined;
		} else if (!of.some(({takes}) => !takes)) {
			at += 1;
			if (!accepts(name, words[at])) return undefined;
		}
	}
	return operands;
}

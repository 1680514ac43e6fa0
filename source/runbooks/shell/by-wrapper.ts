import type {Invocation} from './invocation.ts';
import {flagsIn} from './rule.ts';
import {anything, isFlag, known, mayBeFlag, type Shown} from './word.ts';
import type {Wrapper} from './wrappers.ts';
import type {Inner, Wrapping} from './wrapping.ts';

function scriptOf(words: readonly Shown[]): Inner {
	return {is: 'script', text: words.map(({text}) => text).join(' '), literal: words.every(({literal}) => literal)};
}

/** What a wrapper takes for itself, and where the words of the command begin. */
type Taken = {readonly start: number; readonly sets: readonly string[]; readonly strange: boolean};

function takenBy(words: readonly Shown[], {values, switches, skips = 0, assigns}: Wrapper): Taken {
	const [taking, plain] = [flagsIn(values), new Set(flagsIn(switches))];
	const sets: string[] = [];
	let [left, strange] = [skips, false];
	for (let at = 1; at < words.length; at++) {
		const word = words[at];
		if (word === undefined) break;
		if (word.text === '--' && word.literal) return {start: at + 1 + left, sets, strange};
		const [, variable] = assigns === true ? (/^(\w+)=/.exec(word.text) ?? []) : [];
		if (isFlag(word)) {
			const attached = taking.some(flag => word.text.startsWith(flag.length === 2 ? flag : `${flag}=`));
			const cluster =
				/^-[A-Za-z0-9]+$/.test(word.text) &&
				word.text
					.slice(1)
					.split('')
					.every(letter => plain.has(`-${letter}`));
			if (taking.includes(word.text)) at += 1;
			else strange ||= !attached && !cluster && !plain.has(word.text.replace(/=.*/s, ''));
		} else if (variable !== undefined) sets.push(variable);
		else if (left === 0) return {start: at, sets, strange};
		else {
			strange ||= mayBeFlag(word);
			left -= 1;
		}
	}
	return {start: words.length, sets, strange};
}

/** What a program of the table of wrappers runs. */
export function byWrapper(invocation: Invocation, wrapper: Wrapper): Wrapping {
	const {words} = invocation;
	const {start, sets, strange} = takenBy(words, wrapper);
	const [own, rest] = [words.slice(1, start), words.slice(start)];
	const odd: readonly Inner[] = strange ? [{is: 'unclear', why: 'is given a flag that is not known here'}] : [];
	const outer = {class: wrapper.class ?? 'reading', sets, ...(wrapper.why === undefined ? {} : {why: wrapper.why})};
	if (rest.length === 0) {
		if (invocation.input !== undefined && wrapper.class !== undefined)
			return {...outer, inner: [{is: 'script', ...invocation.input}]};
		return {...outer, class: wrapper.class ?? wrapper.bare ?? 'unknown', inner: odd};
	}
	if (wrapper.joins === true) return {...outer, inner: [scriptOf(rest), ...odd]};
	if (wrapper.adds !== true) return {...outer, inner: [{is: 'command', words: rest}, ...odd]};
	return {...outer, inner: [{is: 'command', words: withMore(own, rest)}, ...odd]};
}

/** The command of `xargs` with what it reads: in the place of its mark, else at the end. */
function withMore(own: readonly Shown[], rest: readonly Shown[]): readonly Shown[] {
	const at = own.findIndex(({text}) => /^(-I|-i|--replace)/.test(text));
	const flag = own[at];
	if (flag === undefined) return [...rest, anything(rest[0] ?? {pos: 0, end: 0})];
	const attached = flag.text.replace(/^(?:-I|-i|--replace=?)/, '');
	const mark = attached !== '' ? attached : flag.text === '-I' ? (known(own[at + 1]) ?? '') : '{}';
	return rest.map(word => (word.text.includes(mark) ? {...word, literal: false, sure: word.text.indexOf(mark)} : word));
}

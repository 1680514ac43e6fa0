import type {CommandClass} from '../runbook.ts';
import type {Invocation} from './invocation.ts';
import {programOf} from './program.ts';
import {ruleOf} from './programs/index.ts';
import {flagsIn} from './rule.ts';
import {verbOf} from './verb.ts';
import {anything, isFlag, known, mayBeFlag, type Shown} from './word.ts';
import {type Wrapper, wrappers} from './wrappers.ts';

/** What a command runs in its turn. */
export type Inner =
	| {readonly is: 'command'; readonly words: readonly Shown[]}
	/** A script for another shell. Not `literal`: something is filled in before that shell reads it. */
	| {readonly is: 'script'; readonly text: string; readonly literal: boolean}
	/** Whatever it is, it does not stand here. */
	| {readonly is: 'unclear'; readonly why: string};

/** A program that is there to run another one. */
export type Wrapping = {
	/** How it asks to be treated by itself, whatever it runs. */
	readonly class: CommandClass;
	readonly why?: string;
	readonly inner: readonly Inner[];
	/** Its own words, where it does work of its own beside what it runs. */
	readonly own?: readonly Shown[];
	/** Variables that it sets for what it runs. */
	readonly sets?: readonly string[];
};

const shells = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash', 'mksh']);
const unclear = (why: string): Wrapping => ({class: 'unknown', inner: [{is: 'unclear', why}]});

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

function byWrapper(invocation: Invocation, wrapper: Wrapper): Wrapping {
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

/** `bash -c SCRIPT`, `bash <<EOF`; any other file or input is not known here. */
function byShell({words, input, piped}: Invocation): Wrapping {
	for (let at = 1; at < words.length; at++) {
		const word = words[at];
		if (word === undefined || !isFlag(word)) break;
		if (/^-[a-hj-km-z]*c$/.test(word.text)) {
			const script = words[at + 1];
			return script === undefined
				? unclear('its script does not stand here')
				: {class: 'reading', inner: [{is: 'script', text: script.text, literal: script.literal}]};
		}
		if (/^-[a-z]*o$/.test(word.text)) at += 1;
		else if (!/^-[a-hj-km-z]+$|^--(noprofile|norc|posix)$/.test(word.text)) return unclear('what it runs does not stand here');
		else if (at === words.length - 1 && input !== undefined) break;
	}
	const operands = words.slice(1).filter(word => !isFlag(word) && !/^-s?$/.test(word.text));
	if (input !== undefined && operands.every(({text}) => text === 'pipefail'))
		return {class: 'reading', inner: [{is: 'script', ...input}]};
	return unclear(piped ? 'it runs what another command prints' : 'what it runs does not stand here');
}

/** `kubectl exec POD -- COMMAND`, and those like it: what stands after the dashes. */
function afterDashes(words: readonly Shown[]): Wrapping {
	const dashes = words.findIndex(word => word.text === '--' && word.literal);
	const rest = dashes < 0 ? [] : words.slice(dashes + 1);
	return rest.length === 0
		? unclear('what it runs does not stand here')
		: {class: 'reading', inner: [{is: 'command', words: rest}]};
}

const valuesOfExec = new Set([
	'-e',
	'--env',
	'-u',
	'--user',
	'-w',
	'--workdir',
	'--env-file',
	'--detach-keys',
	'-r',
	'--runtime-endpoint',
	'-n',
	'--namespace',
	'--address',
	'-a',
	'-c',
	'--config',
	'-H',
	'--host',
	'--timeout',
	'-t0',
]);

/** `docker exec CONTAINER COMMAND`: the container is the first word that is no flag. */
function afterContainer(words: readonly Shown[], from: number): Wrapping {
	for (let at = from; at < words.length; at++) {
		const word = words[at];
		if (word === undefined) break;
		if (isFlag(word)) {
			if (valuesOfExec.has(word.text)) at += 1;
			continue;
		}
		const rest = words.slice(at + 1);
		return rest.length === 0
			? unclear('what it runs does not stand here')
			: {class: 'reading', inner: [{is: 'command', words: rest}]};
	}
	return unclear('what it runs does not stand here');
}

/** `find … -exec COMMAND ;`, each of them; undefined where there is none. */
function byFind(words: readonly Shown[]): Wrapping | undefined {
	const inner: Inner[] = [];
	const own: Shown[] = [];
	let command: Shown[] | undefined;
	for (const word of words) {
		if (/^-(exec|execdir|ok|okdir)$/.test(word.text) && command === undefined) {
			command = [];
			inner.push({is: 'command', words: command});
		} else if (command === undefined) own.push(word);
		else if (word.text === ';' || word.text === '+') command = undefined;
		else command.push(word.text.includes('{}') ? {...word, literal: false, sure: 0} : word);
	}
	return inner.length === 0 ? undefined : {class: 'reading', inner, own};
}

/** The first word of what a program with verbs is told to do. */
function firstVerb(program: string, words: readonly Shown[]): string | undefined {
	const rule = ruleOf(program);
	const verb = rule === undefined ? undefined : verbOf(words.slice(1), rule);
	return typeof verb === 'object' ? verb.words.split(' ')[0] : undefined;
}

/** Programs that take text for commands. */
const readers = new Set(['eval', 'source', '.', 'trap', 'alias', 'parallel']);

/** Whether a program is there to run another one. */
export function isWrapper(program: string): boolean {
	return Object.hasOwn(wrappers, program) || shells.has(program) || readers.has(program) || program === 'su';
}

/** What a command runs in its turn; undefined for a program that does its own work. */
export function unwrap(invocation: Invocation): Wrapping | undefined {
	const {words} = invocation;
	const program = programOf(words[0]);
	if (program === undefined) return undefined;
	if (shells.has(program)) return byShell(invocation);
	if (readers.has(program)) return unclear('it takes text for commands');
	if (program === 'su') return {class: 'destructive', why: 'runs it as another user', inner: []};
	if ((program === 'command' || program === 'exec') && /^-[vV]$/.test(words[1]?.text ?? '')) return {class: 'reading', inner: []};
	const wrapper = Object.hasOwn(wrappers, program) ? wrappers[program] : undefined;
	if (wrapper !== undefined) return byWrapper(invocation, wrapper);
	if (program === 'find') return byFind(words);
	if (program === 'kubectl' || program === 'oc') {
		const verb = firstVerb(program, words);
		return verb === 'exec' ? afterDashes(words) : verb === 'debug' ? debugging(words) : undefined;
	}
	if (['docker', 'podman', 'crictl', 'nerdctl'].includes(program)) {
		if (firstVerb(program, words) !== 'exec') return undefined;
		return afterContainer(words, words.findIndex(({text}) => text === 'exec') + 1);
	}
	if (['k3s', 'microk8s', 'rke2'].includes(program)) {
		const [next] = words.slice(1);
		return ['kubectl', 'crictl', 'ctr'].includes(known(next) ?? '')
			? {class: 'reading', inner: [{is: 'command', words: words.slice(1)}]}
			: undefined;
	}
	if (program === 'ip' && known(words[1]) === 'netns' && known(words[2]) === 'exec')
		return {class: 'reading', inner: [{is: 'command', words: words.slice(4)}]};
	return undefined;
}

/** A container for debugging is made, whatever runs in it. */
function debugging(words: readonly Shown[]): Wrapping {
	const dashes = words.findIndex(word => word.text === '--' && word.literal);
	const rest = dashes < 0 ? [] : words.slice(dashes + 1);
	return {class: 'changing', why: 'makes a container', inner: rest.length === 0 ? [] : [{is: 'command', words: rest}]};
}

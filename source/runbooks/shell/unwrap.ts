import {byShell} from './by-shell.ts';
import {byWrapper} from './by-wrapper.ts';
import {inContainer, inDebugger, inPod} from './in-container.ts';
import type {Invocation} from './invocation.ts';
import {programOf} from './program.ts';
import {ruleOf} from './programs/index.ts';
import {verbOf} from './verb.ts';
import {known, type Shown} from './word.ts';
import {wrappers} from './wrappers.ts';
import {type Inner, unclear, type Wrapping} from './wrapping.ts';

const shells = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash', 'mksh']);

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
	if (program === 'command' && /^-[vV]$/.test(words[1]?.text ?? '')) return {class: 'reading', inner: []};
	const wrapper = Object.hasOwn(wrappers, program) ? wrappers[program] : undefined;
	if (wrapper !== undefined) return byWrapper(invocation, wrapper);
	if (program === 'find') return byFind(words);
	if (program === 'kubectl' || program === 'oc') {
		const verb = firstVerb(program, words);
		return verb === 'exec' ? inPod(words) : verb === 'debug' ? inDebugger(words) : undefined;
	}
	if (['docker', 'podman', 'crictl', 'nerdctl'].includes(program))
		return firstVerb(program, words) === 'exec' ? inContainer(words) : undefined;
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

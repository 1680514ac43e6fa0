import type {CommandClass} from '../runbook.ts';
import type {Invocation} from './invocation.ts';
import {programOf} from './program.ts';
import {ruleOf} from './programs/index.ts';
import {verbOf} from './verb.ts';
import {anything, isFlag, known, mayBeFlag, type Shown} from './word.ts';

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
};

type Wrapper = {
	/** Flags that take the next word. */
	readonly values: string;
	/** Words that are no flags before the command: a duration, a host. */
	readonly skips?: number;
	/** It may set variables first. */
	readonly assigns?: true;
	readonly class?: CommandClass;
	readonly why?: string;
	/** With one of these flags it runs nothing that stands here. */
	readonly unclear?: string;
	/** It joins its words and has a shell read them again. */
	readonly joins?: true;
	/** It adds words of its own at the end. */
	readonly adds?: true;
	/** Without a command it is as harmless as this. */
	readonly bare?: CommandClass;
};

const asRoot = {class: 'destructive', why: 'runs it as another user'} as const;

const wrappers: Readonly<Record<string, Wrapper>> = {
	env: {values: '-u -C --unset --chdir', assigns: true, unclear: '-S --split-string', bare: 'unknown'},
	sudo: {values: '-u -g -h -p -C -T -r -t -D -R -U --user --group --host --chdir --prompt', assigns: true, ...asRoot},
	doas: {values: '-u -C', ...asRoot},
	timeout: {values: '-s -k --signal --kill-after', skips: 1},
	nice: {values: '-n --adjustment'},
	ionice: {values: '-c -n --class --classdata', unclear: '-p --pid'},
	chrt: {values: '', skips: 1},
	nohup: {values: '', unclear: ''},
	setsid: {values: ''},
	stdbuf: {values: '-i -o -e --input --output --error'},
	time: {values: '-f --format', unclear: '-o --output -a'},
	command: {values: ''},
	builtin: {values: ''},
	noglob: {values: ''},
	nocorrect: {values: ''},
	exec: {values: '-a', bare: 'reading'},
	watch: {values: '-n -q --interval --equexit', joins: true},
	xargs: {values: '-n -P -L -s -d -E -I -a -i --max-args --max-procs --delimiter --replace --arg-file', adds: true},
	ssh: {
		values: '-b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w -B',
		skips: 1,
		joins: true,
		class: 'destructive',
		why: 'runs it on another host',
	},
	flock: {values: '-w -E --timeout', skips: 1, class: 'changing', why: 'may make a file to lock'},
	chroot: {values: '--userspec --groups', skips: 1},
	nsenter: {values: '-t --target -S -G'},
	unshare: {values: ''},
	'systemd-run': {values: '-p -u --unit --property', class: 'changing', why: 'starts a unit'},
	caffeinate: {values: '-t -w'},
	'aws-vault': {values: '', skips: 2},
};

const shells = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash', 'mksh', 'fish']);
const unclear = (why: string): Wrapping => ({class: 'unknown', inner: [{is: 'unclear', why}]});

function scriptOf(words: readonly Shown[]): Inner {
	return {is: 'script', text: words.map(({text}) => text).join(' '), literal: words.every(({literal}) => literal)};
}

/** Where the words of the command begin, after the flags and what else the wrapper takes for itself; undefined where that cannot be told. */
function startOf(words: readonly Shown[], {values, skips = 0, assigns}: Wrapper): number | undefined {
	const taking = new Set(values.split(' '));
	let left = skips;
	for (let at = 1; at < words.length; at++) {
		const word = words[at];
		if (word === undefined) break;
		if (word.text === '--' && word.literal) return at + 1 + left;
		if (isFlag(word)) {
			if (taking.has(word.text)) at += 1;
		} else if (mayBeFlag(word) && left === 0) {
			return at;
		} else if (!(assigns === true && /^\w+=/.test(word.text))) {
			if (left === 0) return at;
			left -= 1;
		}
	}
	return words.length;
}

function byWrapper(invocation: Invocation, wrapper: Wrapper): Wrapping {
	const {words} = invocation;
	const start = startOf(words, wrapper) ?? words.length;
	const own = words.slice(1, start);
	const rest = words.slice(start);
	const outer = {class: wrapper.class ?? 'reading', ...(wrapper.why === undefined ? {} : {why: wrapper.why})};
	if (wrapper.unclear?.split(' ').some(flag => flag !== '' && own.some(({text}) => text === flag || text.startsWith(`${flag}=`))))
		return unclear('what it runs cannot be told');
	if (rest.length === 0) {
		if (invocation.input !== undefined) return {...outer, inner: [{is: 'script', ...invocation.input}]};
		return {...outer, class: wrapper.class ?? wrapper.bare ?? 'unknown', inner: []};
	}
	if (wrapper.joins === true) return {...outer, inner: [scriptOf(rest)]};
	if (wrapper.adds !== true) return {...outer, inner: [{is: 'command', words: rest}]};
	const replaced = own.findIndex(({text}) => /^(-I|-i|--replace)/.test(text));
	if (replaced < 0) return {...outer, inner: [{is: 'command', words: [...rest, anything(words[0] ?? {pos: 0, end: 0})]}]};
	const [flag, next] = [own[replaced], own[replaced + 1]];
	const mark = /^(?:-I|-i|--replace=?)(.*)$/.exec(flag?.text ?? '')?.[1] || known(next) || '{}';
	const filled = rest.map(word => (word.text.includes(mark) ? {...word, literal: false, sure: word.text.indexOf(mark)} : word));
	return {...outer, inner: [{is: 'command', words: filled}]};
}

/** `bash -c SCRIPT`, `bash <<EOF`; any other file or input is not known here. */
function byShell({words, input, piped}: Invocation): Wrapping {
	for (let at = 1; at < words.length; at++) {
		const word = words[at];
		if (word === undefined || !isFlag(word)) break;
		if (/^-[a-z]*c$/.test(word.text)) {
			const script = words[at + 1];
			return script === undefined
				? unclear('its script does not stand here')
				: {class: 'reading', inner: [{is: 'script', text: script.text, literal: script.literal}]};
		}
		if (/^-[a-z]*o$/.test(word.text)) at += 1;
		else if (!/^-[a-z]+$|^--(login|noprofile|norc|posix)$/.test(word.text)) return unclear('what it runs does not stand here');
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

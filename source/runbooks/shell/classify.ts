import {safeText} from '../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import type {CommandClass} from '../runbook.ts';
import {type Invocation, type Sight, sightsOf} from './invocation.ts';
import {judge, type Verdict} from './judge.ts';
import {programOf} from './program.ts';
import {unwrap} from './unwrap.ts';
import {worse} from './verb.ts';
import type {Inner} from './wrapping.ts';

/** What a script does to the world, the part of it that says so, and the programs that it runs, nested ones included. */
export type Classed = {
	readonly class: CommandClass;
	readonly why: SafeText;
	readonly programs: readonly SafeText[];
};

/** Variables that change what other commands do, or which cluster they do it to. */
const potent =
	/^(?:PATH|path|fpath|cdpath|CDPATH|IFS|ENV|BASH_ENV|SHELL|SHELLOPTS|BASHOPTS|PROMPT_COMMAND|PS4|LD_\w+|DYLD_\w+|\w*PAGER|\w*EDITOR|VISUAL|LESS\w*|GIT_\w+|KUBE\w*|HELM_\w+|TALOSCONFIG|OMNICONFIG|ARGOCD_\w+|\w+_(?:COMMAND|PROGRAM|RSH|PLUGINS|LOADER)|NODE_OPTIONS|PYTHON\w+|PERL5\w+|RUBY\w+|FPATH|ZDOTDIR|HISTFILE|PSQLRC)$/;

const depth = 8;

type Looked = {readonly verdicts: readonly Verdict[]; readonly programs: readonly string[]};

const nothing: Looked = {verdicts: [], programs: []};
const none: ReadonlySet<string> = new Set();

function ofInvocation(invocation: Invocation, functions: ReadonlySet<string>, deep: number): Looked {
	const {words} = invocation;
	const program = programOf(words[0]);
	// What a function does is seen where it is defined.
	if (program !== undefined && functions.has(program)) return nothing;
	const wrapping = unwrap(invocation);
	const programs = program === undefined ? [] : [program];
	if (wrapping === undefined) return {verdicts: [judge(invocation)], programs};
	const name = safeText(program ?? '', 60);
	const set = wrapping.sets?.find(one => potent.test(one));
	const outer: readonly Verdict[] = [
		...(wrapping.class === 'reading'
			? []
			: [{class: wrapping.class, why: say`${name} ${own(wrapping.why ?? 'is not known here')}`}]),
		...(wrapping.own === undefined ? [] : [judge({words: wrapping.own})]),
		...(set === undefined ? [] : [potency(set)]),
	];
	const inner = wrapping.inner.map(one => ofInner(one, invocation, name, deep + 1));
	return {
		verdicts: [...outer, ...inner.flatMap(({verdicts}) => verdicts)],
		programs: [...programs, ...inner.flatMap(one => one.programs)],
	};
}

/** What a wrapper runs: another program knows nothing of the functions of this script. */
function ofInner(inner: Inner, {piped, input}: Invocation, name: SafeText, deep: number): Looked {
	if (inner.is === 'unclear') return {verdicts: [{class: 'unknown', why: say`${name}: ${own(inner.why)}`}], programs: []};
	if (deep > depth) return {verdicts: [{class: 'unknown', why: own('it is nested too deep')}], programs: []};
	if (inner.is === 'command')
		return ofInvocation({words: inner.words, set: [], piped, ...(input === undefined ? {} : {input})}, none, deep);
	const looked = ofScript(inner.text, deep);
	if (inner.literal) return looked;
	return {...looked, verdicts: [...looked.verdicts, {class: 'unknown', why: say`${name} runs text that is filled in`}]};
}

function ofSight(sight: Sight, functions: ReadonlySet<string>, deep: number): Looked {
	switch (sight.is) {
		case 'runs': {
			const changed = sight.invocation.set.find(name => potent.test(name));
			const here = ofInvocation(sight.invocation, functions, deep);
			return changed === undefined ? here : {...here, verdicts: [...here.verdicts, potency(changed)]};
		}
		case 'writes':
			return {verdicts: [writing(sight.to)], programs: []};
		case 'sets':
			return potent.test(sight.name) ? {verdicts: [potency(sight.name)], programs: []} : nothing;
		default:
			return {verdicts: [{class: 'unknown', why: own(sight.why)}], programs: []};
	}
}

function ofScript(script: string, deep: number): Looked {
	const {seen, functions} = sightsOf(script);
	const looked = seen.map(sight => ofSight(sight, new Set(functions), deep));
	return {verdicts: looked.flatMap(({verdicts}) => verdicts), programs: looked.flatMap(({programs}) => programs)};
}

const potency = (name: string): Verdict => ({
	class: 'unknown',
	why: say`it sets ${safeText(name, 60)}, which changes what commands do`,
});

function writing(to: string | undefined): Verdict {
	if (to?.startsWith('/dev/') === true) return {class: 'destructive', why: say`it writes to ${safeText(to, 60)}`};
	return {class: 'changing', why: to === undefined ? own('it writes a file') : say`it writes ${safeText(to, 60)}`};
}

/**
 * Classes a script by a shell parser and the table of programs: reading only where every part of it surely reads, pipes,
 * substitutions, functions and nested commands included. What cannot be parsed is unknown. Nothing is run.
 */
export function classify(script: string): Classed {
	const {verdicts, programs} = ofScript(script, 0);
	const worst = verdicts.reduce<CommandClass>((so, verdict) => worse(so, verdict.class), 'reading');
	const why = verdicts.find(verdict => verdict.class === worst)?.why ?? own('it runs nothing');
	return {class: worst, why, programs: [...new Set(programs)].map(program => safeText(program, 60))};
}

import {safeText} from '../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import type {CommandClass} from '../runbook.ts';
import {type Invocation, sightsOf} from './invocation.ts';
import {judge, type Verdict} from './judge.ts';
import {programOf} from './program.ts';
import {unwrap} from './unwrap.ts';
import {worse} from './verb.ts';

/** What a script does to the world, the part of it that says so, and the programs that it runs, nested ones included. */
export type Classed = {
	readonly class: CommandClass;
	readonly why: SafeText;
	readonly programs: readonly SafeText[];
};

/** Variables that change what other commands do. */
const potent =
	/^(PATH|path|fpath|cdpath|CDPATH|IFS|ENV|BASH_ENV|SHELL|SHELLOPTS|BASHOPTS|PROMPT_COMMAND|PS4|LD_\w+|DYLD_\w+|\w*PAGER|\w*EDITOR|VISUAL|LESS\w*|GIT_\w+|KUBECTL_EXTERNAL_DIFF|NODE_OPTIONS|PYTHON\w+|PERL5\w+|RUBY\w+|FPATH|ZDOTDIR|HISTFILE|\w*_LOADER)$/;

const depth = 8;

type Looked = {readonly verdicts: readonly Verdict[]; readonly programs: readonly string[]};

function ofInvocation(invocation: Invocation, functions: ReadonlySet<string>, deep: number): Looked {
	const {words} = invocation;
	const program = programOf(words[0]);
	// What a function does is seen where it is defined.
	if (program !== undefined && functions.has(program)) return {verdicts: [], programs: []};
	const wrapping = unwrap(invocation);
	const programs = program === undefined ? [] : [program];
	if (wrapping === undefined) return {verdicts: [judge(invocation)], programs};
	const name = safeText(program ?? '', 60);
	const outer: readonly Verdict[] = [
		...(wrapping.class === 'reading'
			? []
			: [{class: wrapping.class, why: say`${name} ${own(wrapping.why ?? 'is not known here')}`}]),
		...(wrapping.own === undefined ? [] : [judge({words: wrapping.own})]),
	];
	const inner = wrapping.inner.map((one): Looked => {
		if (one.is === 'unclear') return {verdicts: [{class: 'unknown', why: say`${name}: ${own(one.why)}`}], programs: []};
		if (deep >= depth) return {verdicts: [{class: 'unknown', why: own('it is nested too deep')}], programs: []};
		if (one.is === 'command')
			return ofInvocation(
				{
					words: one.words,
					set: [],
					piped: invocation.piped,
					...(invocation.input === undefined ? {} : {input: invocation.input}),
				},
				functions,
				deep + 1,
			);
		const looked = ofScript(one.text, functions, deep + 1);
		return one.literal
			? looked
			: {...looked, verdicts: [...looked.verdicts, {class: 'unknown', why: say`${name} runs text that is filled in`}]};
	});
	return {
		verdicts: [...outer, ...inner.flatMap(({verdicts}) => verdicts)],
		programs: [...programs, ...inner.flatMap(one => one.programs)],
	};
}

function ofScript(script: string, known: ReadonlySet<string>, deep: number): Looked {
	const sights = sightsOf(script);
	const functions = new Set([
		...known,
		...sights.filter(({is}) => is === 'defines').map(sight => (sight.is === 'defines' ? sight.name : '')),
	]);
	const looked = sights.map((sight): Looked => {
		switch (sight.is) {
			case 'runs': {
				const {set} = sight.invocation;
				const changed = set.find(name => potent.test(name));
				const here = ofInvocation(sight.invocation, functions, deep);
				return changed === undefined ? here : {...here, verdicts: [...here.verdicts, potency(changed)]};
			}
			case 'writes':
				return {verdicts: [writing(sight.to)], programs: []};
			case 'sets':
				return {verdicts: potent.test(sight.name) ? [potency(sight.name)] : [], programs: []};
			case 'unclear':
				return {verdicts: [{class: 'unknown', why: own(sight.why)}], programs: []};
			default:
				return {verdicts: [], programs: []};
		}
	});
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
	const {verdicts, programs} = ofScript(script, new Set(), 0);
	const worst = verdicts.reduce<CommandClass>((so, verdict) => worse(so, verdict.class), 'reading');
	const why = verdicts.find(verdict => verdict.class === worst)?.why ?? own('it runs nothing');
	return {class: worst, why, programs: [...new Set(programs)].map(program => safeText(program, 60))};
}

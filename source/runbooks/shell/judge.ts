import {safeText} from '../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import type {CommandClass} from '../runbook.ts';
import {holdsFlag, operandsWithin} from './flags.ts';
import type {Invocation} from './invocation.ts';
import {programOf} from './program.ts';
import {ruleOf} from './programs/index.ts';
import {flagsIn, type Rule} from './rule.ts';
import {printsSecretFile, printsSecrets} from './secrets.ts';
import {psqlReads} from './sql.ts';
import {type Verb, verbOf, worse} from './verb.ts';
import type {Shown} from './word.ts';

export type Verdict = {readonly class: CommandClass; readonly why: SafeText};

/** Text that stands in a script, as it may be shown. */
const shown = (text: string): SafeText => safeText(text, 60);

const classes: readonly CommandClass[] = ['destructive', 'changing', 'unknown', 'reading'];

/** The worst that flags of the table say; words that are a flag of their own are not taken for several of one letter. */
function byFlags(words: readonly Shown[], rule: Rule): {readonly class: CommandClass; readonly flag: string} | undefined {
	const whole = new Set(flagsIn(rule.switches));
	const others = words.filter(({text}) => !whole.has(text));
	for (const of of classes) {
		const flag = flagsIn(rule.flags?.[of]).find(one => holdsFlag(others, [one]));
		if (flag !== undefined) return {class: of, flag};
	}
	return undefined;
}

/** Whether it is given nothing but what it reads with. */
function onlyReads(words: readonly Shown[], rule: Rule): boolean {
	if (rule.only === undefined || (rule.needs !== undefined && !holdsFlag(words, flagsIn(rule.needs)))) return false;
	const operands = operandsWithin(words, flagsIn(rule.only));
	if (operands === undefined || ((rule.alone === true || rule.verbs !== undefined) && operands.length > 0)) return false;
	const [first] = operands;
	return rule.first === undefined || ((first === undefined || first.literal) && rule.first.test(first?.text ?? ''));
}

/** The class of a command by what the table knows of its program, before its flags are looked at. */
function byRule(words: readonly Shown[], rule: Rule, verb: Verb | 'bare' | undefined): CommandClass {
	if (rule.verbs === undefined) return rule.class;
	const of = verb === 'bare' ? rule.class : (verb?.class ?? 'unknown');
	return rule.only !== undefined && of === 'reading' && operandsWithin(words, flagsIn(rule.only)) === undefined ? 'unknown' : of;
}

const plainWords: Readonly<Record<CommandClass, SafeText>> = {
	reading: own('reads'),
	changing: own('changes something'),
	destructive: own('destroys, or cannot be taken back'),
	unknown: own('is not known here'),
};

/** What a command does that runs no other, and why it is taken for that. */
export function judge({words, input}: Pick<Invocation, 'words' | 'input'>): Verdict {
	const program = programOf(words[0]);
	if (program === undefined) return {class: 'unknown', why: say`what ${shown(words[0]?.text ?? '')} runs is not known here`};
	const rest = words.slice(1);
	if (program === 'psql') {
		return psqlReads(rest, input)
			? {class: 'reading', why: own('psql reads')}
			: {class: 'unknown', why: own('psql may change what it is told to')};
	}
	if (program === '[' || program === 'test') return testing(rest);
	const rule = ruleOf(program);
	const name = shown(program);
	if (rule === undefined) return {class: 'unknown', why: say`${name} is not known here`};
	const verb = rule.verbs === undefined ? undefined : verbOf(rest, rule);
	const told = typeof verb === 'object' ? say`${name} ${shown(verb.words)}` : name;
	const isGiven = onlyReads(rest, rule);
	const plain = isGiven ? 'reading' : byRule(rest, rule, verb);
	const flagged = isGiven ? undefined : byFlags(rest, rule);
	if (flagged?.class === 'reading' && verb === 'bare') return {class: 'reading', why: say`${name} ${shown(flagged.flag)} reads`};
	const isDry =
		rule.dry !== undefined && holdsFlag(rest, flagsIn(rule.dry)) && rest.every(({literal}) => literal) && dryOnly(rest, rule.dry);
	if (isDry && plain !== 'unknown') return {class: 'reading', why: say`${told} says only what it would do`};
	const worst =
		flagged === undefined || flagged.class === 'reading'
			? plain
			: plain === 'unknown' && flagged.class === 'changing'
				? 'changing'
				: worse(plain, flagged.class);
	if (worst !== 'reading') {
		const why = flagged !== undefined && worst === flagged.class && worst !== plain ? say`${told} ${shown(flagged.flag)}` : told;
		return {
			class: worst,
			why: say`${why} ${rule.verbs !== undefined && verb === undefined && flagged === undefined ? own('is told something that is not known here') : plainWords[worst]}`,
		};
	}
	if (rule.wary === true && rest.some(({several}) => several))
		return {class: 'unknown', why: say`${name} may be given flags that are not seen here`};
	if (rule.prints === true && printsSecretFile(rest)) return {class: 'unknown', why: say`${name} may print secrets`};
	const secrets = typeof verb === 'object' ? printsSecrets(program, verb, rest, rule) : undefined;
	if (secrets !== undefined) return {class: 'unknown', why: say`${told} ${own(secrets)}`};
	return {class: 'reading', why: say`${told} reads`};
}

/** Every flag that makes it dry says so: the last one would count. */
function dryOnly(words: readonly Shown[], dry: string): boolean {
	const allowed = new Set(flagsIn(dry));
	const names = new Set([...allowed].map(flag => flag.split('=')[0]));
	const given = words.filter(({text}) => names.has(text.split('=')[0] ?? ''));
	return given.every(({text}) => allowed.has(text)) && !words.some(({text}) => /^(-o|--output)/.test(text));
}

/** Some shells take what stands beside `-eq` for an expression, which can run commands. */
function testing(words: readonly Shown[]): Verdict {
	const computes = words.some(({text}) => /^-(eq|ne|lt|le|gt|ge|v|R)$/.test(text)) && words.some(({literal}) => !literal);
	return computes
		? {class: 'unknown', why: own('a test computes with what is not known here')}
		: {class: 'reading', why: own('a test reads')};
}

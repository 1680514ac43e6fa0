import {safeText} from '../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import type {CommandClass} from '../runbook.ts';
import {holdsFlag, operandsWithin} from './flags.ts';
import type {Invocation} from './invocation.ts';
import {programOf} from './program.ts';
import {ruleOf} from './programs/index.ts';
import {flagsIn, type Rule, verbsIn} from './rule.ts';
import {printsSecretFile, printsSecrets} from './secrets.ts';
import {psqlReads} from './sql.ts';
import {type Verb, verbOf, worse} from './verb.ts';
import type {Shown} from './word.ts';

export type Verdict = {readonly class: CommandClass; readonly why: SafeText};

/** Text that stands in a script, as it may be shown. */
const shown = (text: string): SafeText => safeText(text, 60);

const worstFirst: readonly CommandClass[] = ['destructive', 'changing', 'unknown', 'reading'];

/** Programs of GNU take a long flag also by its beginning: `--rot` is `--rotate`. */
function spelledOut(word: Shown, {flags = {}}: Rule): Shown {
	const [name = ''] = word.text.split('=');
	const meant = name.length > 3 ? worstFirst.flatMap(of => flagsIn(flags[of])).find(flag => flag.startsWith(name)) : undefined;
	return meant === undefined ? word : {...word, text: meant + word.text.slice(name.length)};
}

/** The worst that flags of the table say; words that are a flag of their own are not taken for several of one letter. */
function byFlags(words: readonly Shown[], rule: Rule): {readonly class: CommandClass; readonly flag: string} | undefined {
	const whole = new Set(flagsIn(rule.switches));
	const others = words.filter(({text}) => !whole.has(text)).map(word => (rule.wary === true ? spelledOut(word, rule) : word));
	for (const of of worstFirst) {
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
	const begins = rule.first === undefined || (first?.literal !== false && rule.first.test(first?.text ?? ''));
	const all = rule.each === undefined || operands.every(({text, literal}) => literal && rule.each?.test(text) === true);
	return begins && all && (rule.never === undefined || !words.some(({text}) => rule.never?.test(text)));
}

/** The class of a command by what the table knows of its program, before its flags are looked at. */
function byRule(words: readonly Shown[], rule: Rule, verb: Verb | 'bare' | undefined): CommandClass {
	if (rule.verbs === undefined) return rule.class;
	const of = verb === 'bare' ? rule.class : (verb?.class ?? 'unknown');
	return rule.only !== undefined && of === 'reading' && operandsWithin(words, flagsIn(rule.only)) === undefined ? 'unknown' : of;
}

/**
 * Whether a verb that can be is told only to say what it would do: by every such flag, since the last one counts, and with
 * nothing filled in that could be another.
 */
function isDry(words: readonly Shown[], {words: verb}: Verb, {flags, verbs}: NonNullable<Rule['dry']>): boolean {
	const allowed = new Set(flagsIn(flags));
	const names = new Set([...allowed].map(flag => flag.split('=')[0]));
	const given = words.filter(({text}) => names.has(text.split('=')[0]));
	const isSure = given.length > 0 && given.every(({text}) => allowed.has(text)) && words.every(({literal}) => literal);
	return isSure && verbsIn(verbs).includes(verb) && !words.some(({text}) => /^-[A-Za-z]*o|^--output/.test(text));
}

/** What else keeps a command from surely reading, though its program and its verb do; undefined where nothing does. */
function doubt(program: string, words: readonly Shown[], rule: Rule, verb: Verb | 'bare' | undefined): string | undefined {
	if (holdsFlag(words, flagsIn(rule.elsewhere?.file))) return 'is led by a file that may run commands';
	if (rule.wary === true && words.some(({several}) => several)) return 'may be given flags that are not seen here';
	if (rule.prints === true && printsSecretFile(words)) return 'may print secrets';
	return typeof verb === 'object' ? printsSecrets(program, verb, words, rule) : undefined;
}

const plainWords: Readonly<Record<CommandClass, SafeText>> = {
	reading: own('reads'),
	changing: own('changes something'),
	destructive: own('destroys, or cannot be taken back'),
	unknown: own('is not known here'),
};

function byTable(program: string, words: readonly Shown[], rule: Rule): Verdict {
	const name = shown(program);
	const verb = rule.verbs === undefined ? undefined : verbOf(words, rule);
	const told = typeof verb === 'object' ? say`${name} ${shown(verb.words)}` : name;
	const isGiven = onlyReads(words, rule);
	const plain = isGiven ? 'reading' : byRule(words, rule, verb);
	const flagged = isGiven ? undefined : byFlags(words, rule);
	if (flagged?.class === 'reading' && verb === 'bare') return {class: 'reading', why: say`${name} ${shown(flagged.flag)} reads`};
	if (typeof verb === 'object' && rule.dry !== undefined && isDry(words, verb, rule.dry))
		return {class: 'reading', why: say`${told} says only what it would do`};
	const worst = flagged === undefined ? plain : worse(plain, flagged.class);
	if (flagged !== undefined && worst !== plain)
		return {class: worst, why: say`${told} ${shown(flagged.flag)} ${plainWords[worst]}`};
	if (worst === 'unknown' && rule.verbs !== undefined && verb === undefined)
		return {class: worst, why: say`${name} is told something that is not known here`};
	const doubted = worst === 'reading' ? doubt(program, words, rule, verb) : undefined;
	return doubted === undefined
		? {class: worst, why: say`${told} ${plainWords[worst]}`}
		: {class: 'unknown', why: say`${told} ${own(doubted)}`};
}

/** Some shells take what stands beside `-eq` for an expression, and what stands after `-v` for a name: both can run commands. */
function testing(words: readonly Shown[]): Verdict {
	const isNamed = words.some(({text}) => /^-[vR]$/.test(text));
	const isNumeric = words.some(({text}) => /^-(?:eq|ne|lt|le|gt|ge)$/.test(text));
	const isPlain = words.every(({text, literal}) => literal && /^(?:-?\d+|-\w+|[!\]()])$/.test(text));
	return isNamed || (isNumeric && !isPlain)
		? {class: 'unknown', why: own('a test computes with what is not known here')}
		: {class: 'reading', why: own('a test reads')};
}

/** What a command does that runs no other, and why it is taken for that. */
export function judge({words: [first, ...words], input}: Pick<Invocation, 'words' | 'input'>): Verdict {
	const program = programOf(first);
	if (program === undefined) return {class: 'unknown', why: say`what ${shown(first?.text ?? '')} runs is not known here`};
	if (program === '[' || program === 'test') return testing(words);
	if (program === 'psql') {
		const why = psqlReads(words, input) ? own('psql reads') : own('psql may change what it is told to');
		return {class: psqlReads(words, input) ? 'reading' : 'unknown', why};
	}
	const rule = ruleOf(program);
	return rule === undefined ? {class: 'unknown', why: say`${shown(program)} is not known here`} : byTable(program, words, rule);
}

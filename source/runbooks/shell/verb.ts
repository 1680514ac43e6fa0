import {memoised} from '../../vocabulary.ts';
import type {CommandClass} from '../runbook.ts';
import {flagsIn, type Rule, verbsIn} from './rule.ts';
import {isFlag, known, type Shown} from './word.ts';

const order: readonly CommandClass[] = ['reading', 'unknown', 'changing', 'destructive'];

/** The worse of two classes: what asks for more. */
export function worse(a: CommandClass, b: CommandClass): CommandClass {
	return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/** A rule, ready to be looked things up in. */
const tableOf = memoised((rule: Rule) => ({
	values: new Set(flagsIn(rule.values)),
	switches: new Set(flagsIn(rule.switches)),
	// The worst comes last, and so stays where a verb is listed twice.
	verbs: new Map(order.flatMap(of => verbsIn(rule.verbs?.[of]).map(verb => [verb, of] as const))),
}));

/** The words that are no flags; `taking`: whether a flag that is not known takes the next word. */
function operandsOf(words: readonly Shown[], rule: Rule, taking: boolean): readonly Shown[] {
	const {values, switches} = tableOf(rule);
	const operands: Shown[] = [];
	for (let at = 0; at < words.length; at++) {
		const word = words[at];
		if (word === undefined || (word.text === '--' && word.literal)) continue;
		if (!isFlag(word)) {
			operands.push(word);
			continue;
		}
		const {text} = word;
		const attached = text.includes('=') || (!text.startsWith('--') && text.length > 2 && values.has(text.slice(0, 2)));
		if (attached || switches.has(text)) continue;
		if (values.has(text) || taking) at += 1;
	}
	return operands;
}

export type Verb = {readonly words: string; readonly class: CommandClass};

function find(operands: readonly Shown[], rule: Rule): Verb | undefined {
	const sure = operands.slice(0, 4).map(known);
	const until = sure.indexOf(undefined);
	const words = (until < 0 ? sure : sure.slice(0, until)).filter(word => word !== undefined);
	for (let length = words.length; length > 0; length--) {
		const verb = words.slice(0, length).join(' ');
		const {verbs} = tableOf(rule);
		const found = verbs.get(verb) ?? (operands.length === length ? verbs.get(`${verb}.`) : undefined);
		if (found !== undefined) return {words: verb, class: found};
	}
	return undefined;
}

/**
 * What a program with verbs is told to do. A flag that is not known is taken both ways, with the next word as its value and
 * without; the worse counts. Undefined where the verb cannot be told; `bare` where there is none.
 */
export function verbOf(words: readonly Shown[], rule: Rule): Verb | 'bare' | undefined {
	const [as, taken] = [operandsOf(words, rule, false), operandsOf(words, rule, true)];
	if (as.length === 0) return 'bare';
	const [one, other] = [find(as, rule), find(taken, rule)];
	if (one === undefined || other === undefined) return undefined;
	return worse(one.class, other.class) === one.class ? one : other;
}

import {keyOf, type Subject} from '../vocabulary.ts';
import {type Concern, type Weight, weights} from './plan.ts';

/** An object, told apart from all others. */
export const keyOfSubject = ({resource, namespace, name}: Subject): string => `${resource} ${keyOf(namespace, name)}`;

/** One for each object that a concern is about. Where it names none, its words tell it from others; figures in them may turn. */
function keysOf({check, about, objects = [], text}: Concern): readonly string[] {
	const subjects = about === undefined ? objects : [about];
	const whats = subjects.length === 0 ? [text.replaceAll(/\d+/g, '#')] : subjects.map(keyOfSubject);
	return whats.map(what => `${check} ${what}`);
}

const rank = (weight: Weight): number => weights.indexOf(weight);
const lightest = rank('tells');

/** What stands against a plan now and did not before, or not for each of its objects, or did so less. What is only good to know stands against nothing. */
export function heavier(before: readonly Concern[], now: readonly Concern[]): readonly Concern[] {
	const known = new Map<string, number>();
	for (const concern of before)
		for (const key of keysOf(concern)) known.set(key, Math.min(rank(concern.weight), known.get(key) ?? lightest));
	return now.filter(concern => keysOf(concern).some(key => rank(concern.weight) < (known.get(key) ?? lightest)));
}

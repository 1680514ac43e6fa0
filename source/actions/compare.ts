import {safeText} from '../cluster/safe-text.ts';
import {keyOf, own, type SafeText, type Subject, say} from '../vocabulary.ts';
import {count, join} from '../words.ts';
import {type Concern, type Confirm, type Plan, type PlannedObject, type Weight, weights} from './plan.ts';

const keyOfSubject = ({resource, namespace, name}: Subject): string => `${resource} ${keyOf(namespace, name)}`;

/** Where a concern names no object, its words tell it from others; figures in them may turn. */
const keyOfConcern = ({check, about, text}: Concern): string =>
	`${check} ${about === undefined ? text.replaceAll(/\d+/g, '#') : keyOfSubject(about)}`;

/** What did not stand against it before, or did so less. What is only good to know is no reason to ask again. */
function heavier(before: readonly Concern[], now: readonly Concern[]): readonly SafeText[] {
	const known = new Map<string, Weight>();
	for (const concern of before) {
		const key = keyOfConcern(concern);
		const weight = known.get(key) ?? 'tells';
		known.set(key, weights.indexOf(concern.weight) < weights.indexOf(weight) ? concern.weight : weight);
	}
	return now
		.filter(concern => weights.indexOf(concern.weight) < weights.indexOf(known.get(keyOfConcern(concern)) ?? 'tells'))
		.map(({text}) => say`new: ${text}`);
}

/** Objects that a sentence can take in. */
const mostNamed = 3;

function listed(objects: readonly PlannedObject[]): SafeText {
	const names = objects.slice(0, mostNamed).map(({subject}) => safeText(keyOf(subject.namespace, subject.name), 120));
	const more = objects.length > mostNamed ? say` and ${objects.length - mostNamed} more` : own('');
	return say`${join(names)}${more}`;
}

function otherObjects(before: readonly PlannedObject[], now: readonly PlannedObject[]): readonly SafeText[] {
	const known = new Map(before.map(({subject, uid}) => [keyOfSubject(subject), uid]));
	const news = now.filter(({subject}) => !known.has(keyOfSubject(subject)));
	const others = now.filter(({subject, uid}) => (known.get(keyOfSubject(subject)) ?? uid) !== uid);
	const still = new Set(now.map(({subject}) => keyOfSubject(subject)));
	const gone = before.filter(({subject}) => !still.has(keyOfSubject(subject)));
	return [
		...(news.length === 0 ? [] : [say`${count(news.length, 'object')} more: ${listed(news)}`]),
		...(others.length === 0 ? [] : [say`no longer the same, though named so: ${listed(others)}`]),
		// Less to do is told where there is something to tell.
		...(gone.length === 0 || news.length + others.length === 0 ? [] : [say`no longer there: ${listed(gone)}`]),
	];
}

function confirmChanged(before: Confirm, now: Confirm): readonly SafeText[] {
	if (now.ask === 'yes' || (before.ask === 'name' && before.name === now.name)) return [];
	return [say`now ${safeText(now.name, 253)} has to be typed: ${now.why}`];
}

/** What became different between two plans for the same, in words, as far as somebody has to be asked again; none where they need not. */
export function changesOf(before: Plan, now: Plan): readonly SafeText[] {
	return [
		...heavier(before.concerns, now.concerns),
		...otherObjects(before.objects ?? [], now.objects ?? []),
		...confirmChanged(before.confirm, now.confirm),
	];
}

import {safeText} from '../cluster/safe-text.ts';
import {keyOf, type SafeText, say} from '../vocabulary.ts';
import {count} from '../words.ts';
import {heavier, keyOfSubject} from './heavier.ts';
import {listed} from './listed.ts';
import type {Confirm, Plan, PlannedObject} from './plan.ts';

const listedObjects = (objects: readonly PlannedObject[]): SafeText =>
	listed(objects.map(({subject}) => safeText(keyOf(subject.namespace, subject.name), 120)));

function otherObjects(before: readonly PlannedObject[], now: readonly PlannedObject[]): readonly SafeText[] {
	const known = new Map(before.map(({subject, uid}) => [keyOfSubject(subject), uid]));
	const news = now.filter(({subject}) => !known.has(keyOfSubject(subject)));
	const others = now.filter(({subject, uid}) => (known.get(keyOfSubject(subject)) ?? uid) !== uid);
	const still = new Set(now.map(({subject}) => keyOfSubject(subject)));
	const gone = before.filter(({subject}) => !still.has(keyOfSubject(subject)));
	return [
		...(news.length === 0 ? [] : [say`${count(news.length, 'object')} more: ${listedObjects(news)}`]),
		...(others.length === 0 ? [] : [say`no longer the same, though named so: ${listedObjects(others)}`]),
		// Less to do is told where there is something to tell.
		...(gone.length === 0 || news.length + others.length === 0 ? [] : [say`no longer there: ${listedObjects(gone)}`]),
	];
}

function confirmChanged(before: Confirm, now: Confirm): readonly SafeText[] {
	if (now.ask === 'yes' || (before.ask === 'name' && before.name === now.name)) return [];
	return [say`now ${safeText(now.name, 253)} has to be typed: ${now.why}`];
}

/** What became different between two plans for the same, in words, as far as somebody has to be asked again; none where they need not. */
export function changesOf(before: Plan, now: Plan): readonly SafeText[] {
	return [
		...heavier(before.concerns, now.concerns).map(({text}) => say`new: ${text}`),
		...otherObjects(before.objects ?? [], now.objects ?? []),
		...confirmChanged(before.confirm, now.confirm),
	];
}

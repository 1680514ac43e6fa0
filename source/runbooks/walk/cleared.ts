import type {Ledger} from '../../findings/judge.ts';
import {partsOf} from '../match/occasion.ts';

/** What a name means: one finding; all of an id, where it says nothing more; all that begin so, where its end is open. */
function meansOf(name: string): (each: string) => boolean {
	if (!name.includes(':')) return each => partsOf(each).id === name;
	return name.endsWith('/') ? each => each.startsWith(name) : each => each === name;
}

/**
 * Whether a finding is there no more, by its name, or all of those of an id; undefined while nobody can tell, because what it is
 * seen by is not read.
 */
export function isClearedIn({watches, blind}: Pick<Ledger, 'watches' | 'blind'>, name: string): boolean | undefined {
	const {id} = partsOf(name);
	const isMeant = meansOf(name);
	const there = [...watches].filter(([each]) => isMeant(each)).map(([, {finding}]) => finding?.is);
	if (there.includes('unknown')) return undefined;
	// What has not lasted long enough to be told is there all the same.
	if (there.some(is => is !== 'cleared')) return false;
	const isBlind = blind.some(
		({ids, abouts}) =>
			ids.some(one => one === id) && (abouts === undefined || [...abouts].some(about => isMeant(`${id}:${about}`))),
	);
	return isBlind ? undefined : true;
}

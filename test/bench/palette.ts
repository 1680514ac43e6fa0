import {rank} from '../../source/interface/shell/palette/rank.ts';
import {manyOffers} from '../_helpers/many-offers.ts';
import {median} from './proc.ts';
import {timed} from './timed.ts';

/** Milliseconds from a key in the palette to the ranked list, over the keys of a whole line, among 5,000 entries. */
export async function paletteKey(): Promise<number> {
	const offers = manyOffers();
	rank(offers, '', []);
	const typed = 'drain worker-eu-west-777';
	const taken: number[] = [];
	for (let length = 1; length <= typed.length; length++) taken.push(await timed(() => rank(offers, typed.slice(0, length), [])));
	return median(taken);
}

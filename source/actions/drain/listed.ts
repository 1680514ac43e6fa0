import {type SafeText, say} from '../../vocabulary.ts';
import {join} from '../../words.ts';

/** So many are named where they are many. */
const most = 3;

/** The first names of many: `a, b, c and 4 more`. */
export function listed(names: readonly SafeText[]): SafeText {
	const more = names.length - most;
	const first = join(names.slice(0, most));
	return more > 0 ? say`${first} and ${more} more` : first;
}

import {type SafeText, say} from '../vocabulary.ts';
import {join} from '../words.ts';

/** The first names of many: `a, b, c and 4 more`. */
export function listed(names: readonly SafeText[], most = 3): SafeText {
	const first = join(names.slice(0, most));
	return names.length > most ? say`${first} and ${names.length - most} more` : first;
}

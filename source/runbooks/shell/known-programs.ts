import {ruleOf} from './programs/index.ts';
import {isWrapper} from './unwrap.ts';

/** Whether a word is the name of a program that is known here. */
export function isProgram(word: string): boolean {
	return ruleOf(word) !== undefined || isWrapper(word) || word === 'psql' || word === 'test' || word === '[';
}

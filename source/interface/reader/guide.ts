import type {SafeText} from '../../vocabulary.ts';
import type {Part} from '../shell/guide/lines.ts';
import type {GuideView} from '../shell/guide/view.ts';
import {newLines} from './new-lines.ts';
import {spoken} from './spoken.ts';

const textsOf = (part: Part | undefined): readonly SafeText[] => (part?.lines ?? []).map(({text}) => text);

/** What of a part was not heard yet: all of it where it is another one, of what a command prints only what is new. */
function unheard(before: Part | undefined, after: Part): readonly SafeText[] {
	const [was, is] = [textsOf(before), textsOf(after)];
	if (after.name.startsWith('output:')) return newLines(was, is);
	return was.length === is.length && was.every((text, at) => text === is[at]) ? [] : is;
}

const erased = (before: string, after: string): readonly string[] =>
	after.length < before.length ? [after === '' ? 'empty' : after] : [];

/** What is said of runbooks: every part that is another one than before. */
export function guideSentences(before: GuideView | undefined, after: GuideView | undefined): readonly string[] {
	if (after === undefined || after === before) return [];
	const known = new Map(before?.heard().map(part => [part.name, part]));
	const news = after.heard().flatMap(part => unheard(known.get(part.name), part));
	return [
		...news.map(text => spoken(text).trim()).filter(text => text !== ''),
		...erased(before?.asks?.typed ?? '', after.asks?.typed ?? ''),
	];
}

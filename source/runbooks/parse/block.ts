import type {Code, RootContent} from 'mdast';
import {own} from '../../vocabulary.ts';
import type {Range} from '../runbook.ts';
import {ownDraft, shellDraft, titled, titleOfScript} from './draft.ts';
import {fenceOf} from './fence.ts';
import {rangeOf, spanning} from './markdown.ts';
import {ownLines} from './own-lines.ts';
import {type Piece, type Place, prose, type Walked} from './piece.ts';
import {toldBy} from './script.ts';

/** Whether a code block becomes a step. */
export const isStep = (node: RootContent): node is Code => node.type === 'code' && fenceOf(node) !== 'other';

/** The text ahead of a block that says what it is for. */
export type Lead = {readonly text: string; readonly range: Range};

/** The lines of a block within its file: a fence has a line of its own before them. */
function firstLine(node: Code, source: string): number {
	const {from, start} = rangeOf(node);
	return /^(?:`{3}|~{3})/.test(source.slice(start, start + 3)) ? from + 1 : from;
}

/** The step of a block. `lead`: what leads to it; `mark`: where its item begins, where it is the first in one. */
export function ofBlock(
	node: Code,
	place: Place,
	{lead, mark}: {readonly lead?: Lead | undefined; readonly mark?: Range | undefined},
): Walked {
	const fence = fenceOf(node);
	const [whole, first] = [rangeOf(node), firstLine(node, place.source)];
	const from = lead?.range ?? mark;
	const range = from === undefined ? whole : spanning(from, whole);
	if (fence === 'midwatch') return ofOwn(node, range, first, lead);
	const {script, output, outputLines} = toldBy(node.value, fence === 'session');
	const title = lead === undefined ? titleOfScript(script) : titled(lead.text);
	const {draft, oddities} = shellDraft({script, output, title, range});
	const [printed] = fence === 'session' ? [] : outputLines;
	const text = own('from here on it is taken for what the command printed; a prompt ($) before the commands says so surely');
	const taken = printed === undefined ? [] : [{line: first + printed, text}];
	return {pieces: [{is: 'step', draft}], oddities: [...oddities, ...taken]};
}

function ofOwn(node: Code, range: Range, first: number, lead: Lead | undefined): Walked {
	const read = ownLines(node.value);
	if (read.length === 0)
		return {...prose(range), oddities: [{line: range.from, text: own('a midwatch block without a command line')}]};
	const pieces = read.map(({text, doing, wrong, from, to}, at): Piece => {
		const only = read.length === 1;
		const lines = {from: first + from, to: first + to, start: range.start, end: range.end};
		const title = lead !== undefined && at === 0 ? titled(lead.text) : titled(text);
		return {
			is: 'step',
			draft: ownDraft(title, doing, only ? range : at === 0 ? {...lines, from: range.from} : lines, text, wrong),
		};
	});
	const oddities = read.flatMap(({wrong, from}) => (wrong === undefined ? [] : [{line: first + from, text: wrong}]));
	return {pieces, oddities};
}

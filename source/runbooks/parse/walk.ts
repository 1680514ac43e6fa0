import type {List, ListItem, Paragraph, RootContent} from 'mdast';
import {own} from '../../vocabulary.ts';
import type {Range} from '../runbook.ts';
import {isStep, ofBlock} from './block.ts';
import {manualDraft, titled} from './draft.ts';
import {isToDo} from './heading.ts';
import {plain, rangeOf, spanning} from './markdown.ts';
import {commandsIn, ofBullet, ofParagraph} from './paragraph.ts';
import {hasSteps, joined, type Piece, type Place, prose, type Walked} from './piece.ts';

/** What stands in a row: in a phase, a quotation, an item. `start`: where the first of it begins, with the mark of its item. */
export function walk(
	nodes: readonly RootContent[],
	place: Place,
	item?: {readonly ordered: boolean; readonly inList: boolean; readonly start: Range},
): Walked {
	const parts: Walked[] = [];
	for (let at = 0; at < nodes.length; at++) {
		const [node, next] = [nodes[at], nodes[at + 1]];
		if (node === undefined) break;
		const range = at === 0 && item !== undefined ? spanning(item.start, rangeOf(node)) : rangeOf(node);
		if (node.type === 'paragraph' && next !== undefined && isStep(next) && leads(node, item !== undefined)) {
			parts.push(ofBlock(next, place, {lead: {text: plain(node), range}}));
			at += 1;
		} else if (isStep(node)) parts.push(ofBlock(node, place, {mark: at === 0 ? item?.start : undefined}));
		else if (node.type === 'paragraph' && item?.ordered === true) parts.push(ofParagraph(node, range));
		else if (node.type === 'paragraph' && item?.inList === true && isToDo(place.kind, place.heading))
			parts.push(ofBullet(node, range));
		else parts.push(ofOther(node, range, place));
	}
	return joined(parts);
}

/** Whether a paragraph says what the block after it is for, and has no command of its own. */
function leads(paragraph: Paragraph, isInItem: boolean): boolean {
	const text = plain(paragraph).trim();
	return text.length <= 300 && (isInItem ? commandsIn(paragraph).commands.length === 0 : text.endsWith(':'));
}

function ofOther(node: RootContent, range: Range, place: Place): Walked {
	if (node.type === 'list') return ofList(node, place);
	if (node.type === 'blockquote' || node.type === 'footnoteDefinition') {
		const within = walk(node.children, place, {ordered: false, inList: false, start: range});
		return hasSteps(within) ? within : {...prose(range), oddities: within.oddities};
	}
	if (node.type === 'code' && (node.lang === null || node.lang === undefined) && /\S/.test(node.value)) {
		const text = own(
			'a block without a label stays prose: it does not begin with a command that is known here; label it sh if it is one',
		);
		return {...prose(range), oddities: [{line: range.from, text}]};
	}
	return prose(range);
}

function ofList(list: List, place: Place): Walked {
	const ordered = list.ordered === true;
	const items = list.children.map(item => ofItem(item, ordered, place));
	return items.some(hasSteps) ? joined(items) : {...prose(rangeOf(list)), oddities: items.flatMap(({oddities}) => oddities)};
}

/** An item that only leads elsewhere in the file, as those of a table of contents do. */
function isLink(item: ListItem): boolean {
	const [first, ...others] = item.children;
	return (
		first?.type === 'paragraph' &&
		others.every(({type}) => type === 'list') &&
		first.children.every(child => child.type === 'link' || (child.type === 'text' && child.value.trim() === ''))
	);
}

function ofItem(item: ListItem, ordered: boolean, place: Place): Walked {
	const [first, ...others] = item.children;
	const start = rangeOf(item);
	const within = walk(item.children, place, {ordered, inList: true, start});
	if (hasSteps(within) || !ordered || first?.type !== 'paragraph' || !isToDo(place.kind, place.heading) || isLink(item))
		return hasSteps(within) ? within : {pieces: [{is: 'prose', range: start}], oddities: within.oddities};
	const step: Piece = {is: 'step', draft: manualDraft(titled(plain(first)), spanning(start, rangeOf(first)))};
	return {pieces: [step, ...walk(others, place).pieces], oddities: within.oddities};
}

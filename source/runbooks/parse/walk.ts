import type {Code, InlineCode, List, ListItem, Paragraph, RootContent} from 'mdast';
import {safeText} from '../../cluster/safe-text.ts';
import {own, say} from '../../vocabulary.ts';
import type {Oddity, PhaseKind, Range} from '../runbook.ts';
import {type Draft, manualDraft, ownDraft, shellDraft, titled, titleOfScript} from './draft.ts';
import {fenceOf} from './fence.ts';
import {isToDo} from './heading.ts';
import {plain, rangeOf, spanning} from './markdown.ts';
import {ownLines} from './own-lines.ts';
import {toldBy} from './script.ts';

/** What comes of a piece of Markdown, in its order. */
export type Piece = {readonly is: 'prose'; readonly range: Range} | {readonly is: 'step'; readonly draft: Draft};
export type Walked = {readonly pieces: readonly Piece[]; readonly oddities: readonly Oddity[]};

/** Where in a runbook it stands. */
export type Place = {readonly kind: PhaseKind; readonly heading: string; readonly source: string};

const joined = (parts: readonly Walked[]): Walked => ({
	pieces: parts.flatMap(({pieces}) => pieces),
	oddities: parts.flatMap(({oddities}) => oddities),
});
const prose = (range: Range): Walked => ({pieces: [{is: 'prose', range}], oddities: []});
const hasSteps = ({pieces}: Walked): boolean => pieces.some(({is}) => is === 'step');

/** Whether a code block becomes a step. */
const isStep = (node: RootContent): node is Code => node.type === 'code' && fenceOf(node) !== 'other';

/** The lines of a block within its file: a fence has a line of its own before them. */
function firstLine(node: Code, source: string): number {
	const {from, start} = rangeOf(node);
	return /^(?:`{3}|~{3})/.test(source.slice(start, start + 3)) ? from + 1 : from;
}

function ofBlock(node: Code, place: Place, lead: Lead | undefined): Walked {
	const fence = fenceOf(node);
	const [whole, first] = [rangeOf(node), firstLine(node, place.source)];
	const range = lead === undefined ? whole : spanning(lead.range, whole);
	if (fence === 'midwatch') return ofOwn(node, range, first, lead);
	const {script, output, outputLines} = toldBy(node.value, fence === 'session');
	const title = lead === undefined ? titleOfScript(script) : titled(lead.text);
	const {draft, oddities} = shellDraft({script, output, title, range});
	const [printed] = outputLines;
	const taken =
		printed === undefined || fence === 'session'
			? []
			: [
					{
						line: first + printed,
						text: own('from here on it is taken for what the command printed; a prompt ($) before the commands says so surely'),
					},
				];
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

/** The text ahead of a block that says what it is for. */
type Lead = {readonly text: string; readonly range: Range};

const refusing = /\b(?:do not|don't|don’t|never|avoid|instead of|rather than|without|not)\b[^.;!?]*$/i;

/** `kubectl` commands in a paragraph, but for those that one is told not to run. */
function commandsIn(paragraph: Paragraph): {readonly commands: readonly InlineCode[]; readonly refused: readonly InlineCode[]} {
	const all = paragraph.children.flatMap(child =>
		child.type === 'inlineCode'
			? [child]
			: child.type === 'strong' || child.type === 'emphasis'
				? child.children.filter(one => one.type === 'inlineCode')
				: [],
	);
	const found = all.filter(({value}) => /^(?:\$\s+)?kubectl\s+\S/.test(value));
	const text = (upTo: InlineCode): string => {
		const before = paragraph.children.slice(
			0,
			paragraph.children.findIndex(child => child === upTo || ('children' in child && child.children.some(one => one === upTo))),
		);
		return before.map(plain).join('');
	};
	const refused = found.filter(one => refusing.test(text(one)));
	return {commands: found.filter(one => !refused.includes(one)), refused};
}

function notRun(command: InlineCode): Oddity {
	return {line: rangeOf(command).from, text: say`${safeText(command.value, 60)} stays prose: one is told not to run it`};
}

/** The steps that a paragraph of an ordered item gives: one per command, each with the text that leads to it. */
function ofParagraph(paragraph: Paragraph, start: Range): Walked {
	const {commands, refused} = commandsIn(paragraph);
	const whole = spanning(start, rangeOf(paragraph));
	const steps = commands.map((command, at): Walked => {
		const before = commands[at - 1];
		const from = before === undefined ? whole : {...rangeOf(before), from: rangeOf(before).to, start: rangeOf(before).end};
		const range = spanning(from, at === commands.length - 1 ? whole : rangeOf(command));
		const script = command.value.replace(/^\$\s+/, '').replaceAll(/\s*\n\s*/g, ' ');
		const said = before === undefined ? textBefore(paragraph, command) : '';
		const {draft, oddities: odd} = shellDraft({
			script,
			output: '',
			title: titled(said.length > 2 ? said : commands.length === 1 ? plain(paragraph) : script),
			range,
		});
		return {pieces: [{is: 'step', draft}], oddities: odd};
	});
	return joined([...steps, {pieces: [], oddities: refused.map(notRun)}]);
}

/** What stands in a paragraph before a command, where nothing but punctuation stands after it. */
function textBefore(paragraph: Paragraph, command: InlineCode): string {
	const text = plain(paragraph);
	const at = text.indexOf(command.value);
	return /^[\s.)]*$/.test(text.slice(at + command.value.length)) ? text.slice(0, at).replace(/[\s(:,–—-]+$/, '') : '';
}

/** What stands in a row: in a phase, a quotation, an item. `start`: where the first of it begins, with the mark of its item. */
export function walk(
	nodes: readonly RootContent[],
	place: Place,
	item?: {readonly ordered: boolean; readonly start: Range},
): Walked {
	const parts: Walked[] = [];
	for (let at = 0; at < nodes.length; at++) {
		const [node, next] = [nodes[at], nodes[at + 1]];
		if (node === undefined) break;
		const range = at === 0 && item !== undefined ? spanning(item.start, rangeOf(node)) : rangeOf(node);
		if (node.type === 'paragraph' && item?.ordered === true && commandsIn(node).commands.length > 0) {
			parts.push(ofParagraph(node, range));
		} else if (node.type === 'paragraph' && next !== undefined && isStep(next) && leads(node, item !== undefined)) {
			parts.push(ofBlock(next, place, {text: plain(node), range}));
			at += 1;
		} else if (isStep(node))
			parts.push(
				ofBlock(
					node,
					place,
					at === 0 && item !== undefined
						? {text: titleOfScript(toldBy(node.value, fenceOf(node) === 'session').script), range}
						: undefined,
				),
			);
		else if (node.type === 'paragraph' && item?.ordered === true)
			parts.push({...prose(range), oddities: commandsIn(node).refused.map(notRun)});
		else parts.push(ofOther(node, range, place));
	}
	return joined(parts);
}

const leads = (paragraph: Paragraph, isInItem: boolean): boolean => {
	const text = plain(paragraph).trim();
	return text.length <= 300 && (isInItem || text.endsWith(':'));
};

function ofOther(node: RootContent, range: Range, place: Place): Walked {
	if (node.type === 'list') return ofList(node, place);
	if (node.type === 'blockquote' || node.type === 'footnoteDefinition') {
		const within = walk(node.children, place, {ordered: false, start: range});
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
	const within = walk(item.children, place, {ordered, start});
	if (hasSteps(within) || !ordered || first?.type !== 'paragraph' || !isToDo(place.kind, place.heading) || isLink(item))
		return hasSteps(within) ? within : {pieces: [{is: 'prose', range: start}], oddities: within.oddities};
	const step: Piece = {is: 'step', draft: manualDraft(titled(plain(first)), spanning(start, rangeOf(first)))};
	return {pieces: [step, ...walk(others, place).pieces], oddities: within.oddities};
}

import type {InlineCode, Paragraph} from 'mdast';
import {safeText} from '../../cluster/safe-text.ts';
import {say} from '../../vocabulary.ts';
import type {Oddity, Range} from '../runbook.ts';
import {shellDraft, titled} from './draft.ts';
import {plain, rangeOf, spanning} from './markdown.ts';
import {joined, prose, type Walked} from './piece.ts';

const refusing = /\b(?:do not|don't|don’t|never|avoid|instead of|rather than|without|not)\b[^.;!?]*$/i;

/** `kubectl` commands in a paragraph, but for those that one is told not to run. */
export function commandsIn(paragraph: Paragraph): {
	readonly commands: readonly InlineCode[];
	readonly refused: readonly InlineCode[];
} {
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

/** What a paragraph of an item without a number gives: prose, and word of each command that a number would make a step. */
export function ofBullet(paragraph: Paragraph, range: Range): Walked {
	const {commands} = commandsIn(paragraph);
	const told = (command: InlineCode): Oddity => ({
		line: rangeOf(command).from,
		text: say`${safeText(command.value, 60)} stays prose: the items of its list have no numbers; number them if they are steps`,
	});
	return {...prose(range), oddities: commands.map(told)};
}

/** What a paragraph of an ordered item gives: a step per command, each with the text that leads to it; prose where there is none. */
export function ofParagraph(paragraph: Paragraph, start: Range): Walked {
	const {commands, refused} = commandsIn(paragraph);
	const whole = spanning(start, rangeOf(paragraph));
	const oddities = refused.map(notRun);
	if (commands.length === 0) return {...prose(whole), oddities};
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
	return joined([...steps, {pieces: [], oddities}]);
}

/** What stands in a paragraph before a command, where nothing but punctuation stands after it. */
function textBefore(paragraph: Paragraph, command: InlineCode): string {
	const text = plain(paragraph);
	const at = text.indexOf(command.value);
	return /^[\s.)]*$/.test(text.slice(at + command.value.length)) ? text.slice(0, at).replace(/[\s(:,–—-]+$/, '') : '';
}

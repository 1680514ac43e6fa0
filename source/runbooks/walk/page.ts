import {safeText} from '../../cluster/safe-text.ts';
import {commandLine} from '../../shell-word.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {duration} from '../../words.ts';
import type {CommandClass, Doing, Runbook, Step} from '../runbook.ts';
import {doingOf, type Session, stateOfStep} from '../session/session.ts';
import {stepsOf} from '../session/steps.ts';
import {elsewhere} from '../shell/elsewhere.ts';

/** What a command does to the world, in words. */
export const classWords: Readonly<Record<CommandClass, string>> = {
	reading: 'reading',
	changing: 'changes something',
	destructive: 'destroys something',
	unknown: 'not known, counts as changing',
};

const shown = (text: string): SafeText => safeText(text, 4096);

/** One thing of a runbook, in the order of its text. */
type Piece = {readonly is: 'phase' | 'prose'; readonly lines: readonly SafeText[]} | {readonly is: 'step'; readonly id: string};

function piecesOf({phases, title: whole}: Runbook): readonly Piece[] {
	return phases.flatMap(({title, level, blocks}): readonly Piece[] => [
		...(level === 0 || (level === 1 && title === whole)
			? []
			: [{is: 'phase', lines: [say`${own('#'.repeat(level))} ${title}`]} as const]),
		...blocks.map((block): Piece => (block.is === 'step' ? {is: 'step', id: block.step.id} : {is: 'prose', lines: block.lines})),
	]);
}

/**
 * What stands in a runbook before a step and after another one, as its author wrote it: headings and prose. From the beginning
 * where `from` is missing, to the end where `to` is. Nothing where one goes back.
 */
export function proseBetween(runbook: Runbook, from: string | undefined, to: string | undefined): readonly SafeText[] {
	const pieces = piecesOf(runbook);
	const at = (id: string | undefined, otherwise: number): number =>
		id === undefined ? otherwise : pieces.findIndex(piece => piece.is === 'step' && piece.id === id);
	return pieces
		.slice(at(from, -1) + 1, at(to, pieces.length))
		.flatMap(piece => (piece.is === 'step' ? [] : [own(''), ...piece.lines]));
}

/** What a step is: its class in words and why, or who does it. */
export function whatIs(doing: Doing): SafeText {
	switch (doing.is) {
		case 'shell':
			return doing.why === '' ? own(classWords[doing.class]) : say`${own(classWords[doing.class])} (${doing.why})`;
		case 'midwatch':
			return own('midwatch');
		case 'wait':
			return own('waits');
		case 'manual':
			return own('by hand');
	}
}

/** What a step would do, line by line, exactly as it would be run. */
export function doingLines(doing: Doing): readonly SafeText[] {
	switch (doing.is) {
		case 'shell':
			return doing.script.split('\n').map(shown);
		case 'midwatch':
			return doing.commands.map(words => shown(`midwatch ${words.join(' ')}`));
		case 'wait': {
			const {until} = doing;
			if (until.is === 'time') return [say`wait ${duration(until.ms, 'fine')}`];
			return until.is === 'cleared'
				? [say`wait until ${shown(until.finding)} is cleared`]
				: [say`wait until ${commandLine(until.command) ?? own('its command')}`];
		}
		case 'manual':
			return [];
	}
}

/** The title of a step; '' where it has no words of its own but the command that stands below it. */
export function titleBeside({title}: Step, doing: Doing): SafeText {
	const isItself = doing.is !== 'manual' && (doing.is === 'wait' || doingLines(doing).some(line => line.endsWith(title)));
	return isItself ? own('') : title;
}

/** A value as it reaches the command, made visible. */
function valueLine(name: string, value: string | undefined): SafeText {
	return value === undefined ? say`${shown(name)} has no value` : say`${shown(name)} is ${shown(JSON.stringify(value))}`;
}

/** A step of a session: what it is, what exactly would run with which values, and where it leads elsewhere. */
export function stepLines(session: Session, step: Step): readonly SafeText[] {
	const doing = doingOf(session, step);
	const {edited, is, text} = stateOfStep(session, step.id);
	const all = stepsOf(session.runbook).length;
	const led = doing.is === 'shell' ? elsewhere(doing.script).map(sentence => say`! ${sentence}`) : [];
	const values = step.parameters.map(name =>
		valueLine(name, Object.hasOwn(session.parameters, name) ? session.parameters[name] : undefined),
	);
	const changed = edited === undefined ? [] : [own('edited here; this is not what the runbook says')];
	const before = is === 'open' ? [] : [say`so far: ${own(is)}${own(text === '' ? '' : ': ')}${safeText(text, 400)}`];
	const title = titleBeside(step, doing);
	return [
		say`Step ${step.number} of ${all}, ${whatIs(doing)}${own(title === '' ? '' : ': ')}${title}`,
		...[...doingLines(doing), ...values, ...led, ...changed, ...before].map(line => say`    ${line}`),
	];
}

import type {Step} from '../../runbooks/runbook.ts';
import {type Session, stateOfStep} from '../../runbooks/session/session.ts';
import {atEnter} from '../../runbooks/walk/at-enter.ts';
import {own, type SafeText} from '../../vocabulary.ts';

/** What can be answered to a step, by the letter that says it. */
export const answers = {
	y: 'run it',
	r: 'run it again',
	s: 'skip it: s WHY',
	e: 'edit it, then run what was written',
	d: 'it was done by hand: d HOW',
	b: 'back to the step before',
	g: 'go to a step: g 4',
	n: 'write a note: n TEXT',
	a: 'run all that only reads in this phase',
	x: 'give up here: x WHY',
	q: 'stop; it can be taken up again',
	'?': 'what these mean',
} as const;
export type Letter = keyof typeof answers;

/** An answer: its letter ('' for enter alone), and what was written after it. Undefined where it is none of those. */
export function readAnswer(line: string): {readonly letter: Letter | ''; readonly rest: string} | undefined {
	const [, word = '', rest = ''] = /^\s*(\S*)\s*(.*)$/s.exec(line) ?? [];
	const letter = word.toLowerCase() === 'yes' ? 'y' : word.toLowerCase();
	if (letter === '') return {letter, rest: ''};
	return Object.hasOwn(answers, letter) ? {letter: letter as Letter, rest: rest.trim()} : undefined;
}

/** The question at a step. */
export function question(session: Session, step: Step): SafeText {
	const {is} = stateOfStep(session, step.id);
	switch (atEnter(session, step)) {
		case 'run':
			return own('Run it? (enter runs it; s skip, e edit, d done by hand, b back, n note, q stop, ? all) ');
		case 'done':
			return own('Do it, then say so. (enter: it is done; s skip, b back, n note, q stop, ? all) ');
		case 'next':
			return own('It is done. (enter goes on; r again, b back, n note, q stop, ? all) ');
		case 'finish':
			return own('All steps are through. (enter ends it; r again, b back, n note, q stop, ? all) ');
		case 'nothing':
			if (is === 'unknown')
				return own('Nobody saw its end: verify what it did. (d it is done, r run it again, s skip, n note, q stop, ? all) ');
			if (is === 'failed' || is === 'stopped')
				return own('What now? (r again, e edit, s skip, d done by hand, b back, n note, q stop, ? all) ');
			return own('Run it? (y runs it; s skip, e edit, d done by hand, b back, n note, q stop, ? all) ');
	}
}

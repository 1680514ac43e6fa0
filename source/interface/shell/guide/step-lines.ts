import {safeText} from '../../../cluster/safe-text.ts';
import type {Step} from '../../../runbooks/runbook.ts';
import {doingOf, type Session, stateOfStep} from '../../../runbooks/session/session.ts';
import {elsewhere} from '../../../runbooks/shell/elsewhere.ts';
import {doingLines, titleBeside, whatIs} from '../../../runbooks/walk/page.ts';
import {own, type SafeText, say} from '../../../vocabulary.ts';
import {join} from '../../../words.ts';
import type {Value} from './book.ts';
import {asWritten, type GuideLine, told} from './lines.ts';

const indent = '    ';

function valueLine(name: string, value: Value | undefined): SafeText {
	const shown = safeText(name, 60);
	if (value?.value === undefined) return say`    ${shown} has no value: ${value?.from ?? own('nobody asks for it')}`;
	return say`    ${shown} is ${safeText(JSON.stringify(value.value), 4096)}, ${value.from}`;
}

/** What would run exactly, with which values, and where it leads elsewhere. */
export function runLines(
	{doing, toEdit, parameters}: Pick<Step, 'doing' | 'toEdit' | 'parameters'>,
	values: ReadonlyMap<string, Value>,
	width: number,
): readonly GuideLine[] {
	return [
		...doingLines(doing).flatMap(text => asWritten(text, width, 'code', indent)),
		...parameters.flatMap(name => told(valueLine(name, values.get(name)), width, 'muted')),
		...(doing.is === 'shell' ? elsewhere(doing.script) : []).flatMap(text => told(say`    ! ${text}`, width, 'warn')),
		...(toEdit === undefined ? [] : told(say`    It has to be edited first: ${toEdit}`, width, 'warn')),
	];
}

/** A step of a session as it stands: what it is, what exactly would run, what was written to it. */
export function stepLines(
	session: Session,
	step: Step,
	values: ReadonlyMap<string, Value>,
	all: number,
	width: number,
): readonly GuideLine[] {
	const doing = doingOf(session, step);
	const title = titleBeside(step, doing);
	const {edited, notes} = stateOfStep(session, step.id);
	const shown = {
		doing,
		parameters: step.parameters,
		...(step.toEdit === undefined || edited !== undefined ? {} : {toEdit: step.toEdit}),
	};
	return [
		...told(
			join([say`Step ${step.number} of ${all}, ${whatIs(doing)}`, title === '' ? undefined : title], ': '),
			width,
			'heading',
		),
		...runLines(shown, values, width),
		...(edited === undefined ? [] : told(own('    edited here; this is not what the runbook says'), width, 'warn')),
		...notes.flatMap(note => told(say`    note: ${safeText(note, 2000)}`, width, 'muted')),
	];
}

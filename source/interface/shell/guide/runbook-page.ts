import {safeText} from '../../../cluster/safe-text.ts';
import {origins} from '../../../runbooks/listing.ts';
import type {Block, Doing, Step} from '../../../runbooks/runbook.ts';
import {type Session, stateOfStep} from '../../../runbooks/session/session.ts';
import {stepsIn} from '../../../runbooks/session/steps.ts';
import {classWords, titleBeside, whatIs} from '../../../runbooks/walk/page.ts';
import {own, type SafeText, say} from '../../../vocabulary.ts';
import {count, join} from '../../../words.ts';
import type {Book, Value} from './book.ts';
import {type GuideLine, type GuidePage, type Part, told} from './lines.ts';
import {proseLines} from './prose.ts';
import {runLines} from './step-lines.ts';

/** A runbook as it is read: where its steps stand, while it is walked, and the one that the cursor is on. */
export type Reading = {readonly book: Book; readonly session: Session | undefined; readonly step: string | undefined};

const blank: GuideLine = {text: own('')};

/** What a step is, in as few words as an outline has room for. */
const kindOf = (doing: Doing): SafeText => (doing.is === 'shell' ? own(classWords[doing.class]) : whatIs(doing));

/** `done`; nothing where nothing was done about it. */
function standing(session: Session | undefined, {id}: Step): SafeText | undefined {
	const is = session === undefined ? 'open' : stateOfStep(session, id).is;
	return is === 'open' ? undefined : own(is);
}

function valueLine(name: string, about: SafeText, {value, from}: Value): SafeText {
	const shown = value === undefined ? from : say`${safeText(JSON.stringify(value), 4096)}, ${from}`;
	return join([say`  ${safeText(name, 60)}: ${shown}`, about === '' ? undefined : say`(${about})`], ' ');
}

function headLines({book, session}: Reading, width: number): readonly GuideLine[] {
	const {runbook, trusted, finding, values} = book;
	const {origin, file, verified, severity, parameters} = runbook;
	const from = origin === 'library' ? origins.library : say`${origins[origin]}, ${safeText(file, 400)}`;
	const facts = [
		say`from: ${from}`,
		...(finding === undefined ? [] : [say`for: ${safeText(finding, 253)}`]),
		...(severity === '' ? [] : [say`severity: ${severity}`]),
		...(verified === '' ? [] : [say`verified: ${verified}`]),
	];
	const asked = parameters.map(({name, about}) => valueLine(name, about, values.get(name) ?? {from: own('')}));
	const phases = runbook.phases.filter(({level}) => level > 1);
	const outline = phases.map(phase => {
		const steps = stepsIn(phase);
		const done = steps.filter(step => standing(session, step) !== undefined).length;
		const many = steps.length === 0 ? undefined : count(steps.length, 'step');
		return say`  ${own('  '.repeat(Math.max(0, phase.level - 2)))}${join([phase.title, many, done === 0 ? undefined : say`${done} seen to`])}`;
	});
	return [
		...facts.flatMap(text => told(text, width)),
		...(trusted
			? []
			: told(own('It is of the directory you stand in, and was not trusted yet: look at it before you walk it.'), width, 'held')),
		...(asked.length === 0 ? [] : told(own('Parameters'), width, 'heading')),
		...asked.flatMap(text => told(text, width)),
		...told(own('Phases'), width, 'heading'),
		...outline.flatMap(text => told(text, width)),
	];
}

function stepPart(step: Step, reading: Reading, isHere: boolean, width: number): Part {
	const {book, session} = reading;
	const edited = session && stateOfStep(session, step.id).edited;
	const doing = edited === undefined ? step.doing : ({is: 'shell', output: '', ...edited} as const);
	const title = say`${step.number}. ${join([titleBeside(step, doing), say`(${kindOf(doing)})`].filter(Boolean), ' ')}`;
	const shown = join([title, standing(session, step)], ': ');
	return {
		name: `step:${step.id}`,
		lines: [
			blank,
			...told(shown, width, isHere ? 'selected' : 'heading'),
			...runLines({...step, doing, parameters: []}, book.values, width),
		],
	};
}

function blockPart(block: Block, at: number, reading: Reading, here: string | undefined, width: number): Part {
	if (block.is === 'step') return stepPart(block.step, reading, block.step.id === here, width);
	return {name: `prose:${at}`, lines: [blank, ...proseLines(block.lines, width)]};
}

/** A whole runbook: where it comes from, its values and phases, and everything that its author wrote, in its order. */
export function runbookPage(reading: Reading, width: number): GuidePage {
	const {book, step} = reading;
	const {runbook} = book;
	const here = step ?? runbook.phases.flatMap(stepsIn)[0]?.id;
	const body = runbook.phases.flatMap((phase, at): readonly Part[] => [
		...(phase.level <= 1
			? []
			: [{name: `phase:${at}`, lines: [blank, ...told(say`${own('#'.repeat(phase.level))} ${phase.title}`, width, 'heading')]}]),
		...phase.blocks.map((block, index) => blockPart(block, at * 10_000 + index, reading, here, width)),
	]);
	const parts = [{name: 'head', lines: headLines(reading, width)}, ...body];
	const at = parts.findIndex(({name}) => name === `step:${step}`);
	const above = parts.slice(0, at).reduce((sum, {lines}) => sum + lines.length, 0);
	return {
		title: say`${safeText(runbook.id, 120)}: ${runbook.title}`,
		parts,
		// What stands right above it is about it.
		from: at < 0 ? 0 : Math.max(0, above - 2),
	};
}

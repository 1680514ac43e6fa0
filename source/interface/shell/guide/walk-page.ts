import {safeText} from '../../../cluster/safe-text.ts';
import type {Finding} from '../../../findings/finding.ts';
import type {Seen} from '../../../runbooks/execute/order.ts';
import type {Step} from '../../../runbooks/runbook.ts';
import {doingOf, runningStep, type Session, stateOfStep} from '../../../runbooks/session/session.ts';
import {stepOf, stepsOf} from '../../../runbooks/session/steps.ts';
import {atEnter} from '../../../runbooks/walk/at-enter.ts';
import {proseBetween} from '../../../runbooks/walk/page.ts';
import {type Health, own, type SafeText, say} from '../../../vocabulary.ts';
import {clockTime, join} from '../../../words.ts';
import type {Value} from './book.ts';
import {asWritten, type GuideLine, type GuidePage, linesOf, type Part, told} from './lines.ts';
import {proseLines} from './prose.ts';
import {stepLines} from './step-lines.ts';

/** A runbook as it is walked: how its session stands, what the command printed that ran last, and when it was begun. */
export type Walked = {
	readonly session: Session;
	readonly seen: Seen;
	/** The step that ran last in this process, and when it was begun, epoch ms on this machine's clock. */
	readonly ran: {readonly step: string; readonly from: number} | undefined;
	readonly values: ReadonlyMap<string, Value>;
	/** The finding that it is walked for, by its name and as it stands. */
	readonly finding: {readonly name: string; readonly is: Finding | undefined} | undefined;
	/** What is said at the beginning: that the line may be cut, what could not be pinned. */
	readonly notes: readonly SafeText[];
	/** Its name in the journal. */
	readonly run: string;
	/** Epoch ms. */
	readonly now: number;
};

/** `runbook bgp-session-down 5/10` */
export function shortWords({runbook, at}: Session): SafeText {
	return say`runbook ${safeText(runbook.id, 60)} ${howFar({runbook, at})}`;
}

/** `5/10` */
export function howFar({runbook, at}: Pick<Session, 'runbook' | 'at'>): SafeText {
	const steps = stepsOf(runbook);
	return say`${stepOf(runbook, at)?.number ?? 0}/${steps.length}`;
}

function findingLines({finding, now}: Walked, width: number): readonly GuideLine[] {
	if (finding === undefined) return [];
	const {name, is} = finding;
	const shown = safeText(name, 253);
	if (is === undefined) return told(say`${shown} is not there now`, width, 'muted');
	if (is.clearedAt !== undefined) return told(say`${shown} is cleared since ${clockTime(is.clearedAt, now)}`, width, 'ok');
	const since = say`${shown} since ${clockTime(is.since, now)}`;
	return is.is === 'unknown'
		? told(say`${since}, and whether it still is cannot be seen: ${is.why ?? own('')}`, width, 'unknown')
		: told(since, width, is.severity === 'critical' ? 'bad' : 'warn');
}

const healths: Readonly<Record<string, Health>> = {
	done: 'ok',
	failed: 'bad',
	skipped: 'idle',
	stopped: 'held',
	unknown: 'unknown',
};

/** `0.3 s` */
const seconds = (ms: number): SafeText => own(`${(Math.max(0, ms) / 1000).toFixed(1)} s`);

/** How a step ended, in a sentence; while it runs, since when. */
function outcome({session, ran, now}: Walked, {id}: Step): {readonly text: SafeText; readonly is: Health} | undefined {
	const {is, text, at, byHand} = stateOfStep(session, id);
	if (is === 'open') return undefined;
	if (is === 'running') return {text: say`running since ${clockTime(at, now)}`, is: 'warn'};
	const after = ran?.step === id && !byHand && is !== 'skipped' ? seconds(at - ran.from) : undefined;
	const how = join([own(is), text === '' ? undefined : safeText(text, 2000)], ': ');
	return {text: join([how, after === undefined ? undefined : say`after ${after}`]), is: healths[is] ?? 'idle'};
}

/** The step that something was done about last; undefined before anything was. */
function lastStep({runbook, steps}: Session): Step | undefined {
	const begun = [...steps].filter(([, {is}]) => is !== 'open');
	const [id = ''] = begun.toSorted(([, a], [, b]) => b.at - a.at)[0] ?? [];
	return stepOf(runbook, id);
}

/** Lines that a command has printed, as they stand. */
const printed = ({seen, ran}: Walked, {id}: Step, width: number): readonly GuideLine[] =>
	ran?.step === id ? seen.lines.flatMap(text => asWritten(text, width, undefined, '  | ')) : [];

function endPart(walked: Walked, step: Step, width: number): readonly Part[] {
	const end = outcome(walked, step);
	if (end === undefined) return [];
	return [
		{name: `output:${step.id}`, lines: printed(walked, step, width)},
		{name: `end:${step.id}`, lines: told(end.text, width, end.is)},
	];
}

/** What can be done at the step one is at, in a sentence. */
function whatNow({session}: Walked, step: Step): SafeText {
	const {is} = stateOfStep(session, step.id);
	const doing = doingOf(session, step);
	if (session.over !== undefined) return own('');
	if (is === 'running') return own('x stops it; esc leads back, and it goes on.');
	if (is === 'unknown') return own('Nobody saw its end: verify what it did, then d says how it ended; r runs it again.');
	if (is === 'failed' || is === 'stopped') return own('r runs it again, e edits it, s skips it, d says that it is done.');
	switch (atEnter(session, step)) {
		case 'run':
			return doing.is === 'wait' ? own('enter waits for it.') : own('enter runs it.');
		case 'done':
			return own('Do it, then enter says that it is done.');
		case 'next':
			return own('It was seen to; enter goes on, r runs it again.');
		case 'finish':
			return own('All steps were seen to: enter ends the runbook.');
		case 'nothing':
			return own('enter asks for a yes, and runs it.');
	}
}

function overPart({session: {over}, run}: Walked, width: number): readonly Part[] {
	if (over === undefined) return [];
	const how = say`${own(over.result)}: ${safeText(over.text, 2000)}`;
	const next =
		over.result === 'stopped'
			? say`To go on: midwatch runbook resume ${safeText(run)} (y copies it), or choose it from the runbooks.`
			: say`R shows the report: midwatch runbook report ${safeText(run)} (y copies it).`;
	return [{name: 'over', lines: [{text: own('')}, ...told(how, width, healths[over.result] ?? 'idle'), ...told(next, width)]}];
}

/** The step of a session that one is at: what came before it, what exactly would run, what it prints and how it ends. */
export function walkPage(walked: Walked, width: number): GuidePage {
	const {session, values, notes} = walked;
	const {runbook} = session;
	const all = stepsOf(runbook).length;
	const here = stepOf(runbook, session.at);
	const last = lastStep(session);
	const title = say`${safeText(runbook.id, 120)} ${howFar(session)}: ${runbook.title}`;
	const head: readonly Part[] = [
		{name: 'finding', lines: findingLines(walked, width)},
		{name: 'notes', lines: last === undefined ? notes.flatMap(note => told(note, width, 'warn')) : []},
	];
	if (here === undefined) return {title, parts: head, from: 0};
	const before: readonly Part[] =
		last === undefined || last.id === here.id
			? []
			: [
					{name: `last:${last.id}`, lines: told(say`Step ${last.number} of ${all}: ${last.title}`, width, 'heading')},
					...endPart(walked, last, width),
				];
	const isOn = last === undefined || last.number < here.number;
	const prose = isOn ? proseBetween(runbook, last?.id, here.id) : [];
	const above: readonly Part[] = [
		...head,
		...before,
		{name: `prose:${here.id}`, lines: last?.id === here.id ? [] : proseLines(prose, width)},
	];
	const blank: GuideLine = {text: own('')};
	const refused = session.refused === undefined ? [] : told(session.refused, width, 'bad');
	const now = told(whatNow(walked, here), width, 'muted').filter(({text}) => text !== '');
	const parts: readonly Part[] = [
		...above,
		{name: `step:${here.id}`, lines: [blank, ...stepLines(session, here, values, all, width)]},
		...endPart(walked, here, width),
		...overPart(walked, width),
		{name: 'now', lines: [...refused, ...now]},
	];
	const isRunning = runningStep(session) !== undefined;
	const at = linesOf({parts: above, title, from: 0}).length;
	return {title, parts, from: isRunning || session.over !== undefined ? undefined : at};
}

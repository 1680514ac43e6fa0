import type {Confirm} from '../../actions/plan.ts';
import type {Result} from '../../journal/entry.ts';
import type {RawName, SafeText} from '../../vocabulary.ts';
import type {CommandClass, Doing, Runbook, Step} from '../runbook.ts';
import {stepsOf} from './steps.ts';

/** What holds for all steps of a session; none of it can be changed by a runbook. */
export type Rules = {
	/** Fixed for the session; also what has to be typed before something destructive. */
	readonly context: RawName;
	/** Why nothing may be changed here. */
	readonly readOnly?: SafeText;
	/** What every change asks for at the least. */
	readonly confirm?: 'yes' | 'name';
};

/** A script that was put in the place of a step's own. */
export type Edited = {readonly script: string; readonly class: CommandClass; readonly why: SafeText};

/** How a step stands. The same object while nothing changed. */
export type StepState = {
	/** `open`: not begun; `running`: begun, its end is awaited. */
	readonly is: 'open' | 'running' | Result;
	/** How it ended, or why it was skipped. */
	readonly text: string;
	/** How often it was begun. */
	readonly attempts: number;
	/** When it was last begun or ended, epoch ms; 0 for never. */
	readonly at: number;
	/** Marked done by a person. */
	readonly byHand: boolean;
	readonly edited?: Edited;
	/** What a person wrote to it. */
	readonly notes: readonly string[];
};

export const untouched: StepState = {is: 'open', text: '', attempts: 0, at: 0, byHand: false, notes: []};

/** A yes that somebody has to give before a step runs, with what exactly would run. */
export type Asking = {
	readonly step: string;
	readonly script: string;
	readonly class: CommandClass;
	/** Why it is of this class. */
	readonly why: SafeText;
	readonly confirm: Confirm;
	/** It was begun before, and nobody saw its end: to be verified first. */
	readonly isUnseen: boolean;
	/** Where it leads past the context of the session: another context, another kubeconfig. */
	readonly elsewhere: readonly SafeText[];
};

/** A runbook that is walked. The same object while nothing changed. */
export type Session = {
	readonly runbook: Runbook;
	readonly parameters: Readonly<Record<string, string>>;
	readonly rules: Rules;
	/** The step one is at. */
	readonly at: string;
	readonly steps: ReadonlyMap<string, StepState>;
	/** Notes that belong to no step. */
	readonly notes: readonly string[];
	readonly asking?: Asking;
	/** Why the last wish was not fulfilled. */
	readonly refused?: SafeText;
	/** Something is being written down: nothing else begins before the disk has it. */
	readonly keeping: boolean;
	/** Steps that run one after the other, without a question: reading ones. */
	readonly queue: readonly string[];
	readonly over?: {readonly result: Result; readonly text: string};
};

/** A session in which nothing was done yet. */
export function newSession(runbook: Runbook, parameters: Readonly<Record<string, string>>, rules: Rules): Session {
	const at = stepsOf(runbook)[0]?.id ?? '';
	return {runbook, parameters, rules, at, steps: new Map(), notes: [], keeping: false, queue: []};
}

/** How a step stands in a session. */
export function stateOfStep({steps}: Session, id: string): StepState {
	return steps.get(id) ?? untouched;
}

/** What a step does, with what was put in the place of its script. */
export function doingOf(session: Session, {id, doing}: Step): Doing {
	const {edited} = stateOfStep(session, id);
	return edited === undefined ? doing : {is: 'shell', output: '', ...edited};
}

/** The step that runs; undefined for none. */
export function runningStep({steps}: Session): string | undefined {
	return [...steps].find(([, {is}]) => is === 'running')?.[0];
}

import {safeText} from '../../../cluster/safe-text.ts';
import type {Step} from '../../../runbooks/runbook.ts';
import {doingOf, runningStep, type Session, stateOfStep} from '../../../runbooks/session/session.ts';
import {stepOf, stepsOf} from '../../../runbooks/session/steps.ts';
import {classify} from '../../../runbooks/shell/classify.ts';
import {atEnter, stepAfter} from '../../../runbooks/walk/at-enter.ts';
import {own} from '../../../vocabulary.ts';
import type {Command} from '../keymap.ts';
import type {Stage} from '../reach.ts';
import type {Asking} from './around.ts';
import type {Question} from './state.ts';
import type {Walking} from './walking.ts';

/** What is done at the steps of the runbook that is walked. */
export type Stepping = {
	/** Does what a command asks for at the step one is at; undefined where it means nothing there. Keys wait for what it returns. */
	readonly perform: (command: Command, stage: Stage) => Promise<void> | undefined;
	/** Does what was asked about, with what was typed. */
	readonly answer: (asks: Question, typed: string) => Promise<void>;
	/** What was asked about is not done. */
	readonly decline: (asks: Question) => Promise<void>;
};

/** What means nothing any more once a walk is over. */
const atSteps: ReadonlySet<Command> = new Set<Command>([
	'open',
	'again',
	'skip',
	'byHand',
	'note',
	'edit',
	'abandon',
	'nextPart',
	'previousPart',
	'reading',
	'stop',
]);

const nothing = Promise.resolve();

/** Makes what is done at steps on one dashboard. */
export function makeStepping({runbooks, tell, ask, walking}: Asking & {readonly walking: Walking}): Stepping {
	const wish = async (of: Parameters<Walking['wish']>[0]): Promise<void> => void (await walking.wish(of));

	/** Runs a step, with all that has to be asked before. */
	const run = async (session: Session, step: Step): Promise<void> => {
		const doing = doingOf(session, step);
		const held = doing.is === 'shell' && doing.class !== 'reading' ? await runbooks.whyUnchanged() : undefined;
		if (held?.allow === true) return ask({is: 'allow', why: held.why});
		if (held !== undefined) return tell('bad', held.why);
		const confirm = (await walking.wish({is: 'run'}))?.asking?.confirm;
		if (confirm !== undefined) ask({is: 'confirm', wanted: confirm.ask === 'yes' ? own('yes') : safeText(confirm.name, 253)});
	};
	const enter = async (session: Session, step: Step): Promise<void> => {
		switch (atEnter(session, step)) {
			case 'done':
				return wish({is: 'mark', result: 'done', text: 'done by hand'});
			case 'finish':
				return wish({is: 'finish'});
			case 'next':
				return wish({is: 'go', to: stepAfter(session, step)?.id ?? step.id});
			case 'run':
				return run(session, step);
			case 'nothing':
				// What has failed, or has an end that nobody saw, is begun again by its own key alone.
				return stateOfStep(session, step.id).is === 'open' ? run(session, step) : undefined;
		}
	};
	const edit = async (session: Session, step: Step, folder: string, {away}: Stage): Promise<void> => {
		const doing = doingOf(session, step);
		const script = doing.is === 'shell' ? doing.script : '';
		if (!runbooks.edits(script)) return ask({is: 'edit'}, script);
		await away(async () => {
			const edited = await runbooks.edit(script, folder);
			if (edited !== undefined) await wish({is: 'edit', script: edited, ...classify(edited)});
		});
	};
	/** To the step before or after, whatever became of this one. */
	const goBeside = async ({runbook}: Session, {number}: Step, by: 1 | -1): Promise<void> => {
		const to = stepsOf(runbook).find(step => step.number === number + by);
		if (to !== undefined) await wish({is: 'go', to: to.id});
	};

	return {
		perform: (command, stage) => {
			const {session, walk} = walking.going() ?? {};
			const step = session && stepOf(session.runbook, session.at);
			if (session === undefined || walk === undefined || step === undefined || !atSteps.has(command)) return undefined;
			if (session.over !== undefined) {
				tell('unknown', own('It is over: R shows the report, esc leads back.'));
				return nothing;
			}
			switch (command) {
				case 'open':
					return enter(session, step);
				case 'again':
					return run(session, step);
				case 'skip':
				case 'byHand':
				case 'note':
				case 'abandon':
					ask({is: command});
					return nothing;
				case 'edit':
					return edit(session, step, walk.folder, stage);
				case 'nextPart':
					return goBeside(session, step, 1);
				case 'previousPart':
					return goBeside(session, step, -1);
				case 'reading':
					return wish({is: 'run reading'});
				case 'stop':
					return runningStep(session) === undefined ? walking.leave() : wish({is: 'stop'});
				default:
					return undefined;
			}
		},
		answer: async (asks, typed) => {
			switch (asks.is) {
				case 'allow': {
					await runbooks.allow();
					const going = walking.going();
					const step = going && stepOf(going.session.runbook, going.session.at);
					return step && run(going.session, step);
				}
				case 'confirm':
					return wish({is: 'confirm', name: typed});
				case 'skip':
					return wish({is: 'skip', reason: typed});
				case 'byHand':
					return wish({is: 'mark', result: 'done', text: typed === '' ? 'done by hand' : typed});
				case 'note':
					return wish({is: 'note', text: typed});
				case 'abandon':
					return wish({is: 'abandon', reason: typed});
				case 'edit':
					return typed === '' ? undefined : wish({is: 'edit', script: typed, ...classify(typed)});
				default:
					return undefined;
			}
		},
		decline: ({is}) => (is === 'confirm' ? wish({is: 'decline'}) : nothing),
	};
}

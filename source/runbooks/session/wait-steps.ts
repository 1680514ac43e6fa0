import {safeText} from '../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {duration} from '../../words.ts';
import {withValues} from '../parameters.ts';
import type {Wait} from '../runbook.ts';
import {conditionScript, whyNotWaited} from './condition.ts';
import type {Task} from './event.ts';
import type {Came, Performer, Watching} from './open-session.ts';

/** What waiting is done with. */
export type WaitSteps = {
	readonly parameters: Readonly<Record<string, string>>;
	/** Whether a finding (`node-not-ready:nuc-2`) is there no more; undefined while nobody can tell. */
	readonly isCleared: (finding: string) => boolean | undefined;
	/** Runs commands, for conditions. */
	readonly shell: Performer;
	/** How often it is looked, in milliseconds. */
	readonly every?: number;
};

/** Resolves after a time, or at once when it is stopped. */
function pause(ms: number, stop: AbortSignal): Promise<void> {
	return new Promise(resolve => {
		const end = () => {
			clearTimeout(timer);
			stop.removeEventListener('abort', end);
			resolve();
		};
		const timer = setTimeout(end, ms);
		stop.addEventListener('abort', end);
		if (stop.aborted) end();
	});
}

/** Longer than a timer can count. */
const longestPause = 2 ** 31 - 1;

async function passed(ms: number, {report, stop}: Watching): Promise<Came> {
	report({lines: [say`waiting for ${duration(ms, 'fine')}`], total: 0});
	await pause(Math.min(ms, longestPause), stop);
	return {
		result: stop.aborted ? 'stopped' : 'done',
		text: say`${own(stop.aborted ? 'stopped before' : 'waited')} ${duration(ms, 'fine')}`,
	};
}

async function until(
	is: () => Promise<boolean | undefined>,
	what: SafeText,
	every: number,
	{report, stop}: Watching,
): Promise<Came> {
	for (;;) {
		const now = await is();
		if (now === true) return {result: 'done', text: what};
		if (stop.aborted) return {result: 'stopped', text: say`stopped waiting: ${what}`};
		report({lines: [now === undefined ? say`waiting, and cannot tell now: ${what}` : say`waiting: ${what}`], total: 0});
		await pause(every, stop);
	}
}

/** Does the steps that wait. What was begun by an earlier process is waited for anew. */
export function waitSteps({parameters, isCleared, shell, every = 2000}: WaitSteps): Performer {
	const condition = (task: Task, wait: Wait & {readonly is: 'condition'}, watching: Watching): Promise<Came> => {
		const script = conditionScript(wait, parameters) ?? '';
		const doing = {is: 'shell', script, class: 'reading', why: own(''), output: ''} as const;
		const isMet = async () => (await shell.perform({...task, doing}, {...watching, report: () => {}})).result === 'done';
		return until(isMet, safeText(script, 200), every, watching);
	};
	const perform: Performer['perform'] = async (task, watching) => {
		const {doing} = task;
		if (doing.is !== 'wait') throw new Error(`a step that is ${doing.is} does not wait`);
		const wrong = whyNotWaited(doing.until, parameters);
		if (wrong !== undefined) return {result: 'failed', text: wrong};
		if (doing.until.is === 'time') return passed(doing.until.ms, watching);
		if (doing.until.is === 'condition') return condition(task, doing.until, watching);
		const [finding] = withValues([doing.until.finding], parameters) ?? [];
		if (finding === undefined) return {result: 'failed', text: own('a value is missing for the finding that is waited for')};
		return until(async () => isCleared(finding), say`${safeText(finding, 120)} is cleared`, every, watching);
	};
	return {perform, follow: perform};
}

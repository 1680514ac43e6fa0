import type {ActionFor} from '../../actions/actions.ts';
import type {Hands} from '../../actions/hands.ts';
import {openUndertaking} from '../../actions/open-undertaking.ts';
import type {ActionRequest} from '../../actions/request.ts';
import type {Stage, Undertaking} from '../../actions/undertaking.ts';
import {sentenceOf} from '../../cluster/sentence.ts';
import {commandLine, shellWord} from '../../shell-word.ts';
import {own, say} from '../../vocabulary.ts';
import {withValues} from '../parameters.ts';
import type {Task} from '../session/event.ts';
import type {Came, Performer, Watching} from '../session/open-session.ts';

/** What our own command lines in a runbook are done with. */
export type OwnSteps = {
	readonly hands: Hands;
	readonly actionFor: ActionFor;
	readonly parameters: Readonly<Record<string, string>>;
	/** What a command line of ours asks for; undefined where it changes nothing. Rejects with a sentence for bad input. */
	readonly requestOf: (words: readonly string[]) => Promise<ActionRequest | undefined>;
	/** Shows an action to the person who walks the runbook, and answers for them until its end. Rejects where nobody can. */
	readonly attend: (undertaking: Undertaking, stop: AbortSignal, request: ActionRequest) => Promise<unknown>;
	/** Runs what changes nothing. */
	readonly shell: Performer;
	/** The words that start this program. */
	readonly midwatch: readonly string[];
};

/** How an action ended, as a step does. What it did is in the journal of its own run. */
function cameOf(stage: Stage): Came {
	if (stage.is === 'refused') return {result: stage.by === 'person' ? 'stopped' : 'failed', text: stage.why};
	if (stage.is !== 'ended') return {result: 'unknown', text: own('its end was not seen')};
	const {run, outcome} = stage;
	const line = outcome.resume && commandLine(outcome.resume);
	return {
		result: outcome.result,
		text: line === undefined ? outcome.text : say`${outcome.text}; to go on: ${line}`,
		detail: {run},
	};
}

/** Does the steps that are command lines of ours, one after the other: each is planned, shown and asked about as anywhere. */
export function ownSteps(steps: OwnSteps): Performer {
	const {hands, actionFor, parameters, requestOf, attend, shell, midwatch} = steps;

	const act = async (request: ActionRequest, stop: AbortSignal): Promise<Came> => {
		const undertaking = openUndertaking(request, hands, actionFor);
		const onStop = () => undertaking.stop();
		stop.addEventListener('abort', onStop);
		if (stop.aborted) onStop();
		try {
			await attend(undertaking, stop, request);
		} catch (error) {
			undertaking.stop();
			await undertaking.ended;
			return {result: 'failed', text: sentenceOf(error)};
		} finally {
			stop.removeEventListener('abort', onStop);
		}
		return cameOf(await undertaking.ended);
	};
	const read = (task: Task, words: readonly string[], watching: Watching): Promise<Came> => {
		const script = [...midwatch, ...words].map(shellWord).join(' ');
		return shell.perform({...task, doing: {is: 'shell', script, class: 'reading', why: own(''), output: ''}}, watching);
	};
	const one = async (task: Task, words: readonly string[], watching: Watching): Promise<Came> => {
		const filled = withValues(words, parameters);
		if (filled === undefined)
			return {result: 'failed', text: say`A value is missing: ${commandLine(words) ?? own('its command')}`};
		try {
			const request = await requestOf(filled);
			return await (request === undefined ? read(task, filled, watching) : act(request, watching.stop));
		} catch (error) {
			return {result: 'failed', text: sentenceOf(error)};
		}
	};
	const perform: Performer['perform'] = async (task, watching) => {
		if (task.doing.is !== 'midwatch') throw new Error(`a step that is ${task.doing.is} is no command line of ours`);
		let came: Came = {result: 'done', text: own('nothing to do')};
		for (const words of task.doing.commands) {
			came = await one(task, words, watching);
			if (came.result !== 'done') return came;
		}
		return came;
	};
	// Nobody follows an action into another process: it is taken up as what it is, with its own run.
	return {perform, follow: perform};
}

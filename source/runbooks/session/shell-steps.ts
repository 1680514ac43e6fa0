import type {Environment} from '../../files/places.ts';
import {commandEnvironment, wrongWithScript} from '../execute/environment.ts';
import {execute, stepFolder} from '../execute/execute.ts';
import {wantsTerminal} from '../execute/in-terminal.ts';
import type {Ended, Order} from '../execute/order.ts';
import type {OutputMode} from '../execute/output.ts';
import type {Pinned} from '../execute/pin.ts';
import {followSupervised} from '../execute/supervised.ts';
import type {Task} from './event.ts';
import type {Came, Performer} from './open-session.ts';

/** What all commands of a session have in common. */
export type ShellSteps = {
	readonly pinned: Pinned;
	/** The environment of this process. */
	readonly environment: Environment;
	readonly parameters: Readonly<Record<string, string>>;
	/** Where the runbook is; absolute. */
	readonly directory: string;
	/** The folder of the run. */
	readonly folder: string;
	readonly secrets: readonly string[];
	readonly output: OutputMode;
	/** Milliseconds that a command may take; missing: as long as it does. */
	readonly within?: number;
	/** The words that start a supervisor. */
	readonly supervisor: readonly string[];
	/** Runs what draws on a whole terminal in the one that one sits before; missing where there is none to give away. */
	readonly inTerminal?: ((order: Order) => Promise<Ended>) | undefined;
};

function came({result, text, exit, from, until}: Ended, folder: string): Came {
	return {result, text, detail: {from, until, folder, ...(exit === undefined ? {} : {exit})}};
}

/** Does the steps that are scripts for a shell. */
export function shellSteps(steps: ShellSteps): Performer {
	const folderOf = ({step, attempt}: Task): string => stepFolder(steps.folder, step.id, attempt);
	return {
		perform: async (task, watching) => {
			const {doing} = task;
			if (doing.is !== 'shell') throw new Error(`a step that is ${doing.is} is no script for a shell`);
			const wrong = wrongWithScript(doing.script);
			if (wrong !== undefined) return {result: 'failed', text: wrong};
			const {pinned, environment, parameters, directory, secrets, output, within, supervisor, inTerminal} = steps;
			const folder = folderOf(task);
			const order = {
				script: doing.script,
				class: doing.class,
				directory,
				environment: commandEnvironment(environment, await pinned.write(), pinned.context, parameters),
				secrets,
				output,
				folder,
				...(within === undefined ? {} : {within}),
			};
			if (inTerminal !== undefined && wantsTerminal(order.script)) return came(await inTerminal(order), folder);
			return came(await execute(order, watching, supervisor), folder);
		},
		follow: async (task, watching) => came(await followSupervised(folderOf(task), watching), folderOf(task)),
	};
}

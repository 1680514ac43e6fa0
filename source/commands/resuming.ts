import type {RunKind} from '../journal/entry.ts';
import {readRun} from '../journal/runs.ts';
import {type Arguments, readArguments} from './arguments.ts';
import {Complaint} from './complaint.ts';

/** What a run was asked for when it was begun: its own command line says so. @throws JournalError or Complaint */
export async function argumentsOfRun(what: RunKind, run: string): Promise<Arguments> {
	const {entries} = await readRun(process.env, run);
	const began = entries.find(entry => entry.is === 'began');
	if (began?.is !== 'began' || began.what !== what)
		throw new Complaint(`The run ${run} is no ${what}: midwatch journal list tells what there is.`, 2);
	return readArguments(what, began.command.slice(2));
}

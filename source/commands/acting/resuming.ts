import type {RunKind} from '../../journal/entry.ts';
import {beginningOf} from '../../journal/view.ts';
import {type Arguments, readArguments} from '../arguments.ts';
import {Complaint} from '../complaint.ts';
import {runMeant} from '../run-meant.ts';

/** A run that is to be taken up again, by its whole name, and what it was asked for. */
export type Resumed = {readonly run: string; readonly asked: Arguments};

/** What a run was asked for when it was begun: its own command line says so. `word` as for `runMeant`. @throws JournalError or Complaint */
export async function resumed(what: RunKind, word: string): Promise<Resumed> {
	const {run, entries} = await runMeant(word);
	const began = beginningOf(entries);
	if (began?.what !== what) throw new Complaint(`The run ${run} is no ${what}: midwatch journal list tells what there is.`, 2);
	return {run, asked: await readArguments(what, began.command.slice(2))};
}

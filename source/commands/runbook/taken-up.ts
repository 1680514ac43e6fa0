import type {ReadRun} from '../../journal/runs.ts';
import {type WrittenPlan, writtenPlan} from '../../runbooks/session/written-plan.ts';
import type {Shelved} from '../../runbooks/shelf.ts';
import {Complaint} from '../complaint.ts';
import {runbookMeant} from './meant.ts';

/** A run of a runbook that can be taken up: what it was begun with, and the runbook as it was then. */
export type TakenUp = {readonly plan: WrittenPlan; readonly shelved: Shelved};

/** The word that means the runbook of a run: its id, or its file with the part of it. */
export function wordOf({id, file}: WrittenPlan): string {
	const part = id.includes('#') ? `#${id.slice(id.indexOf('#') + 1)}` : '';
	return file.includes('/') ? `${file}${part}` : id;
}

/** What a run was begun with, where it can be taken up again. @throws Complaint or RunbookFileError */
export async function takenUp({run, entries, state}: ReadRun): Promise<TakenUp> {
	const plan = writtenPlan(entries);
	if (plan === undefined) throw new Complaint(`The run ${run} is no runbook: midwatch journal show ${run} tells what it is.`, 2);
	if (state === 'done' || state === 'skipped')
		throw new Complaint(`The run ${run} is over: midwatch runbook report ${run} tells what was done.`, 2);
	const shelved = await runbookMeant(wordOf(plan));
	if (shelved.runbook.hash !== plan.hash)
		throw new Complaint(
			`The runbook ${plan.id} was changed since ${run} was begun, and its steps may be others: begin anew with midwatch runbook run.`,
			2,
		);
	return {plan, shelved};
}

import {writtenPlan} from '../runbooks/session/written-plan.ts';
import {resumeWalk} from '../runbooks/walk/open-walk.ts';
import type {Arguments} from './arguments.ts';
import {Complaint} from './complaint.ts';
import {mouthFor} from './mouth.ts';
import {givenValues, valuesOf} from './parameter-values.ts';
import {flagsOfRun} from './run-cluster.ts';
import {runMeant} from './run-meant.ts';
import {runbookMeant, trustworthy} from './runbook-meant.ts';
import {walkOn} from './walk-command.ts';

/** `midwatch runbook resume RUN`: goes on where a walk was left, or broken off. */
export async function run({flags, words: [, word = ''], lists = {}}: Arguments): Promise<number> {
	const never = new AbortController().signal;
	const mouth = mouthFor(flags);
	const {run: name, entries, state} = await runMeant(word, 'runbook');
	const plan = writtenPlan(entries);
	if (plan === undefined)
		throw new Complaint(`The run ${name} is no runbook: midwatch journal show ${name} tells what it is.`, 2);
	if (state === 'done' || state === 'skipped')
		throw new Complaint(`The run ${name} is over: midwatch runbook report ${name} tells what was done.`, 2);
	const part = plan.id.includes('#') ? `#${plan.id.slice(plan.id.indexOf('#') + 1)}` : '';
	const meant = plan.file.includes('/') ? `${plan.file}${part}` : plan.id;
	const runbook = await trustworthy(await runbookMeant(meant), mouth, never);
	if (runbook.hash !== plan.hash)
		throw new Complaint(
			`The runbook ${plan.id} was changed since ${name} was begun, and its steps may be others: begin anew with midwatch runbook run.`,
			2,
		);
	const given = {...plan.parameters, ...givenValues(runbook, lists.param ?? [])};
	const parameters = await valuesOf(runbook, {given, finding: plan.finding}, mouth, never);
	const errand = {runbook, parameters, ...(plan.finding === undefined ? {} : {finding: plan.finding})};
	return walkOn(await flagsOfRun(entries, flags), errand, ground => resumeWalk(ground, errand, name));
}

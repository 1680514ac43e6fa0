import {resumeWalk} from '../../runbooks/walk/open-walk.ts';
import type {Arguments} from '../arguments.ts';
import {mouthFor} from '../mouth.ts';
import {runMeant} from '../run-meant.ts';
import {trustworthy} from './meant.ts';
import {givenValues, valuesOf} from './parameter-values.ts';
import {flagsOfRun} from './run-cluster.ts';
import {takenUp} from './taken-up.ts';
import {walkOn} from './walk-command.ts';

/** `midwatch runbook resume RUN`: goes on where a walk was left, or broken off. */
export async function run({flags, words: [, word = ''], lists = {}}: Arguments): Promise<number> {
	const never = new AbortController().signal;
	const mouth = mouthFor(flags);
	const meant = await runMeant(word, 'runbook');
	const {plan, shelved} = await takenUp(meant);
	const runbook = await trustworthy(shelved, mouth, never);
	const given = {...plan.parameters, ...givenValues(runbook, lists.param ?? [])};
	const parameters = await valuesOf(runbook, {given, finding: plan.finding}, mouth, never);
	const errand = {runbook, parameters, ...(plan.finding === undefined ? {} : {finding: plan.finding})};
	return walkOn(await flagsOfRun(meant.entries, flags), errand, ground => resumeWalk(ground, errand, meant.run));
}

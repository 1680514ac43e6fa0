import {beginWalk} from '../../runbooks/walk/open-walk.ts';
import type {Arguments} from '../arguments.ts';
import {mouthFor} from '../mouth.ts';
import {runbookMeant, trustworthy} from './meant.ts';
import {givenValues, valuesOf} from './parameter-values.ts';
import {walkOn} from './walk-command.ts';

/** `midwatch runbook run ID|FILE`: walks a runbook, step by step. */
export async function run({flags, words: [, word = ''], lists = {}}: Arguments): Promise<number> {
	const never = new AbortController().signal;
	const mouth = mouthFor(flags);
	const runbook = await trustworthy(await runbookMeant(word), mouth, never);
	const finding = flags.finding === undefined ? undefined : String(flags.finding);
	const given = givenValues(runbook, lists.param ?? []);
	const parameters = await valuesOf(runbook, {given, finding}, mouth, never);
	const errand = {runbook, parameters, ...(finding === undefined ? {} : {finding})};
	return walkOn(flags, errand, ground => beginWalk(ground, errand));
}

import {sentenceOf} from '../cluster/sentence.ts';
import type {RunJournal} from '../journal/journal.ts';
import {beginRun, resumeRun} from '../journal/runs.ts';
import {say} from '../vocabulary.ts';
import type {Outcome} from './action.ts';
import type {Hands} from './hands.ts';
import type {Plan} from './plan.ts';
import type {ActionRequest} from './request.ts';

const subjectOf = (request: ActionRequest): string => ('nodes' in request ? (request.nodes[0] ?? '') : request.tier);

/**
 * Opens the journal of a run, a new one or the one that is taken up again, and writes down what is about to be done.
 * @throws JournalError: then it must not be done
 */
export async function beginJournal(plan: Plan, request: ActionRequest, hands: Hands): Promise<RunJournal> {
	const {environment, place, by, version, secrets = []} = hands;
	if ('resumes' in request && request.resumes !== undefined) {
		const journal = await resumeRun(environment, request.resumes, {place, secrets});
		return opened(journal, {is: 'resumed', by, version});
	}
	const journal = await beginRun(environment, {place, what: plan.action, subject: subjectOf(request), secrets});
	const {title, command, data} = plan;
	const {context, server} = place;
	return opened(journal, {is: 'began', what: plan.action, title, command, context, server, by, version, plan: data});
}

async function opened(journal: RunJournal, first: Parameters<RunJournal['write']>[0]): Promise<RunJournal> {
	try {
		await journal.write(first);
		return journal;
	} catch (error) {
		await journal.close().catch(() => {});
		throw error;
	}
}

/** Writes down how a run ended, and closes its journal. What was done was done, whether or not that can be kept. */
export async function closeJournal(journal: RunJournal, outcome: Outcome): Promise<Outcome> {
	const {result, text} = outcome;
	try {
		await journal.write({is: 'ended', result, text});
		return outcome;
	} catch (error) {
		return {...outcome, text: say`${text} (this end is not in the journal: ${sentenceOf(error)})`};
	} finally {
		await journal.close().catch(() => {});
	}
}

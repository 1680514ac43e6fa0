import {Refusal} from '../../../cluster/refusal.ts';
import {sentenceOf} from '../../../cluster/sentence.ts';
import {TransportError} from '../../../cluster/transport.ts';
import {own, type SafeText, say} from '../../../vocabulary.ts';
import {join} from '../../../words.ts';
import type {Answer} from './state.ts';

/** Milliseconds until an eviction is tried again, as kubectl has it, where the server does not say. */
const again = 5000;

/** What a budget says (pkg/registry/core/pod/storage/eviction.go), in the words of the plan; as it is where it says something else. */
function budgetSays(message: SafeText): SafeText {
	const [, budget, needs, has] =
		/^The disruption budget (\S+) needs (\d+) healthy pods and has (\d+) currently$/.exec(message) ?? [];
	if (budget === undefined) return own(message.charAt(0).toLowerCase() + message.slice(1));
	return own(`budget ${budget} allows none: it needs ${needs} healthy and has ${has}`);
}

/** Why there are too many requests: those for disruptions, or all of them. */
function tooMany({causes, sentence}: Refusal): SafeText {
	const budgets = causes.filter(({reason}) => reason === 'DisruptionBudget').map(({message}) => budgetSays(message));
	return budgets.length === 0 ? say`the API server is too busy (${sentence})` : join(budgets, '; ');
}

function judged(refusal: Refusal): Answer {
	const {status, sentence, causes, retryAfter} = refusal;
	if (status === 404) return {is: 'gone'};
	if (status === 409) return {is: 'doubtful', why: sentence};
	if (status === 429) return {is: 'held', why: tooMany(refusal), again: retryAfter || again};
	if (status === 403 && causes.some(({reason}) => reason === 'NamespaceTerminating'))
		return {is: 'held', why: own('its namespace is being deleted'), again};
	if (status === 403) return {is: 'not permitted', why: sentence};
	// Of two budgets over one pod the server says 500, and will do so for ever; of anything else it may think better.
	if (status === 500 && sentence.includes('PodDisruptionBudget')) return {is: 'failed', why: sentence};
	return status >= 500 ? {is: 'doubtful', why: sentence} : {is: 'failed', why: sentence};
}

/**
 * What it means that an eviction was refused, as kubectl takes it (pkg/drain/drain.go) but for what restarts of the server
 * bring: those are waited for. 403 is `not permitted` until the server has said that it is permitted.
 */
export function answerTo(error: unknown): Answer {
	if (error instanceof Refusal) return judged(error);
	if (error instanceof TransportError && (error.reason === 'credentials' || error.reason === 'tls'))
		return {is: 'not permitted', why: error.sentence};
	return {is: 'doubtful', why: sentenceOf(error)};
}

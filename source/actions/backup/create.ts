import {Refusal} from '../../cluster/refusal.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {sentenceOf} from '../../cluster/sentence.ts';
import {write} from '../../cluster/write.ts';
import type {Entry, Json, Result} from '../../journal/entry.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import type {Running} from '../action.ts';
import type {Hands} from '../hands.ts';
import {isPassing, outlast} from '../outlast.ts';
import type {Body} from './objects.ts';

/** Something to be made. `collection` is the path it is posted to, `what` what it is called in a sentence, `batch` what is made together. */
export type Making = {
	readonly what: string;
	readonly collection: string;
	readonly name: string;
	readonly batch: string;
	readonly body: Body;
};

/** What came of it. */
export type Made = {readonly result: Extract<Result, 'done' | 'failed' | 'unknown'>; readonly text: SafeText};

/** The path of an object in a collection. */
export const pathIn = (collection: string, name: string): string => `${collection}/${encodeURIComponent(name)}`;

function wasMade(before: readonly Entry[], step: string): boolean {
	return before.some(entry => entry.is === 'outcome' && entry.step === step && entry.result === 'done');
}

const isAnnounced = (before: readonly Entry[], step: string): boolean =>
	before.some(entry => entry.is === 'intent' && entry.step === step);

/** What the names of a run that is taken up again are made of; undefined where it had made nothing yet. */
export function batchOf(before: readonly Entry[]): string | undefined {
	for (const entry of before) {
		if (entry.is !== 'intent' || typeof entry.detail !== 'object') continue;
		const {batch} = (entry.detail ?? {}) as {readonly batch?: Json};
		if (typeof batch === 'string') return batch;
	}
	return undefined;
}

/** Posts it, again where the server was away meanwhile: then one of that name is ours. Rejects as `write` does. */
async function post({transport}: Hands, {collection, name, body}: Making, mayBeThere: boolean): Promise<void> {
	try {
		await write(transport, {method: 'POST', path: collection, body: {...body, metadata: {...body.metadata, name}}});
	} catch (error) {
		const isThere = error instanceof Refusal && error.status === 409;
		if (!isThere || !mayBeThere) throw error;
	}
}

/**
 * Makes an object: announced in the journal before, told there after. What an earlier process of this run has made is not
 * made again; of what it announced and did not tell the end, the server says whether it is there. A server that is away is
 * waited for until somebody says stop. Rejects only where the journal fails.
 */
export async function make(
	hands: Hands,
	making: Making,
	{journal, stop}: Pick<Running, 'journal' | 'stop'>,
	waiting: (why: SafeText) => void,
): Promise<Made> {
	const {what, collection, name, batch} = making;
	const step = `create ${what} ${name}`;
	const shown = say`${own(what)} ${safeText(name, 253)}`;
	if (wasMade(journal.before, step)) return {result: 'done', text: say`${shown} was created before`};
	let mayBeThere = isAnnounced(journal.before, step);
	await journal.write({is: 'intent', step, title: step, detail: {path: pathIn(collection, name), batch}});
	const made = await attempt();
	await journal.write({is: 'outcome', step, ...made});
	return made;

	async function attempt(): Promise<Made> {
		try {
			await outlast(() => post(hands, making, mayBeThere), {
				stop,
				waiting: why => {
					mayBeThere = true;
					waiting(why);
				},
			});
			return {result: 'done', text: say`${shown} created`};
		} catch (error) {
			const why = sentenceOf(error);
			return isPassing(error)
				? {result: 'unknown', text: say`whether ${shown} was created is not known: ${why}`}
				: {result: 'failed', text: say`${shown} could not be created: ${why}`};
		}
	}
}

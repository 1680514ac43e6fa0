import {safeText} from '../../../cluster/safe-text.ts';
import {wrongValue} from '../../../runbooks/parameters.ts';
import {own, say} from '../../../vocabulary.ts';
import type {Asking} from './around.ts';
import {type Book, firstMissing, withValue} from './book.ts';
import type {Attending} from './reach.ts';
import type {Question} from './state.ts';
import {shortWords} from './walk-page.ts';
import type {Walking} from './walking.ts';

/** The runbook that is open to be read, until it is walked. */
export type Reading = {
	readonly book: () => Book | undefined;
	readonly open: (book: Book | undefined) => void;
	/** Walks it from a step on, once it is trusted and all its parameters have a value. */
	readonly walk: (from: string | undefined) => Promise<void>;
	/** Asks for other values, one after the other. */
	readonly askValues: () => void;
	/** Takes a value that was typed, and goes on from there. */
	readonly takeValue: (asks: Question & {readonly is: 'value'}, typed: string, from: string | undefined) => Promise<void>;
	/** Somebody has looked at it. */
	readonly trust: () => Promise<void>;
};

type Needs = Asking & {
	readonly walking: Walking;
	readonly attending: Attending;
	/** Nothing is asked any more. */
	readonly asked: () => void;
	readonly begun: () => void;
};

/** Makes the reading of runbooks of one dashboard. */
export function makeReading({runbooks, tell, key, ask, walking, attending, asked, begun}: Needs): Reading {
	let book: Book | undefined;

	const walk = async (from: string | undefined): Promise<void> => {
		if (book === undefined) return;
		const going = walking.going();
		if (walking.isUnderWay() && going !== undefined) {
			tell('unknown', say`${shortWords(going.session)} is under way: go on with it (${own(key)}), or stop it there first (x).`);
			return;
		}
		if (!book.trusted) return ask({is: 'trust'});
		const parameter = firstMissing(book);
		if (parameter !== undefined) return ask({is: 'value', parameter, before: 'walking'});
		const {run} = book;
		const why = await walking.begin(book, attending);
		if (why !== undefined) return tell('bad', why);
		begun();
		if (run === undefined && from !== undefined) await walking.wish({is: 'go', to: from});
	};
	/** Asks for the value of the parameter after one; of the first where none is said. */
	const askNext = (after: string | undefined) => {
		const {parameters = []} = book?.runbook ?? {};
		const parameter = parameters[parameters.findIndex(({name}) => name === after) + 1];
		if (parameter !== undefined) {
			ask({is: 'value', parameter, before: 'next'}, book?.values.get(parameter.name)?.value ?? '');
		} else if (after === undefined) tell('unknown', own('This runbook asks for no values.'));
	};

	return {
		book: () => book,
		open: next => {
			book = next;
		},
		walk,
		askValues: () => askNext(undefined),
		takeValue: async ({parameter, before}, typed, from) => {
			if (book === undefined) return;
			const isMissing = typed === '' && parameter.default !== '';
			const wrong = isMissing ? say`${safeText(parameter.name, 60)} wants a value.` : wrongValue(parameter, typed);
			if (wrong !== undefined) return tell('unknown', wrong);
			book = withValue(book, parameter.name, typed);
			asked();
			if (before === 'walking') await walk(from);
			else askNext(parameter.name);
		},
		trust: async () => {
			if (book === undefined) return;
			await runbooks.trust(book.runbook);
			book = {...book, trusted: true};
		},
	};
}

import type {Reading, SourceState} from '../vocabulary.ts';
import {sameState, throughLine} from './freshness.ts';
import type {RecordListener, Source} from './source.ts';
import type {LineState} from './transport.ts';

/** What a store needs of its surroundings: the line to the server, and whom to tell that something changed. */
export type StoreOptions = {
	readonly line: () => LineState;
	readonly changed: () => void;
};

/** A listing under way. What is put comes in at once; what was not put by the end goes then, all at once. */
export type Listing<R> = {
	readonly put: (key: string, record: R) => void;
	readonly end: () => void;
};

/** What a source says of itself beside its records. */
export type About<R> = Pick<Reading<R>, 'state' | 'limitedTo' | 'parts'>;

/** The writing side of a source: only its reflector or scrape holds it. */
export type Store<R> = Source<R> & {
	readonly get: (key: string) => R | undefined;
	readonly put: (key: string, record: R) => void;
	readonly remove: (key: string) => void;
	readonly list: () => Listing<R>;
	readonly state: () => SourceState;
	/** Replaces what is given, keeps the rest. */
	readonly say: (about: Partial<About<R>>) => void;
};

/** Keeps the records of one source, tells of every change, and says how fresh they are. */
export function createStore<R>(id: string, {line, changed}: StoreOptions): Store<R> {
	const records = new Map<string, R>();
	const listeners = new Set<RecordListener<R>>();
	let about: About<R> = {state: {is: 'loading'}};
	let revision = 0;
	let shown: Reading<R> = {...about, records, revision};

	const touch = () => {
		revision++;
		changed();
	};
	const change = (before: R | undefined, after: R | undefined) => {
		for (const listener of listeners) listener(before, after);
		touch();
	};
	const put = (key: string, record: R) => {
		const before = records.get(key);
		records.set(key, record);
		change(before, record);
	};
	const remove = (key: string) => {
		const before = records.get(key);
		if (records.delete(key)) change(before, undefined);
	};

	return {
		id,
		get: key => records.get(key),
		put,
		remove,
		list: () => listInto(records, put, remove),
		state: () => about.state,
		say: more => {
			about = {...about, ...more};
			touch();
		},
		reading: () => {
			const state = throughLine(about.state, line());
			if (shown.revision !== revision || !sameState(shown.state, state)) shown = {...about, state, records, revision};
			return shown;
		},
		onRecord: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}

function listInto<R>(records: ReadonlyMap<string, R>, put: Store<R>['put'], remove: Store<R>['remove']): Listing<R> {
	// The first listing finds nothing to drop, and need not remember 50,000 keys.
	const unnamed = new Set(records.keys());
	return {
		put: (key, record) => {
			unnamed.delete(key);
			put(key, record);
		},
		end: () => {
			for (const key of unnamed) remove(key);
		},
	};
}

import {safeText} from '../../cluster/safe-text.ts';
import {sentenceOf} from '../../cluster/sentence.ts';
import type {Entry, Happening} from '../../journal/entry.ts';
import type {RunJournal} from '../../journal/journal.ts';
import type {Seen} from '../execute/order.ts';
import type {Effect, Event, Performed, Task, Wish} from './event.ts';
import {reduce} from './reduce.ts';
import type {Session} from './session.ts';
import {take} from './take.ts';

/** How a step comes out. */
export type Came = Pick<Performed, 'result' | 'text' | 'detail'>;

/** What looks on while a step runs, and may stop it. */
export type Watching = {readonly report: (seen: Seen) => void; readonly stop: AbortSignal};

/** What does the steps of a session. `follow` finds out what became of one that an earlier process began. */
export type Performer = {
	readonly perform: (task: Task, watching: Watching) => Promise<Came>;
	readonly follow: (task: Task, watching: Watching) => Promise<Came>;
};

/** A session that is under way. */
export type LiveSession = {
	/** The same object while nothing changed. */
	readonly session: () => Session;
	/** What the running step printed so far, or the last one that ran. */
	readonly seen: () => Seen;
	readonly subscribe: (listener: () => void) => () => void;
	readonly wish: (wish: Wish) => void;
	/** Breaks it off as a crash would, but for what only reads, which is stopped: it can be taken up again. */
	readonly close: () => void;
	/** Resolves when its journal is closed. Never rejects. */
	readonly closed: Promise<void>;
};

export type Opening = {
	/** As it was before: new, or as its journal tells. */
	readonly session: Session;
	readonly journal: RunJournal;
	/** `began` or `resumed`. */
	readonly first: Happening;
	readonly performer: Performer;
	/** Epoch ms on this machine's clock. */
	readonly now: () => number;
};

/** A session as its journal tells it. */
export function asWritten(session: Session, entries: readonly Entry[]): Session {
	return entries.reduce(take, session);
}

/** Commands that change something, and our own actions, come to their end without a session. */
const diesWithUs = ({doing}: Task): boolean => doing.is === 'wait' || (doing.is === 'shell' && doing.class === 'reading');

const nothingSeen: Seen = {lines: [], total: 0};

/** Walks a runbook: everything is written down before it counts. */
export function openSession({session, journal, first, performer, now}: Opening): LiveSession {
	let current = session;
	let seen = nothingSeen;
	let stopping = new AbortController();
	let task: Task | undefined;
	const listeners = new Set<() => void>();
	const closing = Promise.withResolvers<void>();
	const tell = () => {
		for (const listener of listeners) listener();
	};

	const keep = async (happening: Happening): Promise<Event> => {
		try {
			await journal.write(happening);
			// Its number is the journal's own business.
			return {is: 'kept', entry: {...happening, seq: 0, at: now()}};
		} catch (error) {
			return {is: 'not kept', why: sentenceOf(error)};
		}
	};
	const perform = async (how: 'perform' | 'follow', of: Task): Promise<Event> => {
		stopping = new AbortController();
		seen = nothingSeen;
		task = of;
		const report = (now: Seen) => {
			seen = now;
			tell();
		};
		const came = await performer[how](of, {report, stop: stopping.signal}).catch(
			(error: unknown): Came => ({result: 'failed', text: safeText(error instanceof Error ? error.message : String(error), 200)}),
		);
		task = undefined;
		return {is: 'performed', step: of.step.id, ...came};
	};
	const close = () => {
		if (task !== undefined && diesWithUs(task)) stopping.abort();
		void journal.close().then(closing.resolve, closing.resolve);
	};
	const act = (effect: Effect): Promise<Event> | undefined => {
		switch (effect.is) {
			case 'keep':
				return keep(effect.happening);
			case 'perform':
			case 'follow':
				return perform(effect.is, effect);
			case 'stop':
				stopping.abort();
				return undefined;
			case 'close':
				close();
				return undefined;
		}
	};
	const dispatch = (event: Event): void => {
		const turn = reduce(current, event);
		const isNew = turn.session !== current;
		current = turn.session;
		for (const effect of turn.effects) void act(effect)?.then(dispatch);
		if (isNew) tell();
	};

	current = {...current, keeping: true};
	void keep(first).then(dispatch);
	return {
		session: () => current,
		seen: () => seen,
		subscribe: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		wish: dispatch,
		close,
		closed: closing.promise,
	};
}

import {own, type SafeText, type SourceState, type StoredRecord, say} from '../vocabulary.ts';
import {createBackoff, fully, slightly} from './backoff.ts';
import {afterFailure} from './freshness.ts';
import {createIntake} from './intake.ts';
import type {Kind} from './kind.ts';
import {list} from './list.ts';
import {Refusal} from './refusal.ts';
import type {Resource} from './request.ts';
import {createRest} from './rest.ts';
import {safeText} from './safe-text.ts';
import type {Store} from './store.ts';
import type {Timings} from './timings.ts';
import type {Transport} from './transport.ts';
import {type Asking, sentenceOf, verdictOn} from './verdict.ts';
import {watch} from './watch.ts';

/** How a kind is served here. */
export type Served = {readonly version: string; readonly watchable: boolean};

/** What all reflectors of a cluster share. */
export type ReflectorOptions = {
	readonly transport: Transport;
	/** Epoch milliseconds on the server's clock. */
	readonly now: () => number;
	readonly random: () => number;
	readonly timings: Timings;
	/** Read instead of all namespaces where those may not be read; `''` for none. */
	readonly fallback: string;
};

/** Keeps a store in step with the cluster until it is stopped; nothing else ends it. */
export type Reflector = {
	/** Something changed for the better (the line is up, the API is there): tries again now what it waits to try. */
	readonly wake: () => void;
	/** The connection its watch came on is going away: asks for it anew. */
	readonly renew: () => void;
	readonly stop: () => void;
};

export function reflect<R extends StoredRecord>(
	kind: Kind<R>,
	served: Served,
	store: Store<R>,
	{transport, now, random, timings, fallback}: ReflectorOptions,
): Reflector {
	const stopping = new AbortController();
	const rest = createRest(stopping.signal);
	const retry = createBackoff(timings.retry, time => fully(time, random));
	const reask = createBackoff(timings.reask, time => slightly(time, random));
	const everywhere = kind.namespace ?? '';
	let namespace = everywhere;
	let from: string | undefined;
	let asking: Asking = 'list';
	let streamable = true;
	const pollAtFirst = served.watchable ? 0 : Number.POSITIVE_INFINITY;
	let pollUntil = pollAtFirst;
	let watching = new AbortController();

	const run = async () => {
		while (!stopping.signal.aborted) {
			const wait = await step().catch(react);
			if (wait > 0) await rest.sleep(wait);
		}
	};

	/** Goes the best way there is: a watch that begins with everything, else a list and a watch, else lists only. */
	const step = async (): Promise<number> => {
		const polling = now() < pollUntil;
		if (from === undefined && (polling || !streamable)) await relist();
		return polling ? polled() : follow();
	};

	const resource = (): Resource<R> => ({transport, kind, version: served.version, namespace});

	const relist = async () => {
		asking = 'list';
		const intake = createIntake(kind, served.version, store, undefined);
		intake.complete(await list(resource(), intake.add, stopping.signal));
		from = intake.version();
	};

	const follow = async (): Promise<number> => {
		asking = from === undefined ? 'stream' : 'watch';
		watching = new AbortController();
		const live = () => {
			asking = 'watch';
			settle({is: 'live'});
		};
		const intake = createIntake(kind, served.version, store, from, live);
		const opened = () => {
			if (from !== undefined) live();
		};
		const began = performance.now();
		try {
			const seconds = 300 + Math.round(random() * 300);
			await watch(resource(), {from, seconds, quiet: timings.quiet, signal: watching.signal, opened, take: intake.take});
		} finally {
			from = intake.version();
		}
		return watching.signal.aborted ? 0 : ended(performance.now() - began);
	};

	const ended = (lasted: number): number => {
		if (from === undefined) return failed(own('the watch ended before everything had come'));
		if (lasted < timings.healthyAfter) return failed(own('the watch ended at once'));
		retry.reset();
		if (namespace !== everywhere) widen();
		return 0;
	};

	const polled = (): number => {
		settle({is: 'polled', asOf: now(), every: timings.poll});
		retry.reset();
		from = undefined;
		return slightly(timings.poll, random);
	};

	const react = (error: unknown): number => {
		if (stopping.signal.aborted || watching.signal.aborted) return 0;
		switch (verdictOn(error, asking)) {
			case 'unstreamable':
				streamable = false;
				return 0;
			case 'unwatchable':
				pollUntil = now() + timings.unwatchable;
				from = undefined;
				return 0;
			case 'expired':
				return expired(error);
			case 'denied':
				return denied();
			case 'absent':
				return absent();
			case 'failed':
				return failed(sentenceOf(error), error instanceof Refusal ? error.retryAfter : 0);
		}
	};

	const failed = (why: SafeText, atLeast = 0): number => {
		store.say({state: afterFailure(store.state(), why, now())});
		return Math.max(retry.next(), atLeast);
	};

	/** The server has forgotten the version we know: everything is listed anew, the first time at once. */
	const expired = (error: unknown): number => {
		from = undefined;
		const isFirst = retry.failures() === 0;
		const wait = failed(sentenceOf(error));
		return isFirst ? 0 : wait;
	};

	const denied = (): number => {
		if (namespace === everywhere && kind.namespaced && everywhere === '' && fallback !== '') {
			namespace = fallback;
			return 0;
		}
		const where = namespace === '' ? {} : {namespace: safeText(namespace)};
		store.say({state: {is: 'denied', verb: own('list'), resource: own(resourceName(kind)), ...where}});
		widen();
		return reask.next();
	};

	const absent = (): number => {
		store.list().end();
		store.say({state: {is: 'absent'}});
		widen();
		return reask.next();
	};

	/** Whatever is asked next is asked of all namespaces, from the beginning, and the best way. */
	const widen = () => {
		namespace = everywhere;
		from = undefined;
		pollUntil = pollAtFirst;
	};

	const settle = (state: SourceState) => {
		reask.reset();
		const missing = say`list ${own(resourceName(kind))} in all namespaces`;
		store.say({state, limitedTo: namespace === everywhere ? undefined : {namespace: safeText(namespace), missing}});
	};

	void run();
	return {
		wake: () => {
			streamable = true;
			// What failed before says nothing of what is here now: a server that starts refuses once or twice, and would not be
			// asked again for half a minute.
			retry.reset();
			rest.wake();
		},
		renew: () => {
			if (store.state().is === 'live') watching.abort();
		},
		stop: () => {
			stopping.abort();
			watching.abort();
		},
	};
}

function resourceName({plural, group}: {readonly plural: string; readonly group: string}): string {
	return group === '' ? plural : `${plural}.${group}`;
}

import {own, type SafeText, type SourceState, type StoredRecord} from '../../vocabulary.ts';
import {createBackoff, fully, slightly} from '../backoff.ts';
import {afterFailure} from '../freshness.ts';
import type {Kind} from '../kind.ts';
import {createRest} from '../rest.ts';
import {sentenceOf} from '../sentence.ts';
import type {Store} from '../store.ts';
import type {Timings} from '../timings.ts';
import type {Transport} from '../transport.ts';
import {
	type Course,
	canNarrow,
	deniedState,
	firstCourse,
	isNarrowed,
	limitOf,
	type Move,
	nextMove,
	type ServedAs,
} from './course.ts';
import {glance} from './glance.ts';
import {list} from './list.ts';
import type {Resource} from './request.ts';
import {retryAfterOf, verdictOn} from './verdict.ts';
import {watch} from './watch.ts';

/** What all reflectors of a cluster share. */
export type ReflectorOptions = {
	readonly transport: Transport;
	/** Epoch milliseconds on the server's clock. */
	readonly now: () => number;
	readonly random: () => number;
	readonly timings: Timings;
	/** Read instead of all namespaces where those may not be read; `''` for none. */
	readonly fallback: string;
	/** Somebody looks once: of what there may be too much, an outline has to do. */
	readonly once?: boolean;
	/** Told when the server does not know the resource: what it serves may have changed. */
	readonly unknown: () => void;
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
	served: ServedAs,
	store: Store<R>,
	{transport, now, random, timings, fallback, once, unknown}: ReflectorOptions,
): Reflector {
	const stopping = new AbortController();
	const rest = createRest(stopping.signal);
	const retry = createBackoff(timings.retry, time => fully(time, random));
	const reask = createBackoff(timings.reask, time => slightly(time, random));
	const outline = once ? kind.outline : undefined;
	const as = outline === undefined ? served : {...served, watchable: false};
	let course = firstCourse(kind, as);
	let watching = new AbortController();

	const run = async () => {
		while (!stopping.signal.aborted) {
			const move = nextMove(course, now());
			const wait = await moves[move]().catch(error => (stopping.signal.aborted ? 0 : react(error, move)));
			if (wait > 0) await rest.sleep(wait);
		}
	};
	/** Changes the course, and waits before going on. */
	const turn = (changes: Partial<Course>, wait = 0): number => {
		course = {...course, ...changes};
		return wait;
	};
	const resource = (): Resource<R> => ({transport, kind, version: served.version, namespace: course.namespace});

	const readAll = async () => {
		if (outline === undefined) return turn({from: await list(resource(), store, stopping.signal)});
		await glance(resource(), outline, store, stopping.signal);
		return turn({from: ''});
	};

	const waitToReadAgain = async () => {
		retry.reset();
		settle({is: 'polled', asOf: now(), every: timings.poll});
		return turn({from: undefined}, slightly(timings.poll, random));
	};

	const follow = async () => {
		let liveSince = Number.POSITIVE_INFINITY;
		const lasted = () => performance.now() - liveSince;
		watching = new AbortController();
		await watch(resource(), store, {
			from: course.from,
			seconds: 300 + Math.round(random() * 300),
			quiet: timings.quiet,
			signal: watching.signal,
			live: () => {
				liveSince = performance.now();
				settle({is: 'live'});
			},
			reached: version => {
				turn({from: version});
				// However it ended, what had failed before it is forgotten.
				if (lasted() >= timings.healthyAfter) retry.reset();
			},
		});
		return watching.signal.aborted ? 0 : ended(lasted());
	};

	/** A watch is over, cleanly or not, and we did not end it. */
	const ended = (lasted: number): number => {
		if (course.from === undefined) return turn({streamable: false}, failed(own('the watch ended before all had come')));
		if (lasted < timings.healthyAfter) return failed(own('the watch ended at once'));
		// Who could see one namespace only may see all by now.
		return isNarrowed(course, kind) ? turn(firstCourse(kind, as)) : 0;
	};

	const moves: Readonly<Record<Move, () => Promise<number>>> = {
		list: readAll,
		stream: follow,
		watch: follow,
		wait: waitToReadAgain,
	};

	const react = (error: unknown, move: Move): number => {
		// Once all has come, a watch that began with it is one like any other.
		switch (verdictOn(error, move === 'stream' && course.from !== undefined ? 'watch' : move)) {
			case 'ours':
				return 0;
			case 'unstreamable':
				return turn({streamable: false});
			case 'unwatchable':
				return turn({from: undefined, unwatchableUntil: now() + timings.unwatchable});
			case 'doubted':
				return turn({from: undefined});
			case 'expired':
				return turn({from: undefined}, expired(error));
			case 'denied':
				return denied();
			case 'unknown':
				unknown();
				return failed(sentenceOf(error));
			case 'failed':
				return failed(sentenceOf(error), retryAfterOf(error));
		}
	};

	const failed = (why: SafeText, atLeast = 0): number => {
		const {heardAt, skew} = transport.line();
		store.say({state: afterFailure(store.state(), why, Math.min(now(), heardAt + skew))});
		return Math.max(retry.next(), atLeast);
	};

	/** The first time all is read anew at once; a server that forgets again and again is left in peace. */
	const expired = (error: unknown): number => {
		const isFirst = retry.failures() === 0;
		const wait = failed(sentenceOf(error));
		return isFirst ? 0 : wait;
	};

	const denied = (): number => {
		if (canNarrow(course, kind, fallback)) return turn({namespace: fallback});
		store.say({state: deniedState(course, kind), limitedTo: undefined});
		return turn(firstCourse(kind, as), reask.next());
	};

	const settle = (state: SourceState) => {
		reask.reset();
		store.say({state, limitedTo: limitOf(course, kind)});
	};

	void run();
	return {
		wake: () => {
			turn({streamable: true});
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

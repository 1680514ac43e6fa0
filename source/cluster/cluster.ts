import type {StoredRecord} from '../vocabulary.ts';
import {createFrame} from './frame.ts';
import type {Kind, System} from './kind.ts';
import {followServed} from './presence/presence.ts';
import {type Readings, runScrape, type Scrape} from './scrape.ts';
import type {Source} from './source.ts';
import {createStore, type Store} from './store.ts';
import {type Timings, timings as usualTimings} from './timings.ts';
import type {Transport} from './transport.ts';
import {serverVersion} from './version.ts';

export type ClusterOptions = {
	readonly transport: Transport;
	/** Read where all namespaces may not be; the context's. `''` for none. */
	readonly namespace: string;
	/** What to read, the most wanted first. */
	readonly systems: readonly System[];
	readonly scrapes?: ReadonlyArray<Scrape<unknown>>;
	/** Listeners are told at most once in so many milliseconds; 100. */
	readonly frameMs?: number;
	/** Somebody looks once: of what there may be too much, an outline has to do. */
	readonly once?: boolean;
	readonly timings?: Timings;
	readonly random?: () => number;
};

/** All that is known of a cluster, kept up to date until it is closed. */
export type Cluster = {
	/** The source of a kind or scrape this cluster was opened with. */
	readonly source: SourceOf;
	/** Told that any reading may have changed: of the first change at once, then once per frame. Returns the way to stop. */
	readonly onChange: (listener: () => void) => () => void;
	/** Epoch milliseconds on the server's clock. */
	readonly now: () => number;
	readonly transport: Transport;
	/** The server's own version (`v1.35.4+k3s1`); undefined until it has told. */
	readonly version: () => string | undefined;
	readonly close: () => void;
};

type SourceOf = {
	<R extends StoredRecord>(kind: Kind<R>): Source<R>;
	<R>(scrape: Scrape<R>): Source<R>;
};

/** Begins to read a cluster. */
export function openCluster(options: ClusterOptions): Cluster {
	const {
		transport,
		namespace,
		systems,
		scrapes = [],
		frameMs = 100,
		once = false,
		timings = usualTimings,
		random = Math.random,
	} = options;
	const now = () => Date.now() + transport.line().skew;
	const listeners = new Set<() => void>();
	const frame = createFrame(frameMs, () => {
		for (const listener of listeners) listener();
	});
	const sources = new Map<string, Source<unknown>>();
	const open = <R>({id}: {readonly id: string}): Store<R> => {
		const store = createStore<R>(id, {line: transport.line, changed: frame.touch});
		sources.set(id, store as Source<unknown>);
		return store;
	};
	// What a kind or scrape gives stands under its id, so its type is known.
	const source = (({id}: {readonly id: string}) => {
		const known = sources.get(id);
		if (known === undefined) throw new Error(`${id} is not among the systems this cluster was opened with`);
		return known;
	}) as SourceOf;

	const surroundings = {transport, now, random, timings};
	const kinds = [...systems.flatMap(system => system.kinds), ...scrapes.flatMap(({from}) => from)];
	const following = followServed(kinds, {...surroundings, fallback: namespace, once, open});
	const readings: Readings = kind => source(kind).reading();
	const scrapers = scrapes.map(scrape => runScrape(scrape, open(scrape), {...surroundings, readings}));
	listeners.add(() => {
		for (const {wake} of scrapers) wake();
	});
	const version = serverVersion(transport, frame.touch);
	let wasUp = false;
	const unlisten = [
		transport.onDrain(following.renew),
		transport.onLine(() => {
			frame.touch();
			const isUp = transport.line().is === 'up';
			// A line that stays up, and is slower than before, is no reason to ask for everything again.
			if (isUp && !wasUp) following.wake();
			if (isUp && !wasUp) version.renew();
			wasUp = isUp;
		}),
	];

	return {
		source,
		transport,
		version: version.current,
		now,
		onChange: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close: () => {
			for (const stop of unlisten) stop();
			for (const {stop} of [following, ...scrapers, frame]) stop();
			transport.close();
		},
	};
}

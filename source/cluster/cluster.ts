import type {StoredRecord} from '../vocabulary.ts';
import {crdKind} from './crd.ts';
import {keepDiscovering} from './discovering.ts';
import {type Discovered, servedVersion} from './discovery.ts';
import {createFrame} from './frame.ts';
import type {Kind, System} from './kind.ts';
import type {Served} from './reflector.ts';
import {Refusal} from './refusal.ts';
import {runScrape, type Scrape} from './scrape.ts';
import type {Source} from './source.ts';
import {createStore, type Store} from './store.ts';
import {type Timings, timings as usualTimings} from './timings.ts';
import {createTrack, type Track} from './track.ts';
import type {Transport} from './transport.ts';

export type ClusterOptions = {
	readonly transport: Transport;
	/** Read where all namespaces may not be; the context's. `''` for none. */
	readonly namespace: string;
	/** What to read, the most wanted first. */
	readonly systems: readonly System[];
	readonly scrapes?: ReadonlyArray<Scrape<unknown>>;
	/** Listeners are told at most once in so many milliseconds; 100. */
	readonly frameMs?: number;
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
	readonly close: () => void;
};

type SourceOf = {
	<R extends StoredRecord>(kind: Kind<R>): Source<R>;
	<R>(scrape: Scrape<R>): Source<R>;
};

/** Groups of every API server, and read at `v1`: their kinds need no discovery to begin. */
const builtIn = new Set([
	'',
	'apps',
	'batch',
	'coordination.k8s.io',
	'discovery.k8s.io',
	'networking.k8s.io',
	'policy',
	'storage.k8s.io',
	crdKind.group,
]);

/** Begins to read a cluster. */
export function openCluster(options: ClusterOptions): Cluster {
	const {transport, namespace, systems, scrapes = [], frameMs = 100, timings = usualTimings, random = Math.random} = options;
	const now = () => Date.now() + transport.line().skew;
	const listeners = new Set<() => void>();
	const frame = createFrame(frameMs, () => {
		for (const listener of [...listeners]) listener();
	});
	const sources = new Map<string, Source<unknown>>();
	const open = <R>(id: string): Store<R> => {
		const store = createStore<R>(id, {line: transport.line, changed: frame.touch});
		sources.set(id, store as Source<unknown>);
		return store;
	};
	// What a kind or scrape gives stands under its own id, and its type with it.
	const source = (({id}: {readonly id: string}) => {
		const known = sources.get(id);
		if (known === undefined) throw new Error(`${id} is not among the systems this cluster was opened with`);
		return known;
	}) as SourceOf;

	const kinds = [...systems.flatMap(system => system.kinds), ...scrapes.flatMap(({from}) => from), crdKind];
	const tracks = inOrder(kinds).map(kind =>
		createTrack(kind, open(kind.id), {transport, now, random, timings, fallback: namespace}),
	);
	for (const track of tracks) if (builtIn.has(track.kind.group)) track.serve(firstVersion(track.kind));
	const discovering = keepDiscovering({
		transport,
		timings,
		random,
		found: discovered => {
			for (const track of tracks) place(track, discovered);
		},
		failed: error => {
			for (const track of tracks) if (!track.isRunning()) misplace(track, error);
		},
	});
	const definitions = source(crdKind);
	definitions.onRecord(() => {
		if (definitions.reading().state.is === 'live') discovering.hurry();
	});
	const scrapers = scrapes.map(scrape =>
		runScrape(scrape, open(scrape.id), {transport, now, random, readings: kind => source(kind).reading()}),
	);
	const unlisten = [
		transport.onDrain(() => {
			for (const {renew} of tracks) renew();
		}),
		transport.onLine(() => {
			frame.touch();
			if (transport.line().is === 'up') for (const {wake} of tracks) wake();
		}),
	];
	listeners.add(() => {
		for (const {wake} of scrapers) wake();
	});

	return {
		source,
		transport,
		now,
		onChange: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close: () => {
			for (const stop of unlisten) stop();
			for (const {stop} of [...tracks, ...scrapers, discovering]) stop();
			frame.stop();
			transport.close();
		},
	};
}

/** Each kind once, in the order given, but those that grow large after all others. */
function inOrder(kinds: ReadonlyArray<Kind<StoredRecord>>): ReadonlyArray<Kind<StoredRecord>> {
	const each = [...new Map(kinds.map(kind => [kind.id, kind])).values()];
	return each.sort((a, b) => Number(isLarge(a)) - Number(isLarge(b)));
}

function isLarge(kind: Kind<StoredRecord>): boolean {
	return kind.protobuf !== undefined;
}

function firstVersion({versions}: Kind<StoredRecord>): Served {
	return {version: versions[0] ?? 'v1', watchable: true};
}

/** Follows a kind as it is served now. Where its group does not answer, what was known of it holds, else asking it will say why. */
function place(track: Track, discovered: Discovered): void {
	const served = servedVersion(discovered, track.kind);
	if (served.is === 'served') track.serve({version: served.version, watchable: served.verbs.includes('watch')});
	else if (served.is === 'absent') track.drop();
	else if (!track.isRunning()) track.serve(firstVersion(track.kind));
}

/** A server that does not let us discover may still let us read. */
function misplace(track: Track, error: unknown): void {
	if (error instanceof Refusal && error.status < 500) track.serve(firstVersion(track.kind));
	else track.wait(error);
}

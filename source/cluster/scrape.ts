import {own, type Reading, type SourceState, type StoredRecord, say} from '../vocabulary.ts';
import {slightly} from './backoff.ts';
import {bytesOf} from './bytes.ts';
import {afterFailure, sameState} from './freshness.ts';
import {inTurn} from './in-turn.ts';
import type {Kind} from './kind.ts';
import {Refusal} from './refusal.ts';
import {createRest} from './rest.ts';
import {sentenceOf} from './sentence.ts';
import type {Store} from './store.ts';
import {type Transport, TransportError} from './transport.ts';

/** One thing to read from: a path on the API server, which leads through a proxy to a pod or a service. */
export type Target = {readonly key: string; readonly path: string};

/** The readings of any kind of this cluster. */
export type Readings = <R extends StoredRecord>(kind: Kind<R>) => Reading<R>;

/** What is no resource, but read at intervals from targets that resources name: the metrics of GPU exporters. */
export type Scrape<R> = {
	readonly id: string;
	/** Milliseconds between two rounds. */
	readonly every: number;
	/** The kinds that say what there is to scrape. Small ones: they are searched with every change until a target is found. */
	readonly from: ReadonlyArray<Kind<StoredRecord>>;
	readonly targets: (readings: Readings) => readonly Target[];
	/** Pure. Makes records of what a target said; `body` is untrusted. */
	readonly read: (body: string, target: Target) => readonly R[];
	/** Unique over all targets. (A method, so that scrapes of different records fit in one list.) */
	key(record: R): string;
};

export type ScraperOptions = {
	readonly transport: Transport;
	readonly readings: Readings;
	/** Epoch milliseconds on the server's clock. */
	readonly now: () => number;
	readonly random: () => number;
};

/** Reads a scrape's targets round by round until it is stopped. */
export type Scraper = {
	/** Something changed: looks for targets if it had none. */
	readonly wake: () => void;
	readonly stop: () => void;
};

const atOnce = 8;
const answerWithin = 1000;
const mostBytes = 4 * 2 ** 20;

export function runScrape<R>(scrape: Scrape<R>, store: Store<R>, {transport, readings, now, random}: ScraperOptions): Scraper {
	const stopping = new AbortController();
	const rest = createRest(stopping.signal);
	const parts = new Map<string, SourceState>();
	const keysOf = new Map<string, ReadonlySet<string>>();
	let searched = '';

	const run = async () => {
		while (!stopping.signal.aborted) await rest.sleep(await round().catch(failed));
	};

	/** Reads every target there is now. Returns how long to rest after it. */
	const round = async (): Promise<number> => {
		searched = revisions();
		const targets = scrape.targets(readings);
		forgetAllBut(new Set(targets.map(({key}) => key)));
		await inTurn(targets, atOnce, read);
		settle();
		return targets.length === 0 ? Number.POSITIVE_INFINITY : slightly(scrape.every, random);
	};

	const failed = (error: unknown): number => {
		store.say({state: afterFailure(store.state(), sentenceOf(error), now())});
		return slightly(scrape.every, random);
	};

	const read = async ({key, path}: Target) => {
		try {
			const records = scrape.read(await bodyOf(transport, path), {key, path});
			if (stopping.signal.aborted) return;
			replace(key, new Map(records.map(record => [scrape.key(record), record])));
			parts.set(key, {is: 'polled', asOf: now(), every: scrape.every});
		} catch (error) {
			parts.set(
				key,
				isDenied(error) ? deniedAt(path) : afterFailure(parts.get(key) ?? {is: 'loading'}, sentenceOf(error), now()),
			);
		}
	};

	const replace = (target: string, records: ReadonlyMap<string, R>) => {
		for (const key of keysOf.get(target) ?? []) if (!records.has(key)) store.remove(key);
		for (const [key, record] of records) store.put(key, record);
		keysOf.set(target, new Set(records.keys()));
	};

	const forgetAllBut = (targets: ReadonlySet<string>) => {
		for (const target of parts.keys()) {
			if (targets.has(target)) continue;
			replace(target, new Map());
			keysOf.delete(target);
			parts.delete(target);
		}
	};

	const settle = () => {
		const state =
			parts.size === 0 ? withoutTargets(scrape.from.map(kind => readings(kind).state)) : altogether([...parts.values()]);
		if (parts.size > 0 || !sameState(state, store.state())) store.say({state, parts: new Map(parts)});
	};

	const revisions = () => scrape.from.map(kind => readings(kind).revision).join();

	void run();
	return {
		wake: () => {
			if (parts.size === 0 && revisions() !== searched) rest.wake();
		},
		stop: () => stopping.abort(),
	};
}

function isDenied(error: unknown): boolean {
	return error instanceof Refusal && error.status === 403;
}

function deniedAt(path: string): SourceState {
	const [, proxied = 'pods'] = /\/(nodes|pods|services)\/[^/]+\/proxy/.exec(path) ?? [];
	return {is: 'denied', verb: own('get'), resource: own(`${proxied}/proxy`)};
}

/** One answer is enough to be polled: what the others lack stands in the parts. */
function altogether(parts: readonly SourceState[]): SourceState {
	return parts.find(({is}) => is === 'polled') ?? parts[0] ?? {is: 'absent'};
}

/** Nothing to scrape is absence only if we can see that there is nothing. */
function withoutTargets(from: readonly SourceState[]): SourceState {
	return from.find(({is}) => is === 'loading') ?? from.find(({is}) => is === 'denied') ?? {is: 'absent'};
}

async function bodyOf(transport: Transport, path: string): Promise<string> {
	const signal = AbortSignal.timeout(answerWithin);
	try {
		const {status, body} = await transport.call({path, signal});
		const bytes = await bytesOf(body, mostBytes);
		if (status !== 200) throw new Refusal(status, undefined);
		return bytes.toString();
	} catch (error) {
		throw signal.aborted ? new TransportError('timeout', say`no answer in ${own((answerWithin / 1000).toFixed(1))} s`) : error;
	}
}

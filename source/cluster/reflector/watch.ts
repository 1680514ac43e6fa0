import type {Readable} from 'node:stream';
import type {StoredRecord} from '../../vocabulary.ts';
import type {Encoding, WatchEvent} from '../encoding/encoding.ts';
import type {Store} from '../store.ts';
import {createIntake} from './intake.ts';
import {createPace} from './pace.ts';
import {openWatch, type Resource} from './request.ts';

export type WatchOptions = {
	/** The resource version to go on from; undefined asks for everything that is there first. */
	readonly from: string | undefined;
	/** After how many seconds the server shall end the watch. */
	readonly seconds: number;
	/** Milliseconds without a word after which the watch is given up. */
	readonly quiet: number;
	readonly signal: AbortSignal;
	/** Told when all there is has come and what changes is coming. */
	readonly live: () => void;
	/** Told at the end from which version to go on; undefined where not all had come. */
	readonly reached: (version: string | undefined) => void;
};

/** Not even a bookmark came, which a server sends once a minute. */
export class Quiet extends Error {}

/** Milliseconds a server may be late to end a watch until we end it. */
const grace = 30_000;

/**
 * Keeps a store in step by a watch, until the watch ends, however it ends: one that broke goes on from where it was, like
 * one that was closed. Rejects with `Refusal`, `TransportError`, `Quiet`, or the error of an event that cannot be read.
 */
export async function watch<R extends StoredRecord>(
	resource: Resource<R>,
	store: Store<R>,
	options: WatchOptions,
): Promise<void> {
	const {from, seconds, quiet, signal, live, reached} = options;
	const {body, encoding} = await openWatch(resource, from, seconds, signal);
	const intake = createIntake(resource, store, from, live);
	if (from !== undefined) live();
	const overdue = setTimeout(() => body.destroy(), seconds * 1000 + grace);
	const patience = setTimeout(() => body.destroy(new Quiet()), quiet);
	try {
		await readEvents(body, encoding, event => {
			patience.refresh();
			intake.take(event);
		});
	} finally {
		clearTimeout(overdue);
		clearTimeout(patience);
		reached(intake.version());
	}
}

async function readEvents(body: Readable, encoding: Encoding, take: (event: WatchEvent) => void): Promise<void> {
	const split = encoding.splitter();
	const pace = createPace();
	for await (const chunk of untilItEnds(body)) {
		for (const piece of split(chunk)) take(encoding.event(piece));
		await pace();
	}
}

async function* untilItEnds(body: Readable): AsyncGenerator<Buffer> {
	try {
		yield* body as AsyncIterable<Buffer>;
	} catch (error) {
		// Broken or cut off: what came until then counts.
		if (error instanceof Quiet) throw error;
	}
}

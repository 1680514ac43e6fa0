import type {Readable} from 'node:stream';
import type {StoredRecord} from '../vocabulary.ts';
import type {WatchEvent} from './encoding.ts';
import {createPace} from './pace.ts';
import {openWatch, type Resource} from './request.ts';

export type WatchOptions = {
	/** The resource version to go on from; undefined asks for everything that is there first. */
	readonly from: string | undefined;
	/** After how many seconds the server shall end the watch. */
	readonly seconds: number;
	readonly signal: AbortSignal;
	/** Told when the server has said yes. */
	readonly opened: () => void;
	readonly take: (event: WatchEvent) => void;
};

/** What a server that was asked to end a watch may be late by, in seconds, until we end it ourselves. */
const grace = 30;

/**
 * Watches until the watch ends, however it ends: one that broke goes on from where it was, like one that was closed.
 * Rejects with `Refusal`, `TransportError`, or the error of an event that cannot be read.
 */
export async function watch<R extends StoredRecord>(resource: Resource<R>, options: WatchOptions): Promise<void> {
	const {from, seconds, signal, opened, take} = options;
	const {body, encoding} = await openWatch(resource, from, seconds, signal);
	opened();
	const end = () => body.destroy();
	signal.addEventListener('abort', end);
	const overdue = setTimeout(end, (seconds + grace) * 1000);
	const split = encoding.splitter();
	const pace = createPace();
	try {
		for await (const chunk of untilItEnds(body)) {
			for (const piece of split(chunk)) take(encoding.event(piece));
			await pace();
		}
	} finally {
		clearTimeout(overdue);
		signal.removeEventListener('abort', end);
	}
}

async function* untilItEnds(body: Readable): AsyncGenerator<Buffer> {
	try {
		yield* body as AsyncIterable<Buffer>;
	} catch {
		// Broken or cut off; what came until then counts.
	}
}

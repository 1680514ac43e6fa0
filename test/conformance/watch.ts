import type {Readable} from 'node:stream';
import type {Raw} from '../../source/cluster/raw.ts';
import type {Ask, Client, Stream} from './client.ts';

/** A watch under way, as a test reads it: one event after the other, each within a deadline. */
export type Watch<Event> = {
	readonly status: number;
	readonly headers: Stream['headers'];
	/** The next event; fails after `within` milliseconds (default 20,000) or when the watch ends before. */
	readonly next: (within?: number) => Promise<Event>;
	/** Reads on until an event fits, and returns all that came, with that one last. */
	readonly until: (fits: (event: Event) => boolean, within?: number) => Promise<Event[]>;
	/** Reads to the clean end and returns what came; fails where the connection breaks or the deadline passes. */
	readonly rest: (within?: number) => Promise<Event[]>;
	readonly close: () => void;
};

/** Opens a watch of JSON events, whose path carries `watch=1`. */
export function watchJson(client: Client, path: string, ask?: Ask): Promise<Watch<Raw>> {
	return watch(client, path, lines, ask);
}

/** Opens a watch whose events are frames with a length of four bytes before them, as the protobuf form has. */
export function watchFrames(client: Client, path: string, ask?: Ask): Promise<Watch<Buffer>> {
	return watch(client, path, frames, ask);
}

async function watch<Event>(
	client: Client,
	path: string,
	cut: (body: Readable) => AsyncGenerator<Event>,
	ask?: Ask,
): Promise<Watch<Event>> {
	const {status, headers, body} = await client.stream(path, ask);
	// A watch that a test leaves behind may break: whoever still reads it hears of it through the generator.
	body.on('error', () => {});
	const events = cut(body);
	const advance = (within: number) => deadline(events.next(), within, () => body.destroy());
	const next = async (within = 20_000): Promise<Event> => {
		const step = await advance(within);
		if (step.done === true) throw new Error('the watch ended while an event was waited for');
		return step.value;
	};
	return {
		status,
		headers,
		next,
		close: () => body.destroy(),
		until: async (fits, within = 20_000) => {
			const end = Date.now() + within;
			const seen: Event[] = [];
			for (;;) {
				const event = await next(end - Date.now());
				seen.push(event);
				if (fits(event)) return seen;
			}
		},
		rest: async (within = 30_000) => {
			const end = Date.now() + within;
			const seen: Event[] = [];
			for (;;) {
				const step = await advance(end - Date.now());
				if (step.done === true) return seen;
				seen.push(step.value);
			}
		},
	};
}

async function* lines(body: Readable): AsyncGenerator<Raw> {
	let pending = '';
	for await (const chunk of body.setEncoding('utf8')) {
		pending += String(chunk);
		const whole = pending.split('\n');
		pending = whole.pop() ?? '';
		for (const line of whole) yield JSON.parse(line) as Raw;
	}
	if (pending !== '') throw new Error(`the watch ended in the middle of a line: ${pending.slice(0, 100)}`);
}

async function* frames(body: Readable): AsyncGenerator<Buffer> {
	let pending = Buffer.alloc(0);
	for await (const chunk of body) {
		pending = Buffer.concat([pending, chunk as Buffer]);
		while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32BE(0)) {
			const end = 4 + pending.readUInt32BE(0);
			yield pending.subarray(4, end);
			pending = pending.subarray(end);
		}
	}
	if (pending.length > 0) throw new Error(`the watch ended in the middle of a frame of ${pending.length} bytes`);
}

async function deadline<Value>(promise: Promise<Value>, within: number, stop: () => void): Promise<Value> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => {
			reject(new Error(`nothing came from the watch within ${Math.round(within)} ms`));
			stop();
		}, within);
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
		// The loser of the race may fail later, with nobody left to care.
		promise.catch(() => {});
	}
}

import type {Readyz, Tail} from '../cluster/transport.ts';
import {stillTrue, type Told} from '../reuse.ts';
import {type Health, own, type SafeText} from '../vocabulary.ts';

/** The API server, as it speaks of itself and as it is heard from here. */
export type ServerFact = Told & {
	readonly key: string;
	readonly about: SafeText;
	/** Undefined where it does not say. */
	readonly readyz: Readyz | undefined;
	/** Undefined before there are enough probes to tell. */
	readonly tail: Tail | undefined;
	readonly health: Health;
};

/** Milliseconds from which on an answer is slow, where nobody said otherwise. */
export const slowFrom = 1000;
/** Fewer probes than this tell nothing of one in a hundred. */
const enough = 100;

const rounded = (milliseconds: number): number => Number(milliseconds.toPrecision(2));

function healthOf(readyz: Readyz | undefined, p99: number | undefined): Health {
	if (readyz?.ok === false) return 'bad';
	if (p99 !== undefined && p99 > slowFrom) return 'warn';
	return readyz === undefined ? 'unknown' : 'ok';
}

/** Tells the API server. A tail that is told the same stays the one from before, with its beginning. */
export function serverFact(
	readyz: Readyz | undefined,
	tail: Tail | undefined,
	now: number,
	before: ServerFact | undefined,
): ServerFact {
	const p99 = tail === undefined || tail.samples < enough ? undefined : rounded(tail.p99);
	const from = [readyz, p99];
	return (
		stillTrue(before, from, now) ?? {
			key: 'server',
			about: own('API server'),
			readyz,
			tail: tail === undefined || p99 === undefined ? undefined : {...tail, p99},
			health: healthOf(readyz, p99),
			from,
			asOf: now,
			turnsAt: Number.POSITIVE_INFINITY,
		}
	);
}

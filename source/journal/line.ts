import {crc32} from 'node:zlib';
import type {Entry} from './entry.ts';

const kinds: ReadonlySet<unknown> = new Set<Entry['is']>(['began', 'intent', 'outcome', 'noted', 'resumed', 'ended']);
/** `,"sum":"0123abcd"}` */
const ending = 18;

const tailOf = (body: string): string => `,"sum":"${crc32(body).toString(16).padStart(8, '0')}"}`;

/** An entry as one line of JSON, which carries the CRC-32 of all that stands before it. */
export function lineOf({seq, at, ...happening}: Entry): string {
	const body = JSON.stringify({seq, at, ...happening}).slice(0, -1);
	return body + tailOf(body);
}

/** The entry of a line; undefined where the line is not as it was written. */
export function entryOf(line: string): Entry | undefined {
	const body = line.slice(0, -ending);
	if (line.slice(-ending) !== tailOf(body)) return undefined;
	try {
		const entry: unknown = JSON.parse(`${body}}`);
		return isEntry(entry) ? entry : undefined;
	} catch {
		return undefined;
	}
}

function isEntry(value: unknown): value is Entry {
	const {seq, at, is} = (value ?? {}) as Partial<Entry>;
	return Number.isSafeInteger(seq) && typeof at === 'number' && kinds.has(is);
}

import type {RawName, SafeText} from '../vocabulary.ts';
import {safeText} from './safe-text.ts';

/**
 * An untrusted JSON value. Reading a property of a string or number gives undefined at run time, so a chain
 * `raw.status?.phase` never throws whatever a server sends; the functions below turn its end into a value.
 */
export type Raw = {readonly [key: string]: Raw | undefined};

/** Printable text, `''` when it is not a string. Cut at `limit` characters. */
export function text(raw: Raw | undefined, limit = 1024): SafeText {
	return typeof raw === 'string' ? safeText(raw, limit) : ('' as SafeText);
}

/** A name as it is, for keys and comparisons; `''` when it is not a string. */
export function name(raw: Raw | undefined): RawName {
	return (typeof raw === 'string' ? raw : '') as RawName;
}

/** A finite number, also from a decimal string (int64 in protobuf JSON); undefined otherwise. */
export function number(raw: Raw | undefined): number | undefined {
	const value: unknown = raw;
	const read = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
	return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
}

/** True only for `true`. */
export function flag(raw: Raw | undefined): boolean {
	return (raw as unknown) === true;
}

/** Epoch milliseconds of a time, 0 when there is none: RFC 3339 in JSON, epoch milliseconds where protobuf was read. */
export function instant(raw: Raw | undefined): number {
	const value: unknown = raw;
	const at = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : value;
	return typeof at === 'number' && Number.isFinite(at) ? at : 0;
}

/** The elements of an array; nothing when it is none. */
export function items(raw: Raw | undefined): readonly Raw[] {
	if (!Array.isArray(raw)) return nothing;
	const list: readonly Raw[] = raw;
	// Hardly ever is there a hole in one; to copy it each time would show with 50,000 pods.
	return list.every(isThere) ? list : list.filter(isThere);
}

const nothing: readonly Raw[] = [];
const isThere = (item: Raw | null | undefined): boolean => item !== null && item !== undefined;

/** The pairs of an object; nothing when it is none. Keys are raw. */
export function entries(raw: Raw | undefined): ReadonlyArray<readonly [string, Raw]> {
	const value: unknown = raw;
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
	return Object.entries(value as Record<string, Raw>).filter(([, item]) => item !== null && item !== undefined);
}

const factors: Readonly<Record<string, number>> = {
	'': 1,
	n: 1e-9,
	u: 1e-6,
	m: 1e-3,
	k: 1e3,
	M: 1e6,
	G: 1e9,
	T: 1e12,
	P: 1e15,
	E: 1e18,
	Ki: 2 ** 10,
	Mi: 2 ** 20,
	Gi: 2 ** 30,
	Ti: 2 ** 40,
	Pi: 2 ** 50,
	Ei: 2 ** 60,
};

/** A Kubernetes quantity (`100m`, `2Gi`, `1e3`) as a number in its base unit (cores, bytes); undefined when it is none. */
export function quantity(raw: Raw | undefined): number | undefined {
	const value: unknown = raw;
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	if (typeof value !== 'string') return undefined;
	const parts = /^([+-]?\d*\.?\d+(?:[eE][+-]?\d+)?)([numkMGTPE]|[KMGTPE]i)?$/.exec(value);
	const factor = factors[parts?.[2] ?? ''];
	return parts === null || factor === undefined ? undefined : Number(parts[1]) * factor;
}

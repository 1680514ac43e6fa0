import fc from 'fast-check';
import {expect} from 'vitest';
import {identityOf} from '../../source/cluster/identity.ts';
import type {Kind} from '../../source/cluster/kind.ts';
import type {Raw} from '../../source/cluster/raw.ts';
import type {StoredRecord} from '../../source/vocabulary.ts';

/** What a terminal would take for more than text: escape sequences, C1, bidi, zero-width, newlines. */
export const poison = '\u001b[2J\u001b]52;c;cm0=\u0007\r\n\u009b1m\u202e\u200b\ufeffx';
const unsafe = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

// What decides how an object is read stays as it is, or nothing of it would be shown.
const words =
	/^(phase|type|status|state|robustness|driver|attacher|provisioner|storage|size|peeringState|schedule|ttl|.*(Type|Time|Timestamp|At|Mode))$/;

/** The object with every free text in it poisoned: names, messages, labels, tags. */
export function poisoned<T>(value: T, key = ''): T {
	if (typeof value === 'string') return (words.test(key) ? value : `${value}${poison}`) as T;
	if (Array.isArray(value)) return value.map(item => poisoned(item, key)) as T;
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, poisoned(item, name)])) as T;
}

/** Everything printable in a value, wherever it is nested. */
export function stringsIn(value: unknown): readonly string[] {
	if (typeof value === 'string') return [value];
	if (value instanceof Map) return [...value.values()].flatMap(stringsIn);
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(stringsIn);
}

export function expectSafe(value: unknown): void {
	expect(stringsIn(value).filter(text => unsafe.test(text))).toEqual([]);
}

const garbage = fc.oneof(fc.constant(null), fc.string(), fc.double(), fc.boolean(), fc.constant([null, 3, [], {}]), fc.object());

/** The object with one of its parts, wherever it is, replaced by something it should never be. */
export function damaged(object: object): fc.Arbitrary<object> {
	const paths = pathsOf(object);
	return fc
		.tuple(fc.subarray(paths, {minLength: 1, maxLength: 3}), garbage)
		.map(([chosen, junk]) => chosen.reduce((whole, path) => replaced(whole, path, junk), object));
}

function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, item]) => [[...path, key], ...pathsOf(item, [...path, key])]);
}

function replaced(value: object, [key, ...rest]: readonly string[], junk: unknown): object {
	if (key === undefined || typeof value !== 'object' || value === null) return value;
	const inner: unknown = (value as Record<string, unknown>)[key];
	const changed = rest.length === 0 ? junk : replaced(inner as object, rest, junk);
	if (Array.isArray(value)) return value.map((item, at) => (String(at) === key ? changed : item));
	return {...value, [key]: changed};
}

/** Projects as the reflector does, but lets an exception through. */
export function project<R extends StoredRecord>(kind: Kind<R>, object: object): R | undefined {
	const raw = object as Raw;
	return kind.project(raw, identityOf(raw.metadata), kind.versions[0] ?? '');
}

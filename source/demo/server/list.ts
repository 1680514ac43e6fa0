import type {KubeObject} from '../model.ts';
import {keyOf, type Shelf, type VersionedStore} from '../store.ts';
import type {ListMeta} from './forms/form.ts';
import type {ListQuery} from './query.ts';
import {badRequest, expired, tooLarge} from './status.ts';

/** A list as it was at one version; `items` are in the order of their keys. */
export type Listed = {readonly meta: ListMeta; readonly items: readonly KubeObject[]};

/** Where a list goes on: after which key, at which version (-1: whatever is newest). */
type Token = {readonly v: 'meta.k8s.io/v1'; readonly rv: number; readonly start: string};

const tooOldToContinue =
	'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/** Reads the objects a list asks for, whole or a chunk of them. */
export function list(store: VersionedStore, shelf: Shelf, namespace: string, query: ListQuery): Listed {
	const token = query.continue === '' ? undefined : decode(query.continue);
	if (token && !['', '0'].includes(query.resourceVersion)) {
		throw badRequest('specifying resource version is not allowed when using continue');
	}
	const version = token ? token.rv : exactVersion(query);
	const at = version < 0 ? store.version() : version;
	const keys = snapshot(shelf, at);
	if (!keys) {
		throw token
			? expired(tooOldToContinue, encode({...token, rv: -1}))
			: expired('The resourceVersion for the provided list is too old.');
	}
	return chunk(keys, at, namespace, token?.start ?? '', query);
}

/** The version a first list is bound to; -1 for the newest. */
function exactVersion({resourceVersion, match, limit}: ListQuery): number {
	if (resourceVersion === '' || resourceVersion === '0') return -1;
	return match === 'Exact' || (match === '' && limit > 0) ? Number(resourceVersion) : -1;
}

/** Waits up to three seconds for a version that is not there yet; 504 when it does not come. */
export async function awaitVersion(store: VersionedStore, resourceVersion: string): Promise<void> {
	const wanted = Number(resourceVersion);
	if (wanted <= store.version()) return;
	const came = await new Promise<boolean>(resolve => {
		const done = (came: boolean) => {
			clearTimeout(timer);
			stop();
			resolve(came);
		};
		const timer = setTimeout(() => done(false), 3_000);
		const stop = store.onChange(() => {
			if (store.version() >= wanted) done(true);
		});
	});
	if (!came) throw tooLarge(wanted, store.version());
}

type Snapshot = {readonly keys: readonly string[]; readonly get: (key: string) => KubeObject | undefined};

/** The objects as they were at a version: what was changed since is undone. Undefined when that is forgotten. */
function snapshot(shelf: Shelf, version: number): Snapshot | undefined {
	const changes = shelf.since(version);
	if (!changes) return undefined;
	if (changes.length === 0) return {keys: shelf.keys(), get: key => shelf.objects.get(key)};
	const before = new Map<string, KubeObject | undefined>();
	for (const {object, previous} of changes) {
		const key = keyOf(object.metadata.namespace, object.metadata.name);
		if (!before.has(key)) before.set(key, previous);
	}
	const get = (key: string) => (before.has(key) ? before.get(key) : shelf.objects.get(key));
	const keys = new Set([...shelf.keys(), ...before.keys()]);
	return {keys: [...keys].filter(key => get(key) !== undefined).sort(), get};
}

function chunk(from: Snapshot, version: number, namespace: string, start: string, query: ListQuery): Listed {
	const prefix = namespace === '' ? '' : `${namespace}/`;
	// `0` is the character after `/`: the first key behind the namespace.
	const end = namespace === '' ? from.keys.length : lowerBound(from.keys, `${namespace}0`);
	const limit = query.limit === 0 || query.resourceVersion === '0' ? Number.POSITIVE_INFINITY : query.limit;
	const items: KubeObject[] = [];
	let index = lowerBound(from.keys, start > prefix ? start : prefix);
	for (; index < end && items.length < limit; index += 1) {
		const object = from.get(from.keys[index] ?? '');
		if (object && (query.selects?.(object) ?? true)) items.push(object);
	}
	const meta = {resourceVersion: String(version)};
	if (index >= end) return {meta, items};
	const next = encode({v: 'meta.k8s.io/v1', rv: version, start: `${from.keys[index - 1]}\0`});
	// With a selector nobody knows how many of the rest would fit.
	const remaining = query.selects ? {} : {remainingItemCount: end - index};
	return {meta: {...meta, continue: next, ...remaining}, items};
}

/** Index of the first key that is not smaller. */
function lowerBound(keys: readonly string[], key: string): number {
	let low = 0;
	let high = keys.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((keys[middle] ?? '') < key) low = middle + 1;
		else high = middle;
	}
	return low;
}

function encode(token: Token): string {
	return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function decode(text: string): Token {
	try {
		const token = JSON.parse(Buffer.from(text, 'base64url').toString()) as Partial<Token>;
		if (typeof token.rv === 'number' && typeof token.start === 'string')
			return {v: 'meta.k8s.io/v1', rv: token.rv, start: token.start};
	} catch {
		// Whatever is wrong with it, it is not one of ours.
	}
	throw badRequest('invalid continue token: continue key is not valid');
}

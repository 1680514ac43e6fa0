import type {KubeObject, ObjectChange, ResourceType} from '../model.ts';
import type {Shelf, VersionedStore} from '../store.ts';
import type {Response} from './exchange.ts';
import {bytesOf, type EventType, type Form, mapped, type Piece} from './forms/form.ts';
import type {ListQuery} from './query.ts';
import {expired} from './status.ts';

type Watched = {
	readonly store: VersionedStore;
	readonly shelf: Shelf;
	readonly namespace: string;
	readonly query: ListQuery;
	readonly form: Form;
};

const bookmarkEvery = 60_000;
/** A client that leaves this much unread is cut off, as the real server does with slow watchers. */
const patience = 64 * 2 ** 20;

/** Answers a watch whose headers are sent, until its time is up, its resource goes or the client does. */
export async function watch(watched: Watched, response: Response): Promise<void> {
	const {store, shelf, query, form} = watched;
	const first = start(watched);
	if (!first) {
		const message = `too old resource version: ${query.resourceVersion} (${store.version()})`;
		response.end(form.failure(expired(message).status));
		return;
	}
	const send = (piece: Piece) => {
		response.write(piece);
		if (response.writableLength > patience) response.destroy();
	};
	// What changes while the first events are still being sent comes after them.
	let waiting: Array<[EventType, KubeObject]> | undefined = [];
	const unfollow = shelf.follow({
		end: () => response.end(),
		change: change => {
			const event = eventFor(change, watched);
			if (event && waiting) waiting.push(event);
			else if (event) send(form.event(...event));
		},
	});
	response.on('close', unfollow);
	await pump(first, response);
	for (const event of waiting) send(form.event(...event));
	waiting = undefined;
	keepTime(query, response, () => send(form.event('BOOKMARK', bookmark(shelf.resource, store.version()))));
}

/** The first events: what is there, or what happened since a version; undefined when that is too old. */
function start({store, shelf, namespace, query, form}: Watched): Iterable<Piece> | undefined {
	const {resourceVersion, initialEvents, selects, bookmarks} = query;
	if (initialEvents || resourceVersion === '' || resourceVersion === '0') {
		const objects = shelf.keys().flatMap(key => shelf.objects.get(key) ?? []);
		const wanted = objects.filter(object => isIn(object, namespace) && (selects?.(object) ?? true));
		const mark = bookmark(shelf.resource, store.version(), {'k8s.io/initial-events-end': 'true'});
		const events: Array<[EventType, KubeObject]> = wanted.map(object => ['ADDED', object]);
		if (initialEvents && bookmarks) events.push(['BOOKMARK', mark]);
		return mapped(events, ([type, object]) => form.event(type, object));
	}
	const changes = shelf.since(Number(resourceVersion));
	return changes?.flatMap(change => {
		const event = eventFor(change, {namespace, query});
		return event ? [form.event(...event)] : [];
	});
}

/** Writes pieces in portions of about 64 KiB, as fast as the client reads. */
async function pump(pieces: Iterable<Piece>, response: Response): Promise<void> {
	let portion: Uint8Array[] = [];
	let size = 0;
	const flush = async () => {
		if (size === 0 || response.destroyed) return;
		const taken = response.write(Buffer.concat(portion));
		portion = [];
		size = 0;
		if (!taken) await drained(response);
	};
	for (const piece of pieces) {
		const bytes = bytesOf(piece);
		portion.push(bytes);
		size += bytes.length;
		if (size > 65_536) await flush();
		if (response.destroyed) return;
	}
	await flush();
}

/** Waits until the client has read what was written, or has gone. */
function drained(response: Response): Promise<void> {
	return new Promise(resolve => {
		const done = () => {
			response.off('drain', done).off('close', done);
			resolve();
		};
		response.on('drain', done).on('close', done);
	});
}

/** How a change looks through the selectors: an object that no longer fits is deleted as far as this watch is concerned. */
function eventFor(
	change: ObjectChange,
	{namespace, query}: Pick<Watched, 'namespace' | 'query'>,
): [EventType, KubeObject] | undefined {
	const {type, object, previous} = change;
	if (!isIn(object, namespace)) return undefined;
	if (!query.selects) return [type, object];
	const isMatch = type !== 'DELETED' && query.selects(object);
	const wasMatch = previous !== undefined && query.selects(previous);
	if (isMatch) return [wasMatch ? 'MODIFIED' : 'ADDED', object];
	if (!wasMatch) return undefined;
	const {resourceVersion} = object.metadata;
	return [
		'DELETED',
		{...previous, metadata: {...previous.metadata, ...(resourceVersion === undefined ? {} : {resourceVersion})}},
	];
}

function isIn(object: KubeObject, namespace: string): boolean {
	return namespace === '' || object.metadata.namespace === namespace;
}

/** Bookmarks about once a minute and shortly before the end, which comes after half an hour to an hour unless asked otherwise. */
function keepTime({bookmarks, timeoutSeconds}: ListQuery, response: Response, mark: () => void): void {
	const lasts = (timeoutSeconds ?? 1800 + Math.random() * 1800) * 1000;
	const timers = [setTimeout(() => response.end(), lasts)];
	if (bookmarks) {
		timers.push(setInterval(mark, bookmarkEvery));
		timers.push(setTimeout(mark, Math.max(lasts - 2_000, lasts / 2)));
	}
	for (const timer of timers) timer.unref();
	response.on('close', () => {
		for (const timer of timers) clearTimeout(timer);
	});
}

/** An object of nothing but the version that was reached. */
function bookmark(resource: ResourceType, version: number, annotations?: Record<string, string>): KubeObject {
	const apiVersion = resource.group === '' ? (resource.versions[0] ?? 'v1') : `${resource.group}/${resource.versions[0]}`;
	// A bookmark has no name, which only here an object may lack.
	const metadata = {resourceVersion: String(version), ...(annotations ? {annotations} : {})} as KubeObject['metadata'];
	return {kind: resource.kind, apiVersion, metadata};
}

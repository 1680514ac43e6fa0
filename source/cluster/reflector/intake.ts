import type {StoredRecord} from '../../vocabulary.ts';
import type {WatchEvent} from '../encoding/encoding.ts';
import {keyOfObject} from '../identity.ts';
import {name, type Raw} from '../raw.ts';
import {refusalInStream} from '../refusal.ts';
import type {Listing, Store} from '../store.ts';
import {recordOf} from './projection.ts';
import type {Resource} from './request.ts';

/** Takes objects into a store: all there are, from a list or from the beginning of a watch, and then every change. */
export type Intake = {
	/** Throws `Refusal` where the event is one. */
	readonly take: (event: WatchEvent) => void;
	/** One of the objects there are at the beginning. */
	readonly add: (object: Raw) => void;
	/** All objects there are have come, as of this version: what the store has beside them goes. */
	readonly complete: (version: string) => void;
	/** The resource version to go on from; undefined until it is complete. */
	readonly version: () => string | undefined;
};

const endOfInitialEvents = 'k8s.io/initial-events-end';

/** Goes on from a resource version, or (undefined) begins with all objects there are; `completed` is told when they have come. */
export function createIntake<R extends StoredRecord>(
	{kind, version: apiVersion}: Pick<Resource<R>, 'kind' | 'version'>,
	store: Store<R>,
	from: string | undefined,
	completed: () => void = () => {},
): Intake {
	const listing: Listing<R> | undefined = from === undefined ? store.list() : undefined;
	let version = from;

	const upsert = (object: Raw, put: Store<R>['put']) => {
		const key = keyOfObject(object.metadata);
		const record = recordOf(kind, apiVersion, object);
		if (record === undefined) store.remove(key);
		else put(key, record);
	};
	const remove = (object: Raw) => {
		const key = keyOfObject(object.metadata);
		// One that was created again under the same name stays, however late this comes.
		if (store.get(key)?.uid === name(object.metadata?.uid)) store.remove(key);
	};
	const add = (object: Raw) => upsert(object, listing?.put ?? store.put);
	const complete = (at: string) => {
		version = at;
		listing?.end();
		completed();
	};
	/** All there is comes in any order, and what changes meanwhile as it happens: a server's cache may lag behind what it promised. */
	const begin = ({type, object}: WatchEvent, at: string) => {
		if (type === 'ADDED' || type === 'MODIFIED') add(object);
		else if (type === 'DELETED') remove(object);
		else if (type === 'BOOKMARK' && isEndOfInitialEvents(object)) complete(at);
	};
	/** From then on a version only grows, and what is older comes late or twice. */
	const change = ({type, object}: WatchEvent, at: string) => {
		const late = isOlder(at, version);
		if (type === 'DELETED') remove(object);
		else if (type !== 'BOOKMARK' && !late) upsert(object, store.put);
		if (!late && at !== '') version = at;
	};

	return {
		add,
		complete,
		version: () => version,
		take: event => {
			const {type, object} = event;
			if (type === 'ERROR') throw refusalInStream(object);
			const at = name(object.metadata?.resourceVersion);
			if (version === undefined) begin(event, at);
			else change(event, at);
		},
	};
}

function isEndOfInitialEvents(bookmark: Raw): boolean {
	return name(bookmark.metadata?.annotations?.[endOfInitialEvents]) === 'true';
}

/** Whether a resource version is certainly older: both must be numbers, and not all servers make them so. */
function isOlder(version: string, than: string | undefined): boolean {
	return version !== '' && Number(version) < Number(than);
}

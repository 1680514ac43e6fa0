import type {Clock, KubeObject, ObjectChange, ObjectStore, Reference, ResourceType} from './model.ts';
import {stamp} from './objects/time.ts';
import {createRandom, randomUuid} from './random.ts';

/** The store as the server sees it: what players know, and its history. */
export type VersionedStore = ObjectStore & {
	/** The version of the newest write. */
	readonly version: () => number;
	readonly shelf: (group: string, plural: string) => Shelf | undefined;
	readonly shelves: () => Iterable<Shelf>;
	/** Forgets all history: only the newest version can still be watched from. */
	readonly compact: () => void;
};

/** The objects of one resource. */
export type Shelf = {
	readonly resource: ResourceType;
	/** Keys are `namespace/name`, or the bare name of a cluster-scoped object. */
	readonly objects: ReadonlyMap<string, KubeObject>;
	/** Keys in etcd's order. */
	readonly keys: () => readonly string[];
	/** What was written after `version`, oldest first; undefined when some of it is forgotten. */
	readonly since: (version: number) => readonly ObjectChange[] | undefined;
	readonly follow: (follower: Follower) => () => void;
};

export type Follower = {
	readonly change: (change: ObjectChange) => void;
	/** The resource is no longer served. */
	readonly end: () => void;
};

type OpenShelf = {
	resource: ResourceType;
	readonly objects: Map<string, KubeObject>;
	sorted: string[];
	unsorted: boolean;
	history: ObjectChange[];
	/** Versions before this one cannot be watched from. */
	forgotten: number;
	readonly followers: Set<Follower>;
	readonly face: Shelf;
};

/** Changes remembered per resource, or as many as it has objects where those are more. */
const remembered = 2_000;

/** @param first the resource version before the first write. */
export function createStore(clock: Clock, seed = 1, first = 1000): VersionedStore {
	const shelves = new Map<string, OpenShelf>();
	const kinds = new Map<string, OpenShelf>();
	const listeners = new Set<(change: ObjectChange) => void>();
	const random = createRandom(seed);
	let version = first;

	function record(shelf: OpenShelf, type: ObjectChange['type'], object: KubeObject, previous?: KubeObject): void {
		const change = {type, resource: shelf.resource, object, version, previous};
		shelf.history.push(change);
		// Trimmed by halves, so that it costs nothing per write.
		const limit = Math.max(remembered, shelf.objects.size);
		if (shelf.history.length > limit * 2) {
			const dropped = shelf.history.splice(0, shelf.history.length - limit);
			shelf.forgotten = dropped.at(-1)?.version ?? shelf.forgotten;
		}
		for (const follower of shelf.followers) follower.change(change);
		for (const listener of listeners) listener(change);
	}

	function put(object: KubeObject): KubeObject {
		const shelf = kinds.get(kindKey(groupOf(object), object.kind));
		if (!shelf) throw new Error(`${object.apiVersion} ${object.kind} is not served: define it first.`);
		const key = keyOf(object.metadata.namespace, object.metadata.name);
		const previous = shelf.objects.get(key);
		version += 1;
		const written: KubeObject = {
			...object,
			metadata: {
				...object.metadata,
				uid: object.metadata.uid ?? previous?.metadata.uid ?? randomUuid(random),
				creationTimestamp: object.metadata.creationTimestamp ?? previous?.metadata.creationTimestamp ?? stamp(clock.now()),
				resourceVersion: String(version),
			},
		};
		shelf.objects.set(key, written);
		if (!previous) {
			shelf.unsorted ||= key < (shelf.sorted.at(-1) ?? '');
			shelf.sorted.push(key);
		}
		record(shelf, previous ? 'MODIFIED' : 'ADDED', written, previous);
		return written;
	}

	function remove(where: Reference): KubeObject | undefined {
		const shelf = shelves.get(shelfKey(where.group, where.plural));
		const key = keyOf(where.namespace, where.name);
		const previous = shelf?.objects.get(key);
		if (!shelf || !previous) return undefined;
		version += 1;
		shelf.objects.delete(key);
		shelf.sorted = keysOf(shelf).filter(each => each !== key);
		const last = {...previous, metadata: {...previous.metadata, resourceVersion: String(version)}};
		record(shelf, 'DELETED', last, previous);
		return last;
	}

	function get(where: Reference): KubeObject | undefined {
		return shelves.get(shelfKey(where.group, where.plural))?.objects.get(keyOf(where.namespace, where.name));
	}

	function define(resource: ResourceType): void {
		const key = shelfKey(resource.group, resource.plural);
		const shelf = shelves.get(key) ?? openShelf(resource, version);
		shelf.resource = resource;
		shelves.set(key, shelf);
		kinds.set(kindKey(resource.group, resource.kind), shelf);
	}

	function undefine(group: string, plural: string): void {
		const shelf = shelves.get(shelfKey(group, plural));
		if (!shelf) return;
		for (const object of shelf.objects.values()) remove(referenceTo(shelf.resource, object));
		shelves.delete(shelfKey(group, plural));
		kinds.delete(kindKey(group, shelf.resource.kind));
		for (const follower of shelf.followers) follower.end();
	}

	return {
		put,
		remove,
		get,
		define,
		undefine,
		change: (where, edit) => {
			const before = get(where);
			if (!before) return undefined;
			const draft = structuredClone(before);
			edit(draft);
			return put(draft);
		},
		list: (group, plural, namespace) => {
			const objects = shelves.get(shelfKey(group, plural))?.objects.values() ?? [];
			return [...objects].filter(object => namespace === undefined || (object.metadata.namespace ?? '') === namespace);
		},
		onChange: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		resources: () => [...shelves.values()].map(shelf => shelf.resource),
		version: () => version,
		shelf: (group, plural) => shelves.get(shelfKey(group, plural))?.face,
		shelves: () => [...shelves.values()].map(shelf => shelf.face),
		compact: () => {
			for (const shelf of shelves.values()) {
				shelf.history = [];
				shelf.forgotten = version;
			}
		},
	};
}

function openShelf(resource: ResourceType, version: number): OpenShelf {
	const followers = new Set<Follower>();
	const objects = new Map<string, KubeObject>();
	const shelf: OpenShelf = {
		resource,
		objects,
		followers,
		sorted: [],
		unsorted: false,
		history: [],
		forgotten: version,
		face: {
			get resource() {
				return shelf.resource;
			},
			objects,
			keys: () => keysOf(shelf),
			since: wanted => (wanted < shelf.forgotten ? undefined : after(shelf.history, wanted)),
			follow: follower => {
				followers.add(follower);
				return () => followers.delete(follower);
			},
		},
	};
	return shelf;
}

/** Sorted only when somebody asks: a world is put in bulk. */
function keysOf(shelf: OpenShelf): string[] {
	if (shelf.unsorted) {
		shelf.sorted.sort();
		shelf.unsorted = false;
	}
	return shelf.sorted;
}

function after(history: readonly ObjectChange[], version: number): readonly ObjectChange[] {
	return history.slice(history.findLastIndex(change => change.version <= version) + 1);
}

/** How an object of this resource is addressed. */
export function referenceTo(resource: Pick<ResourceType, 'group' | 'plural'>, object: KubeObject): Reference {
	const {namespace = '', name} = object.metadata;
	return {group: resource.group, plural: resource.plural, namespace, name};
}

/** `''` for the core group. */
export function groupOf(object: {readonly apiVersion: string}): string {
	return object.apiVersion.includes('/') ? object.apiVersion.slice(0, object.apiVersion.indexOf('/')) : '';
}

export function keyOf(namespace: string | undefined, name: string): string {
	return namespace ? `${namespace}/${name}` : name;
}

const shelfKey = (group: string, plural: string) => `${plural}.${group}`;
const kindKey = (group: string, kind: string) => `${kind}.${group}`;

import type {Clock, KubeObject, ObjectChange, ObjectStore, Reference, ResourceType, Stage} from './model.ts';
import {stamp} from './objects/time.ts';
import {createRandom, randomUuid} from './random.ts';
import {lay, type OpenShelf, openShelf, record, type Shelf, take} from './shelf.ts';

export type {Shelf} from './shelf.ts';

/** The store as the server sees it: what players know, and its history. */
export type VersionedStore = ObjectStore & {
	/** The version of the newest write. */
	readonly version: () => number;
	readonly shelf: (group: string, plural: string) => Shelf | undefined;
	readonly shelves: () => readonly Shelf[];
	/** Forgets all history: only the newest version can still be watched from. */
	readonly compact: () => void;
};

/** What the server's own controllers work with. */
export type ControllerStage = Pick<Stage, 'clock'> & {readonly store: VersionedStore};

type State = {
	readonly clock: Clock;
	readonly random: () => number;
	version: number;
	/** By `plural.group`, and the same by `kind.group`. */
	readonly shelves: Map<string, OpenShelf>;
	readonly kinds: Map<string, OpenShelf>;
	readonly listeners: Set<(change: ObjectChange) => void>;
};

/** @param first the resource version before the first write. */
export function createStore(clock: Clock, seed = 1, first = 1000): VersionedStore {
	const state: State = {
		clock,
		random: createRandom(seed),
		version: first,
		shelves: new Map(),
		kinds: new Map(),
		listeners: new Set(),
	};
	const {shelves, listeners} = state;
	return {
		put: object => put(state, object),
		change: (where, edit) => change(state, where, edit),
		remove: where => remove(state, where),
		get: where => get(state, where),
		list: (group, plural, namespace) => {
			const objects = [...(shelves.get(`${plural}.${group}`)?.objects.values() ?? [])];
			return namespace === undefined ? objects : objects.filter(object => (object.metadata.namespace ?? '') === namespace);
		},
		onChange: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		define: resource => define(state, resource),
		undefine: (group, plural) => undefine(state, group, plural),
		resources: () => [...shelves.values()].map(shelf => shelf.resource),
		version: () => state.version,
		shelf: (group, plural) => shelves.get(`${plural}.${group}`),
		shelves: () => [...shelves.values()],
		compact: () => {
			for (const shelf of shelves.values()) {
				shelf.history = [];
				shelf.forgotten = state.version;
			}
		},
	};
}

function put(state: State, object: KubeObject): KubeObject {
	const shelf = state.kinds.get(`${object.kind}.${groupOf(object)}`);
	if (!shelf) throw new Error(`${object.apiVersion} ${object.kind} is not served: define it first.`);
	const key = keyOf(object.metadata.namespace, object.metadata.name);
	const previous = shelf.objects.get(key);
	state.version += 1;
	const {uid, creationTimestamp} = previous?.metadata ?? {};
	const written: KubeObject = {
		...object,
		metadata: {
			...object.metadata,
			uid: object.metadata.uid ?? uid ?? randomUuid(state.random),
			creationTimestamp: object.metadata.creationTimestamp ?? creationTimestamp ?? stamp(state.clock.now()),
			resourceVersion: String(state.version),
		},
	};
	lay(shelf, key, written);
	tell(state, shelf, previous ? 'MODIFIED' : 'ADDED', written, previous);
	return written;
}

function change(state: State, where: Reference, edit: (draft: KubeObject) => void): KubeObject | undefined {
	const before = get(state, where);
	if (!before) return undefined;
	const draft = structuredClone(before);
	edit(draft);
	return put(state, draft);
}

function remove(state: State, {group, plural, namespace, name}: Reference): KubeObject | undefined {
	const shelf = state.shelves.get(`${plural}.${group}`);
	const key = keyOf(namespace, name);
	const previous = shelf?.objects.get(key);
	if (!shelf || !previous) return undefined;
	state.version += 1;
	take(shelf, key);
	const last = {...previous, metadata: {...previous.metadata, resourceVersion: String(state.version)}};
	tell(state, shelf, 'DELETED', last, previous);
	return last;
}

function get(state: State, {group, plural, namespace, name}: Reference): KubeObject | undefined {
	return state.shelves.get(`${plural}.${group}`)?.objects.get(keyOf(namespace, name));
}

function define(state: State, resource: ResourceType): void {
	const key = `${resource.plural}.${resource.group}`;
	const shelf = state.shelves.get(key) ?? openShelf(resource, state.version);
	shelf.resource = resource;
	state.shelves.set(key, shelf);
	state.kinds.set(`${resource.kind}.${resource.group}`, shelf);
}

/** Deletes the objects of a resource and serves it no longer. */
function undefine(state: State, group: string, plural: string): void {
	const shelf = state.shelves.get(`${plural}.${group}`);
	if (!shelf) return;
	for (const object of shelf.objects.values()) remove(state, referenceTo(shelf.resource, object));
	state.shelves.delete(`${plural}.${group}`);
	state.kinds.delete(`${shelf.resource.kind}.${group}`);
	for (const follower of shelf.followers) follower.end();
}

function tell(state: State, shelf: OpenShelf, type: ObjectChange['type'], object: KubeObject, previous?: KubeObject): void {
	const change = {type, resource: shelf.resource, object, version: state.version, previous};
	record(shelf, change);
	for (const listener of state.listeners) listener(change);
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

/** `namespace/name`, or the bare name where there is no namespace. */
export function keyOf(namespace: string | undefined, name: string): string {
	return namespace ? `${namespace}/${name}` : name;
}

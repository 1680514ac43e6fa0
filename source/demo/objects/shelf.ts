import type {KubeObject, ObjectStore, Reference} from '../model.ts';

type Named = {readonly metadata: {readonly name: string; readonly namespace?: string}};

/** The objects of one resource in the shape our builders give them. */
export type Shelf<T extends KubeObject> = {
	readonly all: (store: ObjectStore, namespace?: string) => readonly T[];
	readonly get: (store: ObjectStore, name: string, namespace?: string) => T | undefined;
	/** Changes a copy and writes it. */
	readonly change: (store: ObjectStore, which: Named, edit: (draft: T) => void) => T | undefined;
	readonly remove: (store: ObjectStore, which: Named) => void;
};

/**
 * A typed door to one resource of a store. Others may have written there too: objects without one of the `needed` fields
 * (`spec.containers`) are passed over, and what a shape says may be missing, may.
 */
export function shelf<T extends KubeObject>(group: string, plural: string, needed: readonly string[] = []): Shelf<T> {
	const where = ({metadata}: Named): Reference => ({group, plural, namespace: metadata.namespace ?? '', name: metadata.name});
	const paths = needed.map(path => path.split('.'));
	const isWhole = (object: KubeObject | undefined): object is T => object !== undefined && paths.every(path => has(object, path));
	return {
		all: (store, namespace) => store.list(group, plural, namespace).filter(isWhole),
		get: (store, name, namespace = '') => {
			const object = store.get({group, plural, namespace, name});
			return isWhole(object) ? object : undefined;
		},
		change: (store, which, edit) => store.change(where(which), draft => edit(draft as T)) as T | undefined,
		remove: (store, which) => {
			store.remove(where(which));
		},
	};
}

function has(object: unknown, path: readonly string[]): boolean {
	let value = object as {readonly [key: string]: unknown} | undefined | null;
	for (const key of path) value = value?.[key] as typeof value;
	return value !== undefined && value !== null;
}

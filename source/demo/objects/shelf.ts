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

/** A typed door to one resource of a store. Players read what others may have written too, so shapes are mostly optional. */
export function shelf<T extends KubeObject>(group: string, plural: string): Shelf<T> {
	const where = ({metadata}: Named): Reference => ({group, plural, namespace: metadata.namespace ?? '', name: metadata.name});
	return {
		all: (store, namespace) => store.list(group, plural, namespace) as readonly T[],
		get: (store, name, namespace = '') => store.get({group, plural, namespace, name}) as T | undefined,
		change: (store, which, edit) => store.change(where(which), draft => edit(draft as T)) as T | undefined,
		remove: (store, which) => {
			store.remove(where(which));
		},
	};
}

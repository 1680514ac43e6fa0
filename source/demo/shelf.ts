import type {KubeObject, ObjectChange, ResourceType} from './model.ts';

/** The objects of one resource, and what became of them lately. */
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

/** A shelf as the store works on it. */
export type OpenShelf = Shelf & {
	resource: ResourceType;
	readonly objects: Map<string, KubeObject>;
	readonly followers: Set<Follower>;
	sorted: string[];
	unsorted: boolean;
	history: ObjectChange[];
	/** Versions before this one cannot be watched from. */
	forgotten: number;
};

/** Changes remembered per resource, or as many as it has objects where those are more. */
const remembered = 2_000;

/** An empty shelf; nothing before `version` is known of it. */
export function openShelf(resource: ResourceType, version: number): OpenShelf {
	const shelf: OpenShelf = {
		resource,
		objects: new Map(),
		followers: new Set(),
		sorted: [],
		unsorted: false,
		history: [],
		forgotten: version,
		keys: () => sortedKeys(shelf),
		since: wanted => (wanted < shelf.forgotten ? undefined : after(shelf.history, wanted)),
		follow: follower => {
			shelf.followers.add(follower);
			return () => shelf.followers.delete(follower);
		},
	};
	return shelf;
}

/** Puts an object on the shelf. */
export function lay(shelf: OpenShelf, key: string, object: KubeObject): void {
	if (!shelf.objects.has(key)) {
		shelf.unsorted ||= key < (shelf.sorted.at(-1) ?? '');
		shelf.sorted.push(key);
	}
	shelf.objects.set(key, object);
}

/** Takes an object off the shelf. */
export function take(shelf: OpenShelf, key: string): void {
	shelf.objects.delete(key);
	shelf.sorted = sortedKeys(shelf).filter(each => each !== key);
}

/** Remembers a change and tells the followers. */
export function record(shelf: OpenShelf, change: ObjectChange): void {
	shelf.history.push(change);
	// Trimmed by halves, so that it costs nothing per write.
	const limit = Math.max(remembered, shelf.objects.size);
	if (shelf.history.length > limit * 2) {
		const dropped = shelf.history.splice(0, shelf.history.length - limit);
		shelf.forgotten = dropped.at(-1)?.version ?? shelf.forgotten;
	}
	for (const follower of shelf.followers) follower.change(change);
}

/** Sorted only when somebody asks: a world is put in bulk. */
function sortedKeys(shelf: OpenShelf): string[] {
	if (shelf.unsorted) {
		shelf.sorted.sort();
		shelf.unsorted = false;
	}
	return shelf.sorted;
}

function after(history: readonly ObjectChange[], version: number): readonly ObjectChange[] {
	return history.slice(history.findLastIndex(change => change.version <= version) + 1);
}

/** The words every room shares. Types and a few pure functions; imports nothing. */

declare const safe: unique symbol;
declare const raw: unique symbol;

/** Text that may be printed: made by `safeText` only (or a literal of our own, through `own`). */
export type SafeText = string & {readonly [safe]: true};

/** A name as the API server gave it. For paths, keys and comparisons; never printed. */
export type RawName = string & {readonly [raw]: true};

/** Marks text of our own making as printable. Never pass anything that came from outside. */
export function own(text: string): SafeText {
	return text as SafeText;
}

/** Joins printable parts the way a template literal does, and stays printable. */
export function say(strings: TemplateStringsArray, ...parts: ReadonlyArray<SafeText | number>): SafeText {
	return strings.reduce((text, piece, at) => text + (parts[at - 1] ?? '') + piece) as SafeText;
}

/**
 * How well something is, worst first. `unknown` is never dimmed away; `held` is out of service on purpose
 * (cordoned, paused, suspended); `risk` is wrong every day (a standing risk); `idle` is neither good nor bad.
 */
export const healths = ['bad', 'warn', 'unknown', 'held', 'risk', 'ok', 'idle'] as const;
export type Health = (typeof healths)[number];

/** Negative when `a` is worse than `b`. */
export function compareHealth(a: Health, b: Health): number {
	return healths.indexOf(a) - healths.indexOf(b);
}

/** The worst of several; `idle` for none. */
export function worst(of: Iterable<Health>): Health {
	let found: Health = 'idle';
	for (const health of of) if (compareHealth(health, found) < 0) found = health;
	return found;
}

/** What is talked about: an object of the cluster, by its full resource, so that commands can be made from it. */
export type Subject = {
	/** Plural with group, as kubectl takes it: `nodes`, `volumes.longhorn.io`. */
	readonly resource: string;
	readonly namespace: RawName;
	readonly name: RawName;
};

/** What a source knows, and how fresh. Times are epoch milliseconds on the server's clock. */
export type SourceState =
	| {readonly is: 'loading'; readonly waitingFor?: SafeText}
	| {readonly is: 'live'}
	| {readonly is: 'polled'; readonly asOf: number; readonly every: number}
	| {readonly is: 'stale'; readonly since: number; readonly why: SafeText}
	| {
			readonly is: 'denied';
			readonly verb: SafeText;
			readonly resource: SafeText;
			readonly namespace?: SafeText;
	  }
	| {readonly is: 'absent'};

/** What every record has. `key` is `namespace/name`, or the bare name of a cluster-scoped object. */
export type StoredRecord = {
	readonly uid: string;
	readonly namespace: RawName;
	readonly name: RawName;
	/** False when namespace or name is not a valid Kubernetes name: shown, never acted on. */
	readonly actionable: boolean;
	/** Epoch milliseconds, 0 when unknown. */
	readonly createdAt: number;
};

/** The key of a record in its store: `namespace/name`, or the bare name where there is no namespace. */
export function keyOf(namespace: string, name: string): string {
	return namespace === '' ? name : `${namespace}/${name}`;
}

/** What a pane gets of one source: the records by key, and the state they are in. `revision` grows with every change. */
export type Reading<R> = {
	readonly state: SourceState;
	readonly records: ReadonlyMap<string, R>;
	readonly revision: number;
	/** Set when only one namespace may be read: which, and the permission that is missing for the rest. */
	readonly limitedTo?: {readonly namespace: SafeText; readonly missing: SafeText} | undefined;
	/** How each target of a scrape does, by the target's key; missing where a source is of one piece. */
	readonly parts?: ReadonlyMap<string, SourceState> | undefined;
};

/** One cell. `sort` is what the column sorts by when the text is not it. */
export type Cell = {
	readonly text: SafeText;
	readonly health?: Health;
	readonly sort?: number | string;
};

/** One column. Where the width does not suffice, the highest `priority` goes first; 0 always stays. */
export type Column = {
	readonly id: string;
	readonly title: string;
	readonly align?: 'left' | 'right';
	readonly priority: number;
	/** Columns of the terminal; `max` truncates with an ellipsis. Exactly one column of a table may `grow`. */
	readonly min?: number;
	readonly max?: number;
	readonly grow?: boolean;
};

/** One row. `key` is stable over the life of the object: the cursor follows it. */
export type Row = {
	readonly key: string;
	readonly health: Health;
	readonly cells: readonly Cell[];
	/** What `y` copies and `o` opens; missing where no object stands behind the row. */
	readonly subject?: Subject;
	/** Acknowledged or accepted already. */
	readonly marked?: true;
	/** What it is about, in one word that the timeline can be searched for. */
	readonly about?: SafeText;
	/** A child of the row above (a pod under its device): moves and sorts with it. */
	readonly under?: string;
};

/** A line above or below a table: what could not be seen, what the rows do not say. */
export type Note = {readonly health: Health; readonly text: SafeText};

/** A pane, ready to be laid out at any width. Rows come worst first and stable within. */
export type PaneView = {
	/** The right half of the title: `7 of 8 ready`. */
	readonly summary: SafeText;
	readonly state: SourceState;
	readonly columns: readonly Column[];
	readonly rows: readonly Row[];
	readonly notes: readonly Note[];
	/** Said instead of rows when there are none although the source is live or polled. */
	readonly empty: SafeText;
};

/** One line of a detail: `label  value`. */
export type DetailLine = {
	readonly label: string;
	readonly value: SafeText;
	readonly health?: Health;
};

/** The detail of one row: facts, then evidence. */
export type Detail = {
	readonly title: SafeText;
	readonly sections: ReadonlyArray<{
		readonly title: string;
		readonly lines: readonly DetailLine[];
	}>;
};

/** The five panes, in the order of their keys. */
export const paneIds = ['nodes', 'storage', 'bgp', 'backups', 'gpu'] as const;
export type PaneId = (typeof paneIds)[number];

/** All that can be looked at: what is wrong, the panes, what has no pane, what happened, what is borne with and aimed at. */
export const viewIds = ['incidents', ...paneIds, 'platform', 'timeline', 'risks'] as const;
export type ViewId = (typeof viewIds)[number];

/**
 * An aggregate over a source, kept by delta: `add` and `remove` return a new value (or the same one where nothing
 * changed), so that a reader can compare by reference. Records whose key is undefined do not count.
 */
export type Tally<R, A> = {
	readonly key: (record: R) => string | undefined;
	readonly empty: A;
	readonly add: (sum: A, record: R) => A;
	readonly remove: (sum: A, record: R) => A;
};

/** Remembers the result per argument object, for as long as that object lives. For pure functions of one fact. */
export function memoised<K extends object, V>(of: (key: K) => V): (key: K) => V {
	const known = new WeakMap<K, V>();
	return key => {
		const before = known.get(key);
		if (before !== undefined) return before;
		const made = of(key);
		known.set(key, made);
		return made;
	};
}

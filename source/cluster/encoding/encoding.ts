import type {Raw} from '../raw.ts';
import type {Splitter} from './splitter.ts';

/** One event of a watch, as the server words it. */
export type WatchEvent = {readonly type: string; readonly object: Raw};

/** One page of a list: its metadata (`resourceVersion`, `continue`) and its objects, made one by one. */
export type Page = {readonly metadata: Raw | undefined; readonly items: Iterable<Raw>};

/** How the server wrote its answer. */
export type Encoding = {
	readonly splitter: () => Splitter;
	readonly event: (piece: Buffer) => WatchEvent;
	readonly page: (body: Buffer) => Page;
	/** Any single object; a `Status` where the server refuses. */
	readonly object: (body: Buffer) => Raw;
};

import type {Reading} from '../vocabulary.ts';

/** Told of a record that came (`before` undefined), changed, or went (`after` undefined). */
export type RecordListener<R> = (before: R | undefined, after: R | undefined) => void;

/** What the rooms above get of one kind or scrape. */
export type Source<R> = {
	readonly id: string;
	/** The same object until something changed. Its records are the live map: compare `revision`, not the map. */
	readonly reading: () => Reading<R>;
	/** Told of every change of a record, in order, while it is applied. Returns the way to stop. */
	readonly onRecord: (listener: RecordListener<R>) => () => void;
};

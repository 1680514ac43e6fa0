import {own, type Reading, type SafeText, type SourceState, type StoredRecord, say} from '../../vocabulary.ts';
import type {Kind} from '../kind.ts';
import {safeText} from '../safe-text.ts';

/** How a kind is served here. */
export type ServedAs = {readonly version: string; readonly watchable: boolean};

/** Where a reflector has come to, and which ways are open to it. */
export type Course = {
	/** What is read: one namespace, or all (`''`). */
	readonly namespace: string;
	/** The resource version to go on from; undefined when all there is must be read first. */
	readonly from: string | undefined;
	/** Whether a watch may begin with all there is ("WatchList"). */
	readonly streamable: boolean;
	/** Until when there is no use in asking for a watch, epoch milliseconds. */
	readonly unwatchableUntil: number;
};

/** What to do next: read all there is by a list or at the beginning of a watch; then watch on, or wait and list again. */
export type Move = 'list' | 'stream' | 'watch' | 'wait';

/** From the beginning, and of everything. */
export function firstCourse<R extends StoredRecord>(kind: Kind<R>, {watchable}: ServedAs): Course {
	return {
		namespace: kind.namespace ?? '',
		from: undefined,
		streamable: true,
		unwatchableUntil: watchable ? 0 : Number.POSITIVE_INFINITY,
	};
}

/** The best that is open: a watch before lists, and a watch that begins with everything before a list and a watch. */
export function nextMove({from, streamable, unwatchableUntil}: Course, now: number): Move {
	const watchable = now >= unwatchableUntil;
	if (from === undefined) return watchable && streamable ? 'stream' : 'list';
	return watchable ? 'watch' : 'wait';
}

/** Whether less is read than the kind wants. */
export function isNarrowed<R extends StoredRecord>({namespace}: Course, kind: Kind<R>): boolean {
	return namespace !== (kind.namespace ?? '');
}

/** Whether a namespace is left to read where not all may be. */
export function canNarrow<R extends StoredRecord>(course: Course, kind: Kind<R>, fallback: string): boolean {
	return kind.namespaced && kind.namespace === undefined && fallback !== '' && !isNarrowed(course, kind);
}

/** The permission that is missing altogether. */
export function deniedState<R extends StoredRecord>({namespace}: Course, kind: Kind<R>): SourceState {
	const where = namespace === '' ? {} : {namespace: safeText(namespace)};
	return {is: 'denied', verb: own('list'), resource: resourceOf(kind), ...where};
}

/** The permission that is missing to read more than one namespace. */
export function limitOf<R extends StoredRecord>(course: Course, kind: Kind<R>): Reading<R>['limitedTo'] {
	if (!isNarrowed(course, kind)) return undefined;
	return {namespace: safeText(course.namespace), missing: say`list ${resourceOf(kind)} in all namespaces`};
}

/** A kind as kubectl writes it, for printing: `volumes.longhorn.io`. */
export function resourceOf<R extends StoredRecord>({plural, group}: Kind<R>): SafeText {
	return own(group === '' ? plural : `${plural}.${group}`);
}

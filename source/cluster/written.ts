import type {SafeText} from '../vocabulary.ts';
import {instant, items, type Raw, text} from './raw.ts';

/** Who wrote to an object last, by the name of its tool or controller, and when, epoch ms. */
export type Written = {readonly by: SafeText; readonly at: number};

/**
 * The last write to a part of an object, as the API server notes it in `managedFields`; undefined where it does not. A write
 * that changes nothing leaves no trace, so this is the last change.
 */
export function lastWrite({metadata}: Raw, part: 'spec' | 'status' | 'data'): Written | undefined {
	const writes = items(metadata?.managedFields)
		.filter(({fieldsV1}) => fieldsV1?.[`f:${part}`] !== undefined)
		.map(({manager, time}) => ({by: text(manager, 64), at: instant(time)}))
		.filter(({at}) => at > 0);
	return writes.sort((a, b) => b.at - a.at)[0];
}

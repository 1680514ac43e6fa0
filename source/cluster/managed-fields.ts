import {own, type SafeText, say} from '../vocabulary.ts';
import {entries, instant, items, type Raw, text} from './raw.ts';
import {safeText} from './safe-text.ts';

/** Who wrote something of an object last: when (epoch ms, 0 where it is not told), and the parts that are theirs. */
export type Written = {readonly by: SafeText; readonly at: number; readonly how: SafeText; readonly parts: readonly SafeText[]};

/** So many parts are named of what somebody wrote. */
const most = 6;

/** `f:spec` → `spec`; of metadata and spec one level more, since nearly everybody writes something there. */
function partsOf(fields: Raw | undefined): readonly string[] {
	return entries(fields)
		.filter(([key]) => key.startsWith('f:'))
		.flatMap(([key, below]) => {
			const part = key.slice(2);
			if (part !== 'metadata' && part !== 'spec') return [part];
			const inner = entries(below).filter(([name]) => name.startsWith('f:'));
			return inner.length === 0 ? [part] : inner.map(([name]) => `${part}.${name.slice(2)}`);
		});
}

/** What `metadata.managedFields` tells, the last writer first. Untrusted. */
export function writtenOf({metadata}: Raw): readonly Written[] {
	return items(metadata?.managedFields)
		.map(({manager, time, operation, subresource, fieldsV1}) => {
			const parts = partsOf(fieldsV1).map(part => safeText(part, 64));
			const rest = parts.length - most;
			const below = text(subresource, 32);
			return {
				by: text(manager, 64),
				at: instant(time),
				how: below === '' ? text(operation, 32) : say`${text(operation, 32)} of ${below}`,
				parts: rest > 0 ? [...parts.slice(0, most), own(`and ${rest} more`)] : parts,
			};
		})
		.sort((a, b) => b.at - a.at);
}

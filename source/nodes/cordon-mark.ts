import {instant, items, name, type Raw, text} from '../cluster/raw.ts';
import {fieldManager} from '../cluster/write.ts';
import type {SafeText} from '../vocabulary.ts';

/** The annotation of a node that says who cordoned it through midwatch. */
export const cordonMark = 'midwatch.dev/cordoned-by';

/** Who cordoned a node, when (epoch ms), and in which run. */
export type Mark = {readonly by: SafeText; readonly at: number; readonly run: string};

/** The annotation's value. */
export function markText({by, at, run}: {readonly by: string; readonly at: number; readonly run: string}): string {
	return JSON.stringify({by, at: new Date(at).toISOString(), run});
}

/** Reads the mark; undefined where there is none, or where somebody wrote nonsense there. */
function read({metadata}: Raw): Mark | undefined {
	try {
		const mark = JSON.parse(name(metadata?.annotations?.[cordonMark])) as Raw | null;
		const by = text(mark?.by, 128);
		return by === '' ? undefined : {by, at: instant(mark?.at), run: name(mark?.run)};
	} catch {
		return undefined;
	}
}

/** The tool that wrote a cordon last, and when (epoch ms), as `metadata.managedFields` tells; undefined where it does not. */
export function cordonWriter({metadata}: Raw): {readonly by: SafeText; readonly at: number} | undefined {
	return items(metadata?.managedFields)
		.filter(({fieldsV1}) => fieldsV1?.['f:spec']?.['f:unschedulable'] !== undefined)
		.map(({manager, time}) => ({by: text(manager, 64), at: instant(time)}))
		.toSorted((a, b) => a.at - b.at)
		.at(-1);
}

/** The mark on a node; it outlives what others do to the cordon, so it is believed only where that was last written by us. */
export function markOf(node: Raw): Mark | undefined {
	const writer = cordonWriter(node);
	return writer === undefined || writer.by === fieldManager ? read(node) : undefined;
}

import {instant, name, type Raw, text} from '../../cluster/raw.ts';
import type {SafeText} from '../../vocabulary.ts';

/** The annotation of a node that says who cordoned it through midwatch. */
export const cordonMark = 'midwatch.dev/cordoned-by';

/** Who cordoned a node, when (epoch ms), and in which run. */
export type Mark = {readonly by: SafeText; readonly at: number; readonly run: string};

/** The annotation's value. */
export function markText({by, at, run}: {readonly by: string; readonly at: number; readonly run: string}): string {
	return JSON.stringify({by, at: new Date(at).toISOString(), run});
}

/** Reads the mark on a node; undefined where there is none, or where somebody wrote nonsense there. */
export function markOf({metadata}: Raw): Mark | undefined {
	try {
		const mark = JSON.parse(name(metadata?.annotations?.[cordonMark])) as Raw | null;
		const by = text(mark?.by, 128);
		return by === '' ? undefined : {by, at: instant(mark?.at), run: name(mark?.run)};
	} catch {
		return undefined;
	}
}

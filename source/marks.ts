import type {SafeText} from './vocabulary.ts';

/** What somebody on watch said of a finding: it is being looked after, or it is known and borne with for a while. */
export type Mark = {
	readonly kind: 'acknowledged' | 'accepted';
	readonly note: SafeText;
	/** Epoch ms. */
	readonly at: number;
	/** Epoch ms; missing: until it is cleared. */
	readonly until?: number;
	/** What the finding said when it was marked, without its ages: where that changes, an acceptance no longer holds. */
	readonly fingerprint: string;
};

/** By the finding's name. */
export type Marks = ReadonlyMap<string, Mark>;

export const noMarks: Marks = new Map();

/** The mark that holds for a finding now (epoch ms); undefined where there is none, or it has run out, or does not fit any more. */
export function markFor(name: string, fingerprint: string, marks: Marks, now: number): Mark | undefined {
	const mark = marks.get(name);
	if (mark === undefined || (mark.until !== undefined && now >= mark.until)) return undefined;
	return mark.kind === 'accepted' && mark.fingerprint !== fingerprint ? undefined : mark;
}

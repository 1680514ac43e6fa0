/** The text of the marks: one line for each that was set or taken back, in the order in which that happened. */
import {name, number, type Raw, text} from './cluster/raw.ts';
import type {Mark, Marks} from './marks.ts';

/** The line that sets the mark of a finding, by the finding's name; without a mark, the one that takes it back. */
export function markLine(finding: string, mark?: Mark): string {
	return JSON.stringify({finding, ...(mark ?? {kind: 'withdrawn'})});
}

function parsed(line: string): Raw | undefined {
	try {
		return (JSON.parse(line) as Raw | null) ?? undefined;
	} catch {
		return undefined;
	}
}

function markOf(raw: Raw): Mark | undefined {
	const kind = (['acknowledged', 'accepted'] as const).find(one => one === name(raw.kind));
	const [at, until] = [number(raw.at), number(raw.until)];
	if (kind === undefined || at === undefined) return undefined;
	return {
		kind,
		note: text(raw.note, 500),
		at,
		...(until === undefined ? {} : {until}),
		fingerprint: name(raw.fingerprint),
	};
}

/** The marks that such lines amount to. A line that is torn, or says what nobody knows, says nothing. */
export function marksOf(lines: string): Marks {
	const marks = new Map<string, Mark>();
	for (const raw of lines.split('\n').map(parsed)) {
		const finding = name(raw?.finding);
		if (raw === undefined || finding === '') continue;
		const mark = markOf(raw);
		if (mark !== undefined) marks.set(finding, mark);
		else if (name(raw.kind) === 'withdrawn') marks.delete(finding);
	}
	return marks;
}

import {safeText} from '../../../cluster/safe-text.ts';
import {type SafeText, say} from '../../../vocabulary.ts';
import {asWritten, type GuideLine, told} from './lines.ts';

/** What begins anew on its line: a heading, an item of a list, a quotation, a row of a table, code. */
const begins = /^(?:\s*(?:[-*+>|#]|\d+[.)]\s)| {4}|\t|\s*$)/;
const isRow = (line: string): boolean => /^\s*\|/.test(line) || /^(?: {4}|\t)\s*\S/.test(line);
const fence = /^\s*(?:`{3,}|~{3,})/;

/** Prose of a runbook at a width: paragraphs flow, tables and code stay as their author wrote them, without the fences. */
export function proseLines(lines: readonly SafeText[], width: number): readonly GuideLine[] {
	const blocks: SafeText[] = [];
	let isCode = false;
	for (const line of lines) {
		const last = blocks.at(-1);
		const goesOn = last !== undefined && last.trim() !== '' && !begins.test(line) && !isRow(last);
		if (fence.test(line)) isCode = !isCode;
		else if (isCode) blocks.push(say`    ${line}`);
		else if (goesOn) blocks[blocks.length - 1] = safeText(`${last} ${line.trim()}`, 20_000);
		else blocks.push(line);
	}
	return blocks.flatMap(block => (isRow(block) ? asWritten(block, width) : told(block, width)));
}

import type {Heading, RootContent} from 'mdast';
import {safeText} from '../../cluster/safe-text.ts';
import type {Block, Phase, PhaseKind, Range, Step} from '../runbook.ts';
import type {Draft} from './draft.ts';
import {kindOf} from './heading.ts';
import {plain, rangeOf, spanning} from './markdown.ts';
import type {Piece} from './piece.ts';

/** A heading and what stands below it, down to the next one. */
export type Chapter = {readonly heading: Heading | undefined; readonly kind: PhaseKind; readonly nodes: readonly RootContent[]};

/** Headings in a row, each with what stands below it. A heading whose own words say nothing means what the one above it means. */
export function chaptersOf(nodes: readonly RootContent[]): readonly Chapter[] {
	const chapters: {heading: Heading | undefined; kind: PhaseKind; nodes: RootContent[]}[] = [];
	const above: {readonly depth: number; readonly kind: PhaseKind}[] = [];
	for (const node of nodes) {
		if (node.type === 'heading') {
			while ((above.at(-1)?.depth ?? 0) >= node.depth) above.pop();
			const kind = kindOf(plain(node)) ?? above.at(-1)?.kind ?? 'other';
			above.push({depth: node.depth, kind});
			chapters.push({heading: node, kind, nodes: []});
		} else if (chapters.length === 0) chapters.push({heading: undefined, kind: 'other', nodes: [node]});
		else chapters.at(-1)?.nodes.push(node);
	}
	return chapters;
}

function proseOf(range: Range, source: string): Block {
	const text = source.slice(range.start, range.end);
	return {
		is: 'prose',
		text: safeText(text, 16_384),
		lines: text.split(/\r?\n/).map(line => safeText(line.replaceAll('\t', '    '), 4096)),
		range,
	};
}

const isBlank = (range: Range, source: string): boolean => source.slice(range.start, range.end).trim() === '';

/** How many steps there have been so far. */
export type Numbering = {count: number; readonly perKind: Map<PhaseKind, number>};

function stepOf({step}: Draft, kind: PhaseKind, numbering: Numbering): Step {
	numbering.count += 1;
	const within = (numbering.perKind.get(kind) ?? 0) + 1;
	numbering.perKind.set(kind, within);
	return {...step, id: `${kind}-${within}`, number: numbering.count};
}

/** A phase of a runbook: its steps get their numbers. */
export function phaseOf(
	{heading, kind}: Chapter,
	pieces: readonly Piece[],
	nodes: readonly RootContent[],
	source: string,
	numbering: Numbering,
): Phase {
	const blocks = pieces
		.filter(piece => piece.is === 'step' || !isBlank(piece.range, source))
		.map(
			(piece): Block =>
				piece.is === 'prose' ? proseOf(piece.range, source) : {is: 'step', step: stepOf(piece.draft, kind, numbering)},
		);
	const [first, last] = [heading ?? nodes[0], nodes.at(-1) ?? heading];
	const range =
		first === undefined || last === undefined ? {from: 1, to: 1, start: 0, end: 0} : spanning(rangeOf(first), rangeOf(last));
	return {kind, title: safeText(heading === undefined ? '' : plain(heading), 200), level: heading?.depth ?? 0, range, blocks};
}

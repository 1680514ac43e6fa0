import {hash} from 'node:crypto';
import type {Heading, RootContent} from 'mdast';
import {safeText} from '../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {isReserved} from '../reserved.ts';
import type {Block, Oddity, Parameter, Phase, PhaseKind, Range, Runbook, Step} from '../runbook.ts';
import type {Draft} from './draft.ts';
import {type FrontMatter, frontMatterOf, noFrontMatter, typeByName} from './front-matter.ts';
import {alertAlone, kindOf} from './heading.ts';
import {hasFrontMatter, markdown, plain, rangeOf, spanning} from './markdown.ts';
import {type Section, sectionsOf} from './sections.ts';
import {type Piece, walk} from './walk.ts';

/** What comes of a file: its runbooks, most often one, and what is odd about it. */
export type Parsed = {readonly runbooks: readonly Runbook[]; readonly oddities: readonly Oddity[]};

type Chapter = {readonly heading: Heading | undefined; readonly kind: PhaseKind; readonly nodes: readonly RootContent[]};

/** Headings in a row, each with what stands below it. A heading whose own words say nothing means what the one above it means. */
function chaptersOf(nodes: readonly RootContent[]): readonly Chapter[] {
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

/** Lines of a paragraph that say something of the alert: `**Severity:** critical`. */
function saidOf(nodes: readonly RootContent[], key: string): SafeText {
	const pattern = new RegExp(`^[\\s*_-]*${key}[\\s*_]*:[\\s*_]*(.+)$`, 'im');
	const [, value = ''] =
		nodes
			.filter(({type}) => type === 'paragraph' || type === 'list')
			.map(node => pattern.exec(textOf(node)))
			.find(found => found !== null) ?? [];
	return safeText(value.trim(), 60);
}

const textOf = (node: RootContent): string => (node.type === 'list' ? node.children.map(plain).join('\n') : plain(node));

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

type Numbering = {count: number; readonly perKind: Map<PhaseKind, number>};

function stepOf({defaults, written, sets, ...draft}: Draft, kind: PhaseKind, numbering: Numbering): Step {
	numbering.count += 1;
	const within = (numbering.perKind.get(kind) ?? 0) + 1;
	numbering.perKind.set(kind, within);
	return {...draft, id: `${kind}-${within}`, number: numbering.count};
}

function phaseOf(
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

/** Parameters in the order they are met: those declared first, then what steps use beside them. */
function parametersOf(declared: readonly Parameter[], drafts: readonly Draft[]): readonly Parameter[] {
	const names = new Set(declared.map(({name}) => name));
	const met = [...new Set(drafts.flatMap(({parameters}) => parameters))].filter(name => !names.has(name) && !isReserved(name));
	const found = met.map((name): Parameter => {
		const written = drafts.map(draft => draft.written.get(name)).find(one => one !== undefined);
		const otherwise = drafts.map(draft => draft.defaults.get(name)).find(one => one !== undefined);
		const about = written === undefined ? own('') : say`stands for ${safeText(written, 60)}`;
		return {name, about, type: typeByName(name), ...(otherwise === undefined ? {} : {default: otherwise})};
	});
	return [...declared, ...found];
}

/** What a step takes from an earlier one: nothing comes over, since each runs in a shell of its own. */
function carried(drafts: readonly Draft[], declared: ReadonlySet<string>): readonly Oddity[] {
	return drafts.flatMap(({parameters, range}, at) =>
		parameters.flatMap(name => {
			const earlier = drafts.slice(0, at).find(({sets}) => sets.includes(name));
			if (earlier === undefined || declared.has(name)) return [];
			return [
				{
					line: range.from,
					text: say`${safeText(name, 60)} is set in line ${earlier.range.from}, but every step has a shell of its own; it is asked for as a parameter`,
				},
			];
		}),
	);
}

type Source = {
	readonly text: string;
	readonly file: string;
	readonly origin: Runbook['origin'];
	readonly hash: string;
	readonly name: string;
};

function runbookOf(section: Section, id: string, matter: FrontMatter, source: Source): Parsed {
	const numbering: Numbering = {count: 0, perKind: new Map()};
	const walked = chaptersOf(section.nodes).map(chapter => ({
		chapter,
		...walk(chapter.nodes, {
			kind: chapter.kind,
			heading: chapter.heading === undefined ? '' : plain(chapter.heading),
			source: source.text,
		}),
	}));
	const drafts = walked.flatMap(({pieces}) => pieces.flatMap(piece => (piece.is === 'step' ? [piece.draft] : [])));
	const heading = section.nodes.find(node => node.type === 'heading');
	const title = heading === undefined ? '' : plain(heading);
	const alone = heading?.type === 'heading' && heading.depth === 1 ? alertAlone(title) : undefined;
	const alert = section.alert ?? alone;
	const severity = saidOf(section.nodes, 'severity');
	const runbook: Runbook = {
		id,
		title: matter.title !== '' && !id.includes('#') ? matter.title : safeText(title === '' ? source.name : title, 200),
		file: source.file,
		origin: source.origin,
		alerts: [...new Set([...(id.includes('#') ? [] : matter.alerts), ...(alert === undefined ? [] : [alert])])],
		findings: matter.findings,
		severity: severity === '' ? matter.severity : severity,
		verified: matter.verified,
		parameters: parametersOf(matter.parameters, drafts),
		phases: walked.map(({chapter, pieces}) => phaseOf(chapter, pieces, chapter.nodes, source.text, numbering)),
		hash: source.hash,
	};
	const declared = new Set(matter.parameters.map(({name}) => name));
	return {runbooks: [runbook], oddities: [...walked.flatMap(({oddities}) => oddities), ...carried(drafts, declared)]};
}

/** The name of a file without its folders and its ending. */
function nameOf(file: string): string {
	return (file.split(/[\\/]/).at(-1) ?? file).replace(/\.(?:md|markdown|mdown|mkd)$/i, '');
}

/** Ids of the sections of one file: the alert's name, counted where it comes twice. */
function idsOf(sections: readonly Section[], name: string): readonly string[] {
	const seen = new Map<string, number>();
	return sections.map(({alert}) => {
		if (sections.length === 1 || alert === undefined) return name;
		const times = (seen.get(alert) ?? 0) + 1;
		seen.set(alert, times);
		return times === 1 ? `${name}#${alert}` : `${name}#${alert}-${times}`;
	});
}

/** Front matter and the rest of a file; what stands where front matter would, and is none, is read as the Markdown that it is. */
function readFile(text: string): {
	readonly matter?: FrontMatter;
	readonly oddities: readonly Oddity[];
	readonly nodes: readonly RootContent[];
} {
	if (!hasFrontMatter(text)) return {oddities: [], nodes: markdown(text, false).children};
	const [first, ...rest] = markdown(text, true).children;
	const read = first?.type === 'yaml' ? frontMatterOf(first.value, rangeOf(first).from) : {oddities: []};
	return {...read, nodes: read.matter === undefined ? markdown(text, false).children : rest};
}

/**
 * Reads a Markdown file as runbooks: phases from headings, steps from commands and ordered items, all else as prose in its place.
 * Never throws; what cannot be read is prose.
 * @param source the file's text
 * @param file where it is, for whoever shows it
 */
export function parseRunbooks(source: string, file: string, origin: Runbook['origin']): Parsed {
	const text = source.replace(/^\ufeff/, '');
	const name = nameOf(file);
	const of: Source = {text, file, origin, hash: hash('sha256', source), name};
	const {matter = noFrontMatter, oddities, nodes} = readFile(text);
	const sections = sectionsOf(nodes).filter(({alert, nodes: within}, at) => at === 0 || alert !== undefined || within.length > 0);
	const ids = idsOf(sections, name);
	const parsed = sections.map((section, at) => runbookOf(section, ids[at] ?? name, matter, of));
	const empty = parsed.every(({runbooks}) =>
		runbooks.every(({phases}) => phases.every(({blocks}) => blocks.every(({is}) => is === 'prose'))),
	);
	const without = empty ? [{line: 1, text: own('there is no step in it: no ordered item and no command')}] : [];
	return {
		runbooks: parsed.flatMap(({runbooks}) => runbooks),
		oddities: [...oddities, ...parsed.flatMap(one => one.oddities), ...without].toSorted((a, b) => a.line - b.line),
	};
}

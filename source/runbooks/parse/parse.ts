import {hash} from 'node:crypto';
import type {RootContent} from 'mdast';
import {safeText} from '../../cluster/safe-text.ts';
import {own, type SafeText} from '../../vocabulary.ts';
import type {Oddity, Runbook} from '../runbook.ts';
import {carried, parametersOf} from './asked.ts';
import {type FrontMatter, frontMatterOf, noFrontMatter} from './front-matter.ts';
import {alertAlone} from './heading.ts';
import {hasFrontMatter, markdown, plain, rangeOf} from './markdown.ts';
import {chaptersOf, type Numbering, phaseOf} from './phase.ts';
import {type Section, sectionsOf} from './sections.ts';
import {walk} from './walk.ts';

/** What comes of a file: its runbooks, most often one, and what is odd about it. */
export type Parsed = {readonly runbooks: readonly Runbook[]; readonly oddities: readonly Oddity[]};

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
export function fileName(file: string): string {
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
	const name = fileName(file);
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

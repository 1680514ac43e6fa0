import type {Nodes, Root} from 'mdast';
import {fromMarkdown} from 'mdast-util-from-markdown';
import {frontmatterFromMarkdown} from 'mdast-util-frontmatter';
import {gfmFootnoteFromMarkdown} from 'mdast-util-gfm-footnote';
import {gfmTableFromMarkdown} from 'mdast-util-gfm-table';
import {frontmatter} from 'micromark-extension-frontmatter';
import {gfmFootnote} from 'micromark-extension-gfm-footnote';
import {gfmTable} from 'micromark-extension-gfm-table';
import type {Range} from '../runbook.ts';

/** Lines between dashes at the very beginning. */
const closed = /^---[ \t]*\r?\n(?:[\s\S]*?\r?\n)?---[ \t]*(?:\r?\n|$)/;

/** Whether a file begins as if there were front matter. */
export function hasFrontMatter(source: string): boolean {
	return closed.test(source);
}

/**
 * Reads CommonMark with what GFM adds to it that has a say in where blocks begin and end: tables and footnotes. The rest of GFM
 * (links without brackets, struck text, check boxes) is text that is shown as it is written, and takes half as long again.
 * @param matter whether there is front matter: looked for in vain, it would take what follows a line of dashes out of its lists
 */
export function markdown(source: string, matter: boolean): Root {
	return fromMarkdown(source, {
		extensions: [gfmTable(), gfmFootnote(), ...(matter ? [frontmatter(['yaml'])] : [])],
		mdastExtensions: [gfmTableFromMarkdown(), gfmFootnoteFromMarkdown(), ...(matter ? [frontmatterFromMarkdown(['yaml'])] : [])],
	});
}

/** Where a node stands in its file. */
export function rangeOf({position}: Nodes): Range {
	return {
		from: position?.start.line ?? 0,
		to: position?.end.line ?? 0,
		start: position?.start.offset ?? 0,
		end: position?.end.offset ?? 0,
	};
}

/** From the beginning of one to the end of another. */
export function spanning(from: Range, to: Range): Range {
	return {from: from.from, to: to.to, start: from.start, end: to.end};
}

/** What a node says, without its marks. */
export function plain(node: Nodes): string {
	if ('value' in node) return node.type === 'html' ? '' : node.value;
	if ('alt' in node && typeof node.alt === 'string') return node.alt;
	return 'children' in node ? node.children.map(plain).join('') : node.type === 'break' ? ' ' : '';
}

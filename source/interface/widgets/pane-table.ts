import type {PaneView, Row} from '../../vocabulary.ts';
import {layColumns, type Tracks} from './columns.ts';
import {between, edge} from './frame.ts';
import type {Look} from './look.ts';
import {hidden, nothing, type Piece, piece} from './piece.ts';
import type {StateWords} from './source-state.ts';
import {drawRow, drawTitles, gutter, margin} from './table-row.ts';
import {roleOf} from './theme.ts';
import {toWidth, truncate, widthOf} from './width.ts';
import {windowAt} from './window.ts';

/** What a table is drawn from. `rows` are the view's, filtered and sorted; `cursor` is an index into them. */
export type PaneProps = {
	readonly title: string;
	readonly view: PaneView;
	readonly rows: readonly Row[];
	readonly words: StateWords;
	readonly width: number;
	readonly height: number;
	readonly framed: boolean;
	readonly focused: boolean;
	readonly cursor: number;
	readonly top: number;
	readonly filter: string;
	/** Keys of the rows that are marked to be acted on. */
	readonly picked: readonly string[];
	readonly sortedBy?: string | undefined;
	readonly look: Look;
};

/** Where the rows of a table are: the lines above them, and the columns they are laid out in. */
type Body = {readonly above: readonly string[]; readonly tracks: Tracks; readonly from: number; readonly to: number};

function textLine({look}: PaneProps, role: Parameters<Look['paint']>[0], text: string, width: number): string {
	if (width < 2) return ' '.repeat(width);
	return ` ${look.paint(role, toWidth(text, width - 2, look.glyphs.ellipsis))} `;
}

function sentences(props: PaneProps, inner: number, most: number): string[] {
	const {view, words, rows, look, filter} = props;
	const {health} = look.glyphs;
	const lines: string[] = [];
	const say = (of: StateWords['health'], text: string) => lines.push(textLine(props, roleOf(of), `${health[of]} ${text}`, inner));
	if (words.sentence !== undefined) say(words.health, words.sentence);
	const first = view.notes.slice(0, Math.max(1, most - lines.length));
	for (const note of first) say(note.health, note.text);
	if (rows.length > 0 || words.sentence !== undefined) return lines.slice(0, Math.max(1, most));
	const none = view.rows.length > 0 ? `nothing matches ${filter}` : view.empty;
	return [...lines.slice(0, most), textLine(props, 'muted', none, inner)];
}

function body(props: PaneProps, inner: number, height: number): Body {
	const {view, rows, look, cursor, top, sortedBy} = props;
	const tracks = layColumns(view.columns, rows, inner - gutter - margin);
	const said = sentences(props, inner, height >= 8 ? 3 : 1).slice(0, rows.length > 0 ? Math.max(0, height - 1) : height);
	const titled = rows.length > 0 && height - said.length >= 3;
	const above = titled ? [...said, drawTitles(tracks, inner, look, sortedBy)] : said;
	return {above, tracks, ...windowAt(rows.length, height - above.length, top, cursor)};
}

/** How many rows of a table are on screen at once, for moving by pages. */
export function pageOf(props: PaneProps): number {
	const inner = props.framed ? props.width - 2 : props.width;
	const {above} = body(props, inner, inside(props));
	return Math.max(1, inside(props) - above.length);
}

const inside = ({height, framed}: PaneProps): number => Math.max(0, framed ? height - 2 : height - 1);

function heading({title, focused, look, filter, picked, sortedBy, view, width}: PaneProps): Piece {
	const sort =
		sortedBy === undefined ? '' : ` by ${view.columns.find(({id}) => id === sortedBy)?.title.toLowerCase() ?? sortedBy}`;
	const marked = picked.length === 0 ? '' : ` ${picked.length} marked`;
	const text = truncate(`${title}${sort}${marked}${filter === '' ? '' : ` /${filter}`}`, width - 6, look.glyphs.ellipsis);
	const shown = look.paint(focused ? 'focus' : 'text', text);
	return {text: focused ? look.strong(shown) : shown, width: widthOf(text)};
}

/** A summary in fewer columns than this says nothing. */
const shortest = 8;

function summary({view, words, look, width}: PaneProps, beside: Piece): Piece {
	const room = width - beside.width - 8;
	const most = room < shortest ? 0 : room;
	const role = words.health === 'ok' ? 'muted' : roleOf(words.health);
	const text =
		words.badge === undefined || words.health === 'ok' ? [view.summary, words.badge].filter(Boolean).join(', ') : words.badge;
	return piece(look, role, text, most);
}

/** A pane as lines: `height` of them, each `width` columns wide. Only the rows that are seen are drawn. */
export function drawPane(props: PaneProps): readonly string[] {
	const {rows, width, framed, focused, look, cursor, picked, words} = props;
	const inner = framed ? width - 2 : width;
	const height = inside(props);
	const shown = body(props, inner, height);
	const lines = [...shown.above];
	const dim = words.health === 'unknown';
	for (let at = shown.from; at < shown.to; at++) {
		const row = rows[at];
		if (row === undefined) continue;
		const mode = focused && at === cursor ? 'selected' : dim ? 'stale' : 'plain';
		lines.push(drawRow(row, shown.tracks, inner, look, mode, picked.includes(row.key)));
	}
	while (lines.length < height) lines.push(' '.repeat(inner));
	const title = heading(props);
	if (!framed) return [toWidth(props.title, width, look.glyphs.ellipsis), ...lines].slice(0, props.height);
	return [
		edge(look, width, 'top', focused, title, summary(props, title)),
		...lines.slice(0, height).map(line => between(look, focused, line)),
		edge(look, width, 'bottom', focused, nothing, hidden(look, shown.from, rows.length - shown.to)),
	];
}

import {type PaneId, paneIds, type Row} from '../../vocabulary.ts';
import {toAscii} from '../widgets/ascii.ts';
import {ascii} from '../widgets/glyphs.ts';
import type {Look} from '../widgets/look.ts';
import {detailLines, drawTextBox, lastTop} from '../widgets/text-box.ts';
import {drawFilter, drawHints, drawMessage} from './footer.ts';
import {drawHeader} from './header.ts';
import {type HelpPage, helpPage, helpRows} from './help.ts';
import {keepSame, latest} from './latest.ts';
import {type Layout, layOut, type Size} from './layout.ts';
import type {Picture, PictureSource} from './model.ts';
import {drawNotes, noteRoom, notesOf} from './notes.ts';
import {makePane, type Place} from './pane.ts';
import {cursorIn, type Sight, type Ui} from './state.ts';
import {drawStrip} from './strip.ts';
import {tally} from './verdict.ts';

/** What is on the screen: lines from top to bottom; a page of help, when it is open, stands between `lines` and `below`. */
export type Scene = {readonly lines: readonly string[]; readonly help: HelpPage | undefined; readonly below: readonly string[]};

/** What is looked at, and how. */
export type View = {readonly picture: Picture; readonly ui: Ui; readonly size: Size; readonly look: Look; readonly now: number};

/** Draws one screen again and again: what looks the same is the same object. */
export type Composer = {
	readonly scene: (view: View) => Scene;
	/** What the reducer has to know; `columns` of the focused pane can be sorted by. */
	readonly sight: (view: View, looks: number) => Sight;
	/** The row under the cursor. */
	readonly selected: (picture: Picture, ui: Ui) => Row | undefined;
};

const noLines: readonly string[] = [];

/** Makes a composer; it asks `detail` for what lies behind a row only while that is open. */
export function makeComposer(detail: PictureSource['detail']): Composer {
	const panes = Object.fromEntries(paneIds.map(id => [id, makePane(id)])) as Readonly<
		Record<PaneId, ReturnType<typeof makePane>>
	>;
	const [sameLines, sameBelow] = [keepSame<readonly string[]>(), keepSame<readonly string[]>()];
	const drawable = (lines: readonly string[], {look}: View) => (look.glyphs === ascii ? lines.map(toAscii) : lines);
	const sameScene = keepSame<Scene>();
	const rowsOfHelp = latest(({width, notes}: {width: number; notes: Picture['notes']}) => helpRows(width, notes));
	const pageOfHelp = latest(
		({rows, top, width, height}: {rows: ReturnType<typeof helpRows>; top: number; width: number; height: number}) =>
			helpPage(rows, top, width, height),
	);

	const arrangement = ({picture, ui, size}: View) => {
		const notes = notesOf(picture);
		const noted = Math.min(notes.length, noteRoom(size.rows));
		const layout = layOut(size, ui.focus, ui.alone, noted);
		return {notes, noted, layout, body: layout.bands.reduce((sum, {height}) => sum + height, 0)};
	};

	const drawBand = (view: View, {height, framed, blocks}: Layout['bands'][number]): string[] => {
		const {picture, ui, look, now} = view;
		const drawn = blocks.map(({pane, width}) =>
			panes[pane].draw(picture.panes[pane], ui.panes[pane], {width, height, framed, focused: pane === ui.focus, look, now}),
		);
		return Array.from({length: height}, (_, at) => drawn.map(lines => lines[at] ?? '').join(''));
	};

	const detailOf = ({ui, size, look}: View): {title: string; lines: readonly string[]} => {
		const over = ui.over?.is === 'detail' ? ui.over : undefined;
		const found = over === undefined ? undefined : detail(over.pane, over.key);
		if (found === undefined) return {title: 'Gone', lines: [' This is no longer there. esc leads back.']};
		return {title: found.title, lines: detailLines(found, size.columns - 2, look)};
	};

	const drawFooter = (view: View): string => {
		const {picture, ui, size, look} = view;
		if (ui.over?.is !== 'filter') return drawHints(look, size.columns);
		const pane = picture.panes[ui.focus];
		const shown = panes[ui.focus].rows(pane, ui.panes[ui.focus]).length;
		return drawFilter(look, size.columns, ui.panes[ui.focus].filter, shown, pane.rows.length);
	};

	const scene = (view: View): Scene => {
		const {picture, ui, size, look, now} = view;
		const {notes, noted, layout, body} = arrangement(view);
		const tallies = tally(picture);
		const above = [
			...(layout.header ? [drawHeader(look, size.columns, picture, tallies, now)] : []),
			...drawNotes(look, size.columns, notes, noted),
			...(layout.strip ? [drawStrip(look, size.columns, tallies, ui.focus)] : []),
		];
		const below = overlaid(layout.footer ? [drawFooter(view)] : [], view);
		if (ui.over?.is === 'help') {
			const rows = rowsOfHelp({width: size.columns, notes});
			const help = pageOfHelp({rows, top: ui.over.top, width: size.columns, height: size.rows - above.length - below.length});
			return sameScene({lines: sameLines(drawable(above, view)), help, below: sameBelow(drawable(below, view))});
		}
		const middle = ui.over?.is === 'detail' ? drawDetail(view, body) : layout.bands.flatMap(band => drawBand(view, band));
		const lines = [...above, ...middle].slice(0, size.rows - below.length);
		return sameScene({lines: sameLines(drawable([...lines, ...below], view)), help: undefined, below: noLines});
	};

	const drawDetail = (view: View, height: number): readonly string[] => {
		const {title, lines} = detailOf(view);
		const top = view.ui.over?.is === 'detail' ? view.ui.over.top : 0;
		return drawTextBox(title, lines, top, view.size.columns, height, view.look);
	};

	const sight = (view: View, looks: number): Sight => {
		const {picture, ui, size, look, now} = view;
		const {layout, body, notes} = arrangement(view);
		const pane = picture.panes[ui.focus];
		const rows = panes[ui.focus].rows(pane, ui.panes[ui.focus]);
		const band = layout.bands.find(({blocks}) => blocks.some(block => block.pane === ui.focus));
		const block = band?.blocks.find(one => one.pane === ui.focus);
		const place: Place = {
			width: block?.width ?? size.columns,
			height: band?.height ?? body,
			framed: band?.framed ?? true,
			focused: true,
			look,
			now,
		};
		const overLast =
			ui.over?.is === 'help'
				? pageOfHelp({rows: rowsOfHelp({width: size.columns, notes}), top: ui.over.top, width: size.columns, height: body}).last
				: ui.over?.is === 'detail'
					? lastTop(detailOf(view).lines.length, body)
					: 0;
		return {
			rows,
			page: panes[ui.focus].page(pane, ui.panes[ui.focus], place),
			columns: pane.columns.map(({id}) => id),
			overTop: overLast,
			overPage: Math.max(1, body - 2),
			looks,
		};
	};

	const selected: Composer['selected'] = (picture, ui) => {
		const {over} = ui;
		if (over?.is === 'detail') return picture.panes[over.pane].rows.find(({key}) => key === over.key);
		const rows = panes[ui.focus].rows(picture.panes[ui.focus], ui.panes[ui.focus]);
		return rows[cursorIn(ui.panes[ui.focus], rows)];
	};

	return {scene, sight, selected};
}

/** A message takes the place of the lowest lines, as many as it needs. */
function overlaid(footer: readonly string[], {ui, size, look}: View): readonly string[] {
	if (ui.message === undefined) return footer;
	return drawMessage(look, size.columns, ui.message, Math.max(1, Math.min(3, size.rows - 1)));
}

import {type PaneView, type Row, type SafeText, type ViewId, viewIds} from '../../vocabulary.ts';
import type {Look} from '../widgets/look.ts';
import {detailLines, roomInBox} from '../widgets/text-box.ts';
import {toWidth, wrap} from '../widgets/width.ts';
import {pageOfAction, paintPage} from './action/page.ts';
import type {ActionView} from './action/underway.ts';
import type {ContextChoice} from './context-choice.ts';
import type {GuideView} from './guide/view.ts';
import {type HelpPage, helpPage, helpRows} from './help.ts';
import {bandHeight, drawBand, topLevel} from './incident-band.ts';
import {type Keys, usualKeys} from './keys.ts';
import {keepSame, latest} from './latest.ts';
import {incidentRoom, type Layout, layOut, type Size} from './layout.ts';
import type {Picture, PictureSource} from './model.ts';
import {type NoteLine, noteLines, notesOf} from './notes.ts';
import {drawPalette, type PaletteView} from './palette/draw.ts';
import {makePane, type Pane} from './pane.ts';
import {cursorIn, type Over, type PaneUi, type Ui} from './state.ts';

/** What is looked at, and how. `now` is epoch ms. */
export type View = {
	readonly picture: Picture;
	readonly ui: Ui;
	readonly size: Size;
	readonly look: Look;
	readonly now: number;
	/** The lines that somebody asked for, while they are open. */
	readonly lines?: LinesView | undefined;
	/** The contexts to choose from, while they are open. */
	readonly contexts?: readonly ContextChoice[];
	/** What can be done, while the palette is open. */
	readonly palette?: PaletteView;
	/** The action under way. */
	readonly action?: ActionView | undefined;
	/** Runbooks, once somebody has asked for them. */
	readonly guide?: GuideView | undefined;
};

/** Lines as they have come in, and what is said of them: that they are followed, why there are none. */
export type LinesView = {readonly title: SafeText; readonly lines: readonly SafeText[]; readonly note: SafeText};

/** How a view is arranged: the lines of notes, the layout, and the height between header and footer. */
export type Arrangement = {readonly noted: readonly NoteLine[]; readonly layout: Layout; readonly body: number};

/** Whether something takes the place of the panes, rather than of a line below them. */
export const liesOver = (over: Over | undefined): boolean =>
	over !== undefined && !['filter', 'note', 'leaving'].includes(over.is);

/** Arranges a view. Pure. */
export function arrangementOf({picture, ui, size}: View): Arrangement {
	const noted = noteLines(picture, size.columns, size.rows);
	// What lies over the panes gets the room of the incidents too.
	const isOver = liesOver(ui.over);
	const room = incidentRoom(size.rows);
	const most = picture.outage.length === 0 ? room : Math.ceil(room / 2);
	const incidents = isOver ? 0 : bandHeight(picture.panes.incidents.rows, size.columns, most);
	const layout = layOut(size, ui, {notes: noted.length, incidents});
	return {noted, layout, body: layout.bands.reduce((sum, {height}) => sum + height, 0)};
}

/** The focused pane of a view: what is known, where the person is in it, and its rows as shown. */
export type Focused = {
	readonly pane: Pane;
	readonly view: PaneView;
	readonly ui: PaneUi;
	readonly rows: readonly Row[];
};

/** What one screen draws with, and remembers from one time to the next. */
export type Desk = {
	readonly keys: Keys;
	readonly panes: Readonly<Record<ViewId, Pane>>;
	/** What is wrong, above the panes. */
	readonly band: (view: View, height: number) => readonly string[];
	readonly focused: (picture: Picture, ui: Ui) => Focused;
	/** The text that is open over the panes; a sentence when its object is gone. */
	readonly detail: (view: View) => {readonly title: string; readonly lines: readonly string[]};
	readonly help: (view: View, height: number) => HelpPage;
	readonly lines: (view: View) => {readonly title: string; readonly lines: readonly string[]};
	readonly contexts: (view: View) => {readonly title: string; readonly lines: readonly string[]};
	readonly action: (view: View) => {readonly title: string; readonly lines: readonly string[]};
	/** The palette in a box of this height. */
	readonly palette: (view: View, height: number) => {readonly title: string; readonly lines: readonly string[]};
};

type PageArguments = {
	readonly rows: ReturnType<typeof helpRows>;
	readonly top: number;
	readonly width: number;
	readonly height: number;
};

/** Makes the desk of one screen; it asks `detail` for what lies behind a row only while that is open. */
export function makeDesk(detail: PictureSource['detail'], keys: Keys = usualKeys): Desk {
	const panes = Object.fromEntries(viewIds.map(id => [id, makePane(id, keys)])) as Desk['panes'];
	const band = latest(drawBand);
	const sameBand = keepSame<readonly Row[]>();
	const rowsOfHelp = latest(({width, notes}: {readonly width: number; readonly notes: Picture['notes']}) =>
		helpRows(keys.entries, width, notes),
	);
	const wrapped = latest(({lines, width}: {readonly lines: readonly SafeText[]; readonly width: number}) =>
		lines.flatMap(line => wrap(line, width).map(part => ` ${part}`)),
	);
	const pageOf = latest(({action, width}: {readonly action: ActionView; readonly width: number}) => pageOfAction(action, width));
	const pageOfHelp = latest(({rows, top, width, height}: PageArguments) => helpPage(rows, top, width, height));
	return {
		keys,
		panes,
		band: ({picture, ui, size: {columns: width}, look}, height) => {
			const rows = sameBand(topLevel(panes.incidents.rows(picture.panes.incidents, ui.panes.incidents)));
			const runbooks = keys.keyOf('runbooks');
			return band({
				rows,
				runbooks,
				cursor: cursorIn(ui.panes.incidents, rows),
				focused: ui.focus === 'incidents',
				width,
				height,
				look,
			});
		},
		focused: (picture, {focus, alone, panes: uis}) => {
			const [pane, view, ui] = [panes[focus], picture.panes[focus], uis[focus]];
			const rows = pane.rows(view, ui);
			return {pane, view, ui, rows: focus === 'incidents' && !alone ? topLevel(rows) : rows};
		},
		detail: ({ui: {over}, size, look}) => {
			const found = over?.is === 'detail' ? detail(over.pane, over.key) : undefined;
			if (found === undefined) return {title: 'Gone', lines: [' This is no longer there. esc leads back.']};
			return {title: found.title, lines: detailLines(found, size.columns - 2, look)};
		},
		lines: ({lines: open, size: {columns}, look}) => {
			if (open === undefined) return {title: '', lines: []};
			const {title, lines, note} = open;
			const width = Math.max(1, columns - 4);
			const said = note === '' ? [] : wrap(note, width).map(part => ` ${look.paint('muted', part)}`);
			return {title, lines: [...wrapped({lines, width}), ...said]};
		},
		contexts: ({contexts = [], ui: {over}, size: {columns}, look}) => {
			const at = over?.is === 'contexts' ? over.at : 0;
			const lines = contexts.map(({shown, server, isCurrent}, index) => {
				const text = ` ${index === at ? look.glyphs.cursor : ' '} ${shown}  ${server}${isCurrent ? '  (here)' : ''}`;
				const line = toWidth(text, Math.max(1, columns - 2), look.glyphs.ellipsis);
				return index === at ? look.selected(line) : line;
			});
			return {title: 'Contexts', lines: lines.length === 0 ? [' There is no other context in the kubeconfig.'] : lines};
		},
		action: ({action, size: {columns}, look}) => {
			if (action === undefined) return {title: '', lines: []};
			const {title, lines} = pageOf({action, width: Math.max(1, columns - 4)});
			return {title, lines: paintPage(lines, look)};
		},
		palette: ({palette, ui: {over}, size: {columns}, look}, height) => {
			if (palette === undefined || over?.is !== 'palette') return {title: '', lines: []};
			const room = roomInBox(columns, height);
			const count = over.text.trim() === '' ? `${palette.of}` : `${palette.offers.length} of ${palette.of}`;
			return {title: `Do or open: ${count}`, lines: drawPalette(over.text, palette, room.width, room.height, look)};
		},
		help: ({picture, ui: {over}, size: {columns: width}}, height) => {
			const rows = rowsOfHelp({width, notes: notesOf(picture)});
			return pageOfHelp({rows, top: over?.is === 'help' ? over.top : 0, width, height});
		},
	};
}

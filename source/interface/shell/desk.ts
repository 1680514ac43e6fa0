import {type PaneId, type PaneView, paneIds, type Row} from '../../vocabulary.ts';
import type {Look} from '../widgets/look.ts';
import {detailLines} from '../widgets/text-box.ts';
import {type HelpPage, helpPage, helpRows} from './help.ts';
import {latest} from './latest.ts';
import {type Layout, layOut, type Size} from './layout.ts';
import type {Picture, PictureSource} from './model.ts';
import {noteRoom, notesOf} from './notes.ts';
import {makePane, type Pane} from './pane.ts';
import type {PaneUi, Ui} from './state.ts';

/** What is looked at, and how. `now` is epoch ms. */
export type View = {
	readonly picture: Picture;
	readonly ui: Ui;
	readonly size: Size;
	readonly look: Look;
	readonly now: number;
};

/** How a view is arranged: the lines of notes, the layout, and the height between header and footer. */
export type Arrangement = {readonly noted: number; readonly layout: Layout; readonly body: number};

/** Arranges a view. Pure. */
export function arrangementOf({picture, ui, size}: View): Arrangement {
	const noted = Math.min(notesOf(picture).length, noteRoom(size.rows));
	const layout = layOut(size, ui.focus, ui.alone, noted);
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
	readonly panes: Readonly<Record<PaneId, Pane>>;
	readonly focused: (picture: Picture, ui: Ui) => Focused;
	/** The text that is open over the panes; a sentence when its object is gone. */
	readonly detail: (view: View) => {readonly title: string; readonly lines: readonly string[]};
	readonly help: (view: View, height: number) => HelpPage;
};

type PageArguments = {
	readonly rows: ReturnType<typeof helpRows>;
	readonly top: number;
	readonly width: number;
	readonly height: number;
};

/** Makes the desk of one screen; it asks `detail` for what lies behind a row only while that is open. */
export function makeDesk(detail: PictureSource['detail']): Desk {
	const panes = Object.fromEntries(paneIds.map(id => [id, makePane(id)])) as Desk['panes'];
	const rowsOfHelp = latest(({width, notes}: {readonly width: number; readonly notes: Picture['notes']}) =>
		helpRows(width, notes),
	);
	const pageOfHelp = latest(({rows, top, width, height}: PageArguments) => helpPage(rows, top, width, height));
	return {
		panes,
		focused: (picture, {focus, panes: uis}) => {
			const [pane, view, ui] = [panes[focus], picture.panes[focus], uis[focus]];
			return {pane, view, ui, rows: pane.rows(view, ui)};
		},
		detail: ({ui: {over}, size, look}) => {
			const found = over?.is === 'detail' ? detail(over.pane, over.key) : undefined;
			if (found === undefined) return {title: 'Gone', lines: [' This is no longer there. esc leads back.']};
			return {title: found.title, lines: detailLines(found, size.columns - 2, look)};
		},
		help: ({picture, ui: {over}, size: {columns: width}}, height) => {
			const rows = rowsOfHelp({width, notes: notesOf(picture)});
			return pageOfHelp({rows, top: over?.is === 'help' ? over.top : 0, width, height});
		},
	};
}

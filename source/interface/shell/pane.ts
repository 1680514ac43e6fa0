import type {PaneView, Row, ViewId} from '../../vocabulary.ts';
import type {Look} from '../widgets/look.ts';
import {drawPane, type PaneProps, pageOf} from '../widgets/pane-table.ts';
import {type StateWords, stateWords} from '../widgets/source-state.ts';
import {arrange} from './arrange.ts';
import type {Keys} from './keys.ts';
import {keepSame, latest} from './latest.ts';
import {paneTitle} from './model.ts';
import {cursorIn, type PaneUi} from './state.ts';

/** Where and how a pane is drawn. `now` is epoch ms. */
export type Place = {
	readonly width: number;
	readonly height: number;
	readonly framed: boolean;
	readonly focused: boolean;
	readonly look: Look;
	readonly now: number;
};

/** One pane on one screen. */
export type Pane = {
	/** The rows as shown: filtered and sorted. */
	readonly rows: (view: PaneView, ui: PaneUi) => readonly Row[];
	readonly draw: (view: PaneView, ui: PaneUi, place: Place) => readonly string[];
	/** How many rows are on screen at once. */
	readonly page: (view: PaneView, ui: PaneUi, place: Place) => number;
};

/** Makes a pane that remembers what it drew last. */
export function makePane(id: ViewId, keys: Keys): Pane {
	const title = paneTitle(id, keys);
	const arranged = latest(arrange);
	const sameWords = keepSame<StateWords>();
	const drawn = latest(drawPane);
	const rows: Pane['rows'] = (view, {filter, sort}) => arranged({view, filter, sort});
	const props = (view: PaneView, ui: PaneUi, {now, ...place}: Place): PaneProps => {
		const shown = rows(view, ui);
		const words = sameWords(stateWords(view.state, now));
		const {top, filter, picked, sort: sortedBy} = ui;
		return {title, view, rows: shown, words, cursor: cursorIn(ui, shown), top, filter, picked, sortedBy, ...place};
	};
	return {
		rows,
		draw: (view, ui, place) => drawn(props(view, ui, place)),
		page: (view, ui, place) => pageOf(props(view, ui, place)),
	};
}

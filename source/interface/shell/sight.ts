import type {Row} from '../../vocabulary.ts';
import {lastTop} from '../widgets/text-box.ts';
import {arrangementOf, type Desk, type View} from './desk.ts';
import {layOut} from './layout.ts';
import {cursorIn, type Sight, type Ui} from './state.ts';

/** How far what lies over the panes can be moved. */
function lastOver(desk: Desk, view: View, height: number): number {
	const {over} = view.ui;
	if (over?.is === 'help') return desk.help(view, height).last;
	if (over?.is === 'lines') return lastTop(desk.lines(view).lines.length, height);
	if (over?.is === 'action') return lastTop(desk.action(view).lines.length, height);
	return over?.is === 'detail' ? lastTop(desk.detail(view).lines.length, height) : 0;
}

/** What the reducer has to know of a view. */
export function sightOf(desk: Desk, view: View, looks: number, contexts: number): Sight {
	const {picture, ui, size, look, now} = view;
	const {layout, body} = arrangementOf(view);
	const {pane, view: shown, ui: where, rows} = desk.focused(picture, ui);
	const band = layout.bands.find(({blocks}) => blocks.some(block => block.pane === ui.focus));
	const width = band?.blocks.find(block => block.pane === ui.focus)?.width ?? size.columns;
	const place = {width, height: band?.height ?? body, framed: band?.framed ?? true, focused: true, look, now};
	const selected = selectedIn(desk, view);
	return {
		rows,
		page: band === undefined ? Math.max(1, layout.incidents) : pane.page(shown, where, place),
		columns: shown.columns.map(({id}) => id),
		overTop: lastOver(desk, view, body),
		overPage: Math.max(1, body - 2),
		looks,
		single: layOut(size, {focus: 'nodes'}).bands.flatMap(({blocks}) => blocks).length === 1,
		troubled: picture.panes.incidents.rows.length > 0,
		contexts,
		offers: view.palette?.offers ?? none,
		markable: isMarkable(ui, selected),
	};
}

const none: Sight['offers'] = [];

/** Whether a row can be acknowledged or accepted. */
export const isMarkable = ({focus}: Ui, row: Row | undefined): boolean =>
	row !== undefined && (focus === 'incidents' || focus === 'risks');

/** The row that is meant: the one whose detail is open, else the one under the cursor. */
export function selectedIn(desk: Desk, {picture, ui}: Pick<View, 'picture' | 'ui'>): Row | undefined {
	const {over} = ui;
	if (over?.is === 'detail' || over?.is === 'note') return picture.panes[over.pane].rows.find(({key}) => key === over.key);
	const {ui: where, rows} = desk.focused(picture, ui);
	return rows[cursorIn(where, rows)];
}

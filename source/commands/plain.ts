import {paneTitles} from '../interface/shell/model.ts';
import type {Glyphs} from '../interface/widgets/glyphs.ts';
import {stateWords} from '../interface/widgets/source-state.ts';
import {toWidth, widthOf} from '../interface/widgets/width.ts';
import type {PaneId, PaneView, Row} from '../vocabulary.ts';

/** Rows as lines, every column as wide as it needs to be. */
function tableLines({columns, rows}: PaneView, glyphs: Glyphs): readonly string[] {
	const texts = rows.map(({cells}) => columns.map((_, at) => cells[at]?.text ?? ''));
	const widths = columns.map(({title}, at) => Math.max(widthOf(title), ...texts.map(row => widthOf(row[at] ?? ''))));
	const line = (cells: readonly string[]) =>
		cells
			.map((cell, at) => toWidth(cell, widths[at] ?? 0, glyphs.ellipsis, columns[at]?.align))
			.join('  ')
			.trimEnd();
	const sign = ({health, under}: Row) => `${under === undefined ? '' : `${glyphs.child} `}${glyphs.health[health]}`;
	return [`  ${line(columns.map(({title}) => title))}`, ...rows.map((row, at) => `${sign(row)} ${line(texts[at] ?? [])}`)];
}

/** One pane as plain text: its title, what could not be seen, its rows. `now` is epoch ms. */
export function plainPane(id: PaneId, view: PaneView, glyphs: Glyphs, now: number): string {
	const {badge, sentence} = stateWords(view.state, now);
	const title = [paneTitles[id], view.summary, badge ?? ''].filter(part => part !== '').join(` ${glyphs.dot} `);
	const notes = view.notes.map(({health, text}) => `${glyphs.health[health]} ${text}`);
	const isKnown = view.state.is === 'live' || view.state.is === 'polled';
	const body = view.rows.length > 0 ? tableLines(view, glyphs) : isKnown ? [`  ${view.empty}`] : [];
	return [title, ...(sentence === undefined ? [] : [`  ${sentence}`]), ...notes, ...body].join('\n');
}

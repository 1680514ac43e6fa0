import type {Detail, PaneView, Row} from '../../source/vocabulary.ts';

/** A row as one line: health, then the cells of the named columns that say something. */
export function rowText(view: PaneView, row: Row, columns: readonly string[]): string {
	const at = (id: string) => row.cells[view.columns.findIndex(column => column.id === id)]?.text ?? `no column ${id}`;
	const told = columns.map(at).filter(text => text !== '');
	return [row.health, ...told].join(' | ');
}

/** Every row of a pane as one line; children start with a hook. */
export function rowTexts(view: PaneView, columns: readonly string[]): readonly string[] {
	return view.rows.map(row => (row.under === undefined ? '' : '└ ') + rowText(view, row, columns));
}

/** A detail as lines, `label: value` under its titles. */
export function detailText(detail: Detail | undefined): string {
	if (detail === undefined) return 'no detail';
	const sections = detail.sections.flatMap(({title, lines}) => [
		`[${title}]`,
		...lines.map(({label, value, health}) => `${label}: ${value}${health === undefined ? '' : ` (${health})`}`),
	]);
	return [detail.title, ...sections].join('\n');
}

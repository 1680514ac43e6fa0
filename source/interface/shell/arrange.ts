import type {Column, PaneView, Row} from '../../vocabulary.ts';

/** A row and its children, which move, sort and are filtered with it. */
type Family = readonly [Row, ...Row[]];

function familiesOf(rows: readonly Row[]): Family[] {
	const families: Array<[Row, ...Row[]]> = [];
	for (const row of rows) {
		const last = families.at(-1);
		if (row.under !== undefined && last !== undefined) last.push(row);
		else families.push([row]);
	}
	return families;
}

/** Compares as a person reads: numbers by value, biggest first; texts by alphabet; what is unknown last. */
function compareBy(cell: number): (a: Family, b: Family) => number {
	return ([a], [b]) => {
		const one = a.cells[cell]?.sort ?? a.cells[cell]?.text ?? '';
		const other = b.cells[cell]?.sort ?? b.cells[cell]?.text ?? '';
		if (typeof one === 'number' && typeof other === 'number')
			return (Number.isNaN(other) ? -Infinity : other) - (Number.isNaN(one) ? -Infinity : one) || 0;
		if (typeof one === 'number') return -1;
		if (typeof other === 'number') return 1;
		return one < other ? -1 : one > other ? 1 : 0;
	};
}

/** Whether a family has `text` in any cell; `!text` turns it round. Case does not matter. */
function matches(filter: string): (family: Family) => boolean {
	const inverted = filter.startsWith('!');
	const wanted = (inverted ? filter.slice(1) : filter).toLowerCase();
	if (wanted === '') return () => true;
	return family => family.some(row => row.cells.some(({text}) => text.toLowerCase().includes(wanted))) !== inverted;
}

type Arrangement = {readonly view: PaneView; readonly filter: string; readonly sort: string | undefined};

/** The rows as they are shown: those the filter leaves, by the column `sort` or (undefined) worst first as they came. */
export function arrange({view, filter, sort}: Arrangement): readonly Row[] {
	if (filter === '' && sort === undefined) return view.rows;
	const kept = familiesOf(view.rows).filter(matches(filter));
	const by = view.columns.findIndex((column: Column) => column.id === sort);
	return (by < 0 ? kept : kept.toSorted(compareBy(by))).flat();
}

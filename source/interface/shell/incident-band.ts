import type {FindingId} from '../../diagnosis.ts';
import {partsOf} from '../../runbooks/match/occasion.ts';
import {shippedFor} from '../../runbooks/match/shipped.ts';
import type {Row} from '../../vocabulary.ts';
import type {Look} from '../widgets/look.ts';
import {roleOf} from '../widgets/theme.ts';
import {toWidth, widthOf, wrap} from '../widgets/width.ts';

/** What the band of incidents is drawn from; `cursor` is an index into the incidents that stand alone. */
export type BandProps = {
	readonly rows: readonly Row[];
	readonly cursor: number;
	readonly focused: boolean;
	readonly width: number;
	readonly height: number;
	readonly look: Look;
	/** The key that leads to runbooks. */
	readonly runbooks: string;
};

/** Incidents without what is folded under them. */
export const topLevel = (rows: readonly Row[]): readonly Row[] => rows.filter(({under}) => under === undefined);

/** Cursor, sign and blank before the text, a blank behind it. */
const gutter = 3;
const margin = 1;
/** The one that is looked at may take as many lines. */
const most = 3;

const textOf = ({cells: [first]}: Row): string => first?.text ?? '';
const linesOf = (row: Row, width: number): readonly string[] => wrap(textOf(row), Math.max(1, width - gutter - margin));

/** How many lines the band takes: one an incident, and room to read the longest to its end; no more than `room`. */
export function bandHeight(rows: readonly Row[], width: number, room: number): number {
	const incidents = topLevel(rows);
	if (incidents.length === 0) return 0;
	const longest = Math.max(...incidents.map(row => linesOf(row, width).length));
	return Math.min(room, incidents.length + Math.min(most, longest) - 1);
}

/** The key that leads to the runbook for a finding, and its name, where there is room beside the text. */
function runbookHint(leads: string, {key, health}: Row, room: number): string {
	const {id} = partsOf(key);
	const runbook = health === 'idle' ? undefined : shippedFor[id as FindingId];
	const hint = `  ${leads} runbook ${runbook}`;
	return runbook === undefined || hint.length > room ? '' : hint;
}

function drawLines(row: Row, isSelected: boolean, {width, look, focused, runbooks}: BandProps, lines: number): readonly string[] {
	const inner = Math.max(0, width - gutter - margin);
	const whole = linesOf(row, width);
	const shown = lines >= whole.length ? whole : [...whole.slice(0, lines - 1), whole.slice(lines - 1).join(' ')];
	if (width < gutter + margin) return shown.map(() => ' '.repeat(width));
	return shown.map((text, at) => {
		const hint = isSelected && at === shown.length - 1 ? runbookHint(runbooks, row, inner - widthOf(text)) : '';
		const padded = `${toWidth(text, inner - hint.length, look.glyphs.ellipsis)}${hint}${' '.repeat(margin)}`;
		const sign = at === 0 ? look.glyphs.health[row.health] : ' ';
		if (isSelected && focused) return look.selected(`${at === 0 ? look.glyphs.cursor : ' '}${sign} ${padded}`);
		const painted = row.health === 'idle' ? look.paint('muted', padded) : padded;
		return ` ${look.paint(roleOf(row.health), sign)} ${painted}`;
	});
}

/** The last line, with how many more there are that have no room; where the width allows it. */
function withRest(line: string, row: Row | undefined, hidden: number, {width, look}: BandProps): string {
	const note = ` +${hidden} more`;
	const room = width - gutter - note.length - margin;
	if (hidden <= 0 || row === undefined || room < 1) return line;
	const text = toWidth(textOf(row), room, look.glyphs.ellipsis);
	return ` ${look.sign(row.health)} ${text}${look.paint('muted', note)}${' '.repeat(margin)}`;
}

/** The incidents that fit, worst first: the one that is looked at to its end, the others on one line each. */
export function drawBand(props: BandProps): readonly string[] {
	const {rows, cursor, width, height} = props;
	const selected = rows[cursor];
	if (height <= 0 || selected === undefined) return Array.from({length: Math.max(0, height)}, () => ' '.repeat(width));
	const others = Math.min(rows.length, height) - 1;
	const long = Math.max(1, Math.min(most, linesOf(selected, width).length, height - others));
	const room = height - long + 1;
	const from = Math.max(0, Math.min(cursor - room + 1, rows.length - room));
	const shown = rows.slice(from, from + room);
	const lines = shown.flatMap(row => drawLines(row, row === selected, props, row === selected ? long : 1));
	const last = shown.at(-1);
	const end = lines.at(-1) ?? '';
	if (last !== selected) lines.splice(-1, 1, withRest(end, last, rows.length - from - shown.length, props));
	return [...lines, ...Array.from({length: Math.max(0, height - lines.length)}, () => ' '.repeat(width))];
}

import {expect, test} from 'vitest';
import {bandHeight, drawBand, topLevel} from '../../../source/interface/shell/incident-band.ts';
import {ascii} from '../../../source/interface/widgets/glyphs.ts';
import {makeLook} from '../../../source/interface/widgets/look.ts';
import {themes} from '../../../source/interface/widgets/theme.ts';
import {openDashboard} from '../../_helpers/dashboard.ts';
import {handSource, incidents, row, troubled} from '../../_helpers/sample-picture.ts';

const [theme] = themes;
if (theme === undefined) throw new Error('there is no theme');
const look = makeLook(theme, 'none', ascii, true);
const rows = topLevel(incidents.rows);

const band = (cursor: number, height: number, width = 80, focused = true) =>
	drawBand({rows, cursor, focused, width, height, look, runbooks: 'r'}).map(line => line.trimEnd());

test('tells the incident under the cursor to its end, the others on a line each', () => {
	expect(band(0, 5)).toEqual([
		'>X nuc-2: kubelet silent since 01:39 (35m) — jellyfin and immich down · 2',
		'   volumes degraded · 6 pods pending · 1 BGP session presumed down',
		' ! tier-0: recovery point 8h04 old, target 6h + 36m grace',
		'',
		'',
	]);
	expect(band(1, 3)[1]).toBe('>! tier-0: recovery point 8h04 old, target 6h + 36m grace');
});

test('hints at the runbook of the one under the cursor, where there is room beside its text', () => {
	const [short] = [row('bad', 'session-down:nuc-3/10.0.0.1', ['nuc-3/10.0.0.1: session down', 'session-down'])];
	const drawn = (width: number, of = short) =>
		drawBand({rows: [of], cursor: 0, focused: true, width, height: 1, look, runbooks: 'b'})[0]?.trimEnd();
	expect(drawn(80)).toMatch(/^>X nuc-3\/10\.0\.0\.1: session down +b runbook bgp-session-down$/);
	expect(drawn(50)).toBe('>X nuc-3/10.0.0.1: session down');
	expect(drawn(80, row('bad', 'no-such:x', ['x', 'no-such']))).toBe('>X x');
	expect(drawn(80, {...short, health: 'idle'})).not.toContain('runbook');
});

test('says how many more there are where the room ends', () => {
	const many = Array.from({length: 9}, (_, at) => row('warn', `volume-degraded:v${at}`, [`v${at}: degraded`, 'volume-degraded']));
	const lines = drawBand({rows: many, cursor: 0, focused: true, width: 60, height: 4, look, runbooks: 'r'});
	expect(lines).toHaveLength(4);
	expect(lines[3]).toMatch(/v3: degraded +\+5 more $/);
	expect(drawBand({rows: many, cursor: 8, focused: true, width: 60, height: 4, look, runbooks: 'r'})[3]).toContain(
		'>! v8: degraded',
	);
});

test('takes the lines it needs and no more, none when all is calm', () => {
	expect(bandHeight(incidents.rows, 80, 8)).toBe(3);
	expect(bandHeight(incidents.rows, 200, 8)).toBe(2);
	expect(bandHeight(incidents.rows, 20, 2)).toBe(2);
	expect(bandHeight([], 80, 8)).toBe(0);
});

test('the cursor begins on the worst, enter opens its story, 0 shows what follows from it', async () => {
	await using dashboard = await openDashboard({columns: 80, rows: 24, source: handSource(troubled)});
	const {screen} = dashboard;
	expect(screen.lines()[1]).toMatch(/^▸✖ nuc-2: kubelet silent/);
	expect(screen.text()).toContain('1 incident');
	screen.press('0');
	await screen.shows('└ media/books: degraded');
	screen.press('esc');
	await screen.shows('╭ 1 Nodes');
	screen.press('1');
	await screen.shows('┏ 1 Nodes');
	expect(screen.lines()[1]).toMatch(/^ ✖ nuc-2: kubelet silent/);
});

import {expect, test} from 'vitest';
import {own, type PaneView} from '../../../source/vocabulary.ts';
import {openDashboard} from '../../_helpers/dashboard.ts';
import {cutOff, incident, nodes} from '../../_helpers/sample-picture.ts';

const withNodes = (view: Partial<PaneView>) => ({...incident, panes: {...incident.panes, nodes: {...nodes, ...view}}});

/** The nodes pane with one cell replaced. */
const withCell = (row: number, column: number, text: string) =>
	withNodes({
		rows: nodes.rows.map((one, at) =>
			at === row ? {...one, cells: one.cells.map((cell, which) => (which === column ? {...cell, text: own(text)} : cell))} : one,
		),
	});

test('shows all five panes in a grid', async () => {
	await using dashboard = await openDashboard();
	const {screen} = dashboard;
	for (const text of ['1 Nodes', '2 Storage tiers', '3 BGP peers', '4 Backup tiers', '5 GPU', 'silent 35m', 'DEMO'])
		await screen.shows(text);
	expect(screen.lines()).toHaveLength(40);
});

test('writes nothing when nothing has changed', async () => {
	await using dashboard = await openDashboard();
	const {screen, source} = dashboard;
	const before = dashboard.frames();
	expect(await screen.bytesDuring(() => source.show(source.current()))).toBe(0);
	expect(await screen.bytesDuring(() => source.show({...incident}))).toBe(0);
	expect(await screen.bytesDuring(() => source.show(withNodes({rows: nodes.rows.map(row => ({...row}))})))).toBe(0);
	expect(dashboard.frames()).toBe(before);
});

test('writes nothing when a row that is not on screen changes', async () => {
	const rows = Array.from({length: 1000}, (_, at) => ({...(nodes.rows[at % 8] ?? fail()), key: `node-${at}`}));
	await using dashboard = await openDashboard();
	const {screen, source} = dashboard;
	source.show(withNodes({rows}));
	await screen.quiet();
	const before = dashboard.frames();
	const changed = rows.with(900, {...(rows[900] ?? fail()), cells: (rows[900] ?? fail()).cells.with(3, {text: own('99')})});
	expect(await screen.bytesDuring(() => source.show(withNodes({rows: changed})))).toBe(0);
	expect(dashboard.frames()).toBe(before);
});

test.each([
	['in a number', 3, 3, '99'],
	['in the first column that changes', 3, 2, 'not ready'],
	['in the first row', 0, 2, 'silent 36m'],
	['in the last column', 5, 6, 'no: etcd'],
])('spends at most 250 bytes on one changed row: %s', async (_, row, column, text) => {
	await using dashboard = await openDashboard();
	const {screen, source} = dashboard;
	const bytes = await screen.bytesDuring(() => source.show(withCell(row, column, text)));
	expect(bytes).toBeGreaterThan(0);
	expect(bytes).toBeLessThanOrEqual(250);
	await screen.shows(text);
});

test('says how old its knowledge is when it is cut off, and ticks only when a visible character changes', async () => {
	await using dashboard = await openDashboard();
	const {screen, source} = dashboard;
	source.show(cutOff);
	await screen.shows('stale 2m: no answer from the API server');
	await screen.shows('no connection to the API server: connect ECONNREFUSED');
	expect(await screen.bytesDuring(() => source.passes(20_000))).toBe(0);
	source.passes(60_000);
	await screen.shows('stale 3m');
});

function fail(): never {
	throw new Error('the sample has no such row');
}

import fc from 'fast-check';
import {expect, test} from 'vitest';
import {layOut} from '../../../source/interface/shell/layout.ts';
import {skeleton, skeletonLines} from '../../../source/interface/shell/skeleton.ts';
import {paneIds} from '../../../source/vocabulary.ts';
import {colours, openDashboard} from '../../_helpers/dashboard.ts';
import {handSource, loading} from '../../_helpers/sample-picture.ts';

const panesAt = (columns: number, rows: number, alone = false) =>
	layOut({columns, rows}, {focus: 'bgp', alone}).bands.map(({blocks}) => blocks.map(({pane}) => pane).join('|'));

test.each([
	[200, 60, ['nodes|storage', 'bgp|backups', 'gpu']],
	[120, 40, ['nodes|storage', 'bgp|backups', 'gpu']],
	[60, 50, [...paneIds]],
	[80, 24, ['bgp']],
	[40, 12, ['bgp']],
	[10, 3, ['bgp']],
])('at %i×%i shows %j', (columns, rows, panes) => {
	expect(panesAt(columns, rows)).toEqual(panes);
	expect(panesAt(columns, rows, true)).toEqual(['bgp']);
});

test('fills every size exactly', () => {
	fc.assert(
		fc.property(fc.integer({min: 1, max: 250}), fc.integer({min: 1, max: 100}), fc.boolean(), (columns, rows, alone) => {
			const layout = layOut({columns, rows}, {focus: 'gpu', alone});
			const heights = layout.bands.map(({height}) => height);
			expect(Number(layout.header) + Number(layout.strip) + Number(layout.footer) + heights.reduce((a, b) => a + b, 0)).toBe(
				rows,
			);
			expect(Math.min(...heights)).toBeGreaterThan(0);
			for (const {blocks} of layout.bands) expect(blocks.reduce((sum, {width}) => sum + width, 0)).toBe(columns);
		}),
	);
});

const borders = (lines: readonly string[]) =>
	lines.flatMap((line, y) => line.split('').flatMap((sign, x) => ('╭╮╯╰┏┓┛┗│┃'.includes(sign) ? [`${x},${y} ${sign}`] : [])));

test.each([
	[200, 60],
	[120, 40],
	[80, 24],
	[40, 12],
	[60, 50],
])('the skeleton has its frames where the first picture has them at %i×%i', async (columns, rows) => {
	const source = handSource({...loading, line: {is: 'connecting'}});
	await using dashboard = await openDashboard({columns, rows, source});
	const bare = {...colours, NO_COLOR: '1'};
	const lines = skeletonLines({columns, rows, environment: bare}).map(line => line.replaceAll(/\u001b\[\d+m/g, ''));
	expect(lines).toHaveLength(rows);
	for (const line of lines) expect(line).toHaveLength(columns);
	expect(borders(lines)).toEqual(borders(dashboard.screen.lines()));
	expect(lines.join('\n')).toContain('loading');
});

test('the skeleton keeps to what the terminal can show', () => {
	const size = {columns: 120, rows: 40};
	expect(skeleton({...size, environment: {TERM: 'dumb'}})).toBe('');
	expect(skeleton({...size, environment: {...colours, NO_COLOR: '1'}})).not.toMatch(/\u001b\[[39]\d?(;|m)/);
	expect(skeleton({...size, environment: {TERM: 'linux'}})).toMatch(/^[\x00-\x7f]*$/);
	expect(skeleton({...size, environment: colours, demo: true})).toContain(' DEMO ');
	expect(skeleton({...size, environment: colours})).toMatch(/^\u001b\[\?1049h\u001b\[\?25l\u001b\[H.*\u001b\[H$/s);
});

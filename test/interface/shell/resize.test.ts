import fc from 'fast-check';
import {expect, test} from 'vitest';
import {openDashboard} from '../../_helpers/dashboard.ts';

const sizes = [
	[200, 60],
	[120, 40],
	[80, 24],
	[40, 12],
	[10, 3],
] as const;

test.each(sizes)('draws exactly one screen at %i×%i', async (columns, rows) => {
	await using dashboard = await openDashboard({columns, rows});
	const {screen} = dashboard;
	expect(screen.text()).toMatchSnapshot();
	expect(screen.lines()).toHaveLength(rows);
});

test('looks the same after any resizes as when it is opened at that size', async () => {
	const size = fc.tuple(fc.integer({min: 2, max: 210}), fc.integer({min: 1, max: 62}));
	await fc.assert(
		fc.asyncProperty(fc.array(size, {minLength: 1, maxLength: 4}), async path => {
			const [columns, rows] = path.at(-1) ?? [80, 24];
			await using resized = await openDashboard({columns: 100, rows: 30});
			for (const [nextColumns, nextRows] of path) {
				resized.screen.resize(nextColumns, nextRows);
				await resized.screen.quiet(40);
			}
			await resized.screen.quiet();
			await using fresh = await openDashboard({columns, rows});
			expect(resized.screen.lines()).toEqual(fresh.screen.lines());
		}),
		{numRuns: 12},
	);
});

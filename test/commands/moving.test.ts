import {afterAll, beforeAll, expect, test} from 'vitest';
import {widthOf} from '../../source/interface/widgets/width.ts';
import type {Pty} from '../_helpers/pty.ts';
import {type Home, newHome} from './program.ts';

let home: Home;
beforeAll(async () => {
	home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

const sizes = [
	[200, 60],
	[120, 40],
	[80, 24],
	[40, 12],
	[10, 3],
] as const;

/** The lines a program meant to draw: what it writes between two moves of the cursor, without its styles. */
function drawn(written: string): string[] {
	return written
		.replaceAll(/\u001b\[[\d;]*m/g, '')
		.split(/\r?\n|\u001b\[[?\d;]*[A-Za-z]/)
		.filter(line => line !== '');
}

/** What a person sees but for what moves: digits, the bars of a trend, how much room that takes, and who comes first. */
const shape = (pty: Pty) => pty.lines().map(line => line.replaceAll(/[\d▁-█]/g, '0').trimEnd());

test.each(sizes.slice(1, 4))(
	'at %i×%i it moves, and never a line too wide nor one too many',
	{timeout: 60_000},
	async (columns, rows) => {
		await using pty = home.open(['demo', '--scenario', 'node-lost', '--speed', '30'], {columns, rows});
		await pty.shows('● live'.slice(0, columns >= 80 ? undefined : 1));
		await pty.hides('loading');
		await pty.quiet(50);
		const screens = new Set<string>();
		const look = () => {
			screens.add(pty.text());
			return screens.size >= 3;
		};
		await pty.until(look, 'nothing moved', 40_000);
		for (const screen of screens) {
			const lines = screen.split('\n');
			expect(lines).toHaveLength(rows);
			expect(lines.at(-1)).not.toBe('');
			for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
		}
		for (const line of drawn(pty.written())) expect(widthOf(line)).toBeLessThanOrEqual(columns);
	},
);

test('resized while it lives, it looks as if it had been started at that size', async () => {
	const args = ['demo', '--speed', '0.1'];
	await using pty = home.open(args, {columns: 120, rows: 40});
	await pty.shows('ai/ollama-0');
	await pty.hides('loading');
	for (const [columns, rows] of [...sizes, ...sizes.toReversed(), [80, 24] as const, [120, 40] as const]) {
		pty.resize(columns, rows);
		await pty.quiet(60);
		expect(pty.lines()).toHaveLength(rows);
	}
	for (const [columns, rows] of sizes) {
		await using fresh = home.open(args, {columns, rows});
		await fresh.shows(columns >= 120 ? 'ai/ollama-0' : columns >= 80 ? '5 GPU ●' : '●');
		await fresh.hides('loading');
		pty.resize(columns, rows);
		await pty.until(
			() => shape(pty).slice(1).join('\n') === shape(fresh).slice(1).join('\n'),
			`debris at ${columns}×${rows}; fresh it was:\n${fresh.text()}\nafter resizing`,
		);
	}
});

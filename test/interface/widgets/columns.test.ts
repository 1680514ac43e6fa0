import {expect, test} from 'vitest';
import {layColumns} from '../../../source/interface/widgets/columns.ts';
import type {Column} from '../../../source/vocabulary.ts';
import {nodes, row} from '../../_helpers/sample-picture.ts';

const shown = (width: number, view = nodes) => layColumns(view.columns, view.rows, width).tracks.map(({column}) => column.id);
const used = (width: number) => {
	const {tracks, gap} = layColumns(nodes.columns, nodes.rows, width);
	return tracks.reduce((sum, track) => sum + track.width, 0) + gap * (tracks.length - 1);
};

test('shows every column where there is room', () => {
	expect(shown(90)).toEqual(['name', 'roles', 'state', 'cpu', 'memory', 'pods', 'lose']);
});

test('drops the least wanted first, and never what always stays', () => {
	expect(shown(48)).not.toContain('pods');
	expect(shown(34)).toEqual(['name', 'state', 'lose']);
	expect(shown(20)).toEqual(['name', 'state']);
});

test('fits into every width', () => {
	for (let width = 0; width <= 140; width++) expect(used(width)).toBeLessThanOrEqual(width);
});

test('gives what is left to the column that grows, but not out of sight', () => {
	const widthOfState = (width: number) =>
		layColumns(nodes.columns, nodes.rows, width).tracks.find(({column}) => column.id === 'state')?.width;
	expect(widthOfState(80)).toBeGreaterThan(17);
	expect(widthOfState(200)).toBe(widthOfState(400));
});

test('keeps to the widest a column may be', () => {
	const columns: Column[] = [
		{id: 'a', title: 'A', priority: 0, max: 6},
		{id: 'b', title: 'B', priority: 0},
	];
	const rows = [row('ok', 'x', ['a very long text', 'short'])];
	expect(layColumns(columns, rows, 80).tracks.map(({width}) => width)).toEqual([6, 5]);
});

test('says by its key whether two layouts draw a row the same', () => {
	const one = layColumns(nodes.columns, nodes.rows, 80);
	expect(layColumns(nodes.columns, nodes.rows.slice(1), 80).key).toBe(one.key);
	expect(layColumns(nodes.columns, nodes.rows, 60).key).not.toBe(one.key);
});

test('leaves out a column that says nothing in any row, as long as there are rows', () => {
	const columns: Column[] = [
		{id: 'a', title: 'A', priority: 0},
		{id: 'b', title: 'SHARED', priority: 4},
	];
	const ids = (rows: Parameters<typeof layColumns>[1]) => layColumns(columns, rows, 80).tracks.map(({column}) => column.id);
	expect(ids([row('ok', 'x', ['one', '']), row('ok', 'y', ['two', ''])])).toEqual(['a']);
	expect(ids([row('ok', 'x', ['one', '']), row('ok', 'y', ['two', 'MPS'])])).toEqual(['a', 'b']);
	expect(ids([])).toEqual(['a', 'b']);
});

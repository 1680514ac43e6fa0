import {expect, test} from 'vitest';
import {arrange} from '../../../source/interface/shell/arrange.ts';
import {gpu, nodes, row} from '../../_helpers/sample-picture.ts';

const keys = (filter: string, sort?: string, view = nodes) => arrange({view, filter, sort}).map(({key}) => key);

test('leaves the rows as they came', () => {
	expect(arrange({view: nodes, filter: '', sort: undefined})).toBe(nodes.rows);
});

test('filters by any cell, without regard to case', () => {
	expect(keys('NUC')).toEqual(['nuc-2', 'nuc-1', 'nuc-3']);
	expect(keys('cordoned')).toEqual(['pi4-1']);
	expect(keys('no such thing')).toEqual([]);
});

test('turns a filter round with an exclamation mark', () => {
	expect(keys('!ready')).toEqual(['nuc-2', 'pi4-1']);
	expect(keys('!')).toHaveLength(8);
});

test('sorts numbers by value, biggest first, and texts by alphabet', () => {
	expect(keys('', 'memory').slice(0, 3)).toEqual(['pi4-2', 'pi4-1', 'nuc-1']);
	expect(keys('', 'memory').at(-1)).toBe('nuc-2');
	expect(keys('', 'name').slice(0, 2)).toEqual(['gpu-1', 'nas-1']);
	expect(keys('', 'a column that is gone')).toEqual(nodes.rows.map(({key}) => key));
});

test('keeps children with their parents', () => {
	const second = [row('ok', 'gpu-2/0', ['a card', '99 %']), row('idle', 'ai/whisper-0', ['ai/whisper-0', ''], 'pods', 'gpu-2/0')];
	const view = {...gpu, rows: [...gpu.rows, ...second]};
	expect(keys('', 'device', view)).toEqual(['gpu-2/0', 'ai/whisper-0', 'gpu-1/0', 'ai/ollama-0']);
	expect(keys('whisper', undefined, view)).toEqual(['gpu-2/0', 'ai/whisper-0']);
	expect(keys('!whisper', undefined, view)).toEqual(['gpu-1/0', 'ai/ollama-0']);
});

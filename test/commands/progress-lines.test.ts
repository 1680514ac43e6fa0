import {expect, test} from 'vitest';
import type {Progress} from '../../source/actions/action.ts';
import {nothingPrinted, progressLines} from '../../source/commands/progress-lines.ts';
import {own} from '../../source/vocabulary.ts';

const progress = (lines: readonly string[], waiting: readonly string[] = []): Progress => ({
	short: own('drain n1'),
	done: 0,
	total: 0,
	lines: lines.map(own),
	waiting: waiting.map(own),
});

/** What is printed of one progress after the other. */
function printed(...all: readonly Progress[]): readonly (readonly string[])[] {
	let before = nothingPrinted;
	return all.map(each => {
		const {news, printed: now} = progressLines(before, each);
		before = now;
		return news;
	});
}

test('each line is printed once, also when it happened twice', () => {
	expect(printed(progress([]), progress(['a', 'b']), progress(['a', 'b']), progress(['a', 'b', 'b']))).toEqual([
		[],
		['a', 'b'],
		[],
		['b'],
	]);
});

test('lines that were dropped at the beginning are not printed again', () => {
	const hundred = Array.from({length: 100}, (_, at) => `line ${at}`);
	expect(printed(progress(hundred), progress([...hundred.slice(2), 'x', 'y']))[1]).toEqual(['x', 'y']);
	expect(printed(progress(hundred), progress(['all', 'new']))[1]).toEqual(['all', 'new']);
});

test('what is waited for is printed where it is something else, not where seconds are counted down', () => {
	const waits = [
		'web-0: budget web allows none, next try in 5 s',
		'web-0: budget web allows none, next try in 4 s',
		'db-0: not gone yet',
	];
	expect(printed(...waits.map(each => progress([], [each])), progress([]), progress([], ['db-0: not gone yet']))).toEqual([
		['waiting: web-0: budget web allows none, next try in 5 s'],
		[],
		['waiting: db-0: not gone yet'],
		[],
		['waiting: db-0: not gone yet'],
	]);
});

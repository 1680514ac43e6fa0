import {describe, expect, test} from 'vitest';
import type {Progress} from '../../../source/actions/action.ts';
import {nothingPrinted, progressLines} from '../../../source/commands/acting/progress-lines.ts';
import {own} from '../../../source/vocabulary.ts';

const progress = (lines: readonly string[], waiting: readonly string[] = []): Progress => ({
	short: own('drain n1'),
	done: 0,
	total: 0,
	lines: lines.map(own),
	waiting: waiting.map(own),
});

/** What is printed of one progress after the other, so many milliseconds apart. */
function printedEvery(apart: number, ...all: readonly Progress[]): readonly (readonly string[])[] {
	let before = nothingPrinted;
	return all.map((each, at) => {
		const {news, printed: now} = progressLines(before, each, 1e12 + at * apart);
		before = now;
		return news;
	});
}
const printed = (...all: readonly Progress[]) => printedEvery(100, ...all);

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

describe('what is waited for', () => {
	const blocked = (seconds: number) => `web-0: budget web allows none, next try in ${seconds} s`;

	test('is printed where it is something else, not where seconds are counted down', () => {
		const waits = [blocked(5), blocked(4), 'db-0: not gone yet'];
		expect(printed(...waits.map(each => progress([], [each])), progress([]))).toEqual([
			[`waiting: ${blocked(5)}`],
			[],
			['waiting: db-0: not gone yet'],
			[],
		]);
	});

	test('is not said again and again while it goes to and fro', () => {
		const [trying, waits] = [progress([], ['1 pod to be evicted']), progress([], [blocked(5)])];
		expect(printed(trying, waits, trying, waits, trying).flat()).toEqual([
			'waiting: 1 pod to be evicted',
			`waiting: ${blocked(5)}`,
		]);
	});

	test('is said again after something happened, once it has become quiet', () => {
		const gone = progress(['db-0: gone'], [blocked(3)]);
		const all = [progress([], [blocked(5)]), gone, gone, gone];
		expect(printed(...all).flat()).toEqual([`waiting: ${blocked(5)}`, 'db-0: gone']);
		expect(printedEvery(5000, ...all).flat()).toEqual([`waiting: ${blocked(5)}`, 'db-0: gone', `waiting: ${blocked(3)}`]);
	});

	test('is said now and then while its figures move', () => {
		const uploading = [0, 10, 20, 30, 30, 30].map(done => progress([], [`tier-0: InProgress, ${done} of 40 items`]));
		expect(printedEvery(8000, ...uploading).flat()).toEqual([
			'waiting: tier-0: InProgress, 0 of 40 items',
			'waiting: tier-0: InProgress, 20 of 40 items',
			'waiting: tier-0: InProgress, 30 of 40 items',
		]);
	});

	test('is not said beside the same words that just happened, nor soon after', () => {
		const happened = progress([blocked(5)], [blocked(5)]);
		expect(printedEvery(5000, happened, happened).flat()).toEqual([blocked(5)]);
	});
});

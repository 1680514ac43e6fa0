import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {frames, lines, type Splitter} from '../../../source/cluster/encoding/splitter.ts';

const texts = fc.array(fc.string({unit: 'grapheme'}).map(text => text.replaceAll('\n', '')));
const cuts = fc.array(fc.integer({min: 1, max: 9}), {minLength: 1});

/** All pieces of a stream that comes in chunks of these sizes, again and again. */
function piecesOf(split: Splitter, stream: Buffer, sizes: readonly number[]): string[] {
	const pieces: string[] = [];
	for (let at = 0, turn = 0; at < stream.length; turn++) {
		const size = sizes[turn % sizes.length] ?? 1;
		for (const piece of split(stream.subarray(at, at + size))) pieces.push(piece.toString());
		at += size;
	}
	return pieces;
}

const asLines = (parts: readonly string[]) => Buffer.from(parts.map(part => `${part}\n`).join(''));
const asFrames = (parts: readonly string[]) =>
	Buffer.concat(
		parts.flatMap(part => {
			const bytes = Buffer.from(part);
			const length = Buffer.alloc(4);
			length.writeUInt32BE(bytes.length);
			return [length, bytes];
		}),
	);

test.each([
	['lines', lines, asLines],
	['frames', frames, asFrames],
] as const)('%s come out as they went in, wherever the stream is cut', (_, splitter, join) => {
	fc.assert(
		fc.property(texts, cuts, (parts, sizes) => {
			expect(piecesOf(splitter(), join(parts), sizes)).toEqual(parts);
		}),
	);
});

test('what is not finished is not given', () => {
	expect(piecesOf(lines(), Buffer.from('one\ntw'), [100])).toEqual(['one']);
	expect(piecesOf(frames(), asFrames(['one', 'two']).subarray(0, -1), [100])).toEqual(['one']);
});

test('a piece larger than any object is refused, before it is in memory', () => {
	const huge = Buffer.alloc(4);
	huge.writeUInt32BE(2 ** 31);
	expect(() => piecesOf(frames(), huge, [4])).toThrow(RangeError);
	const split = lines();
	const mebibyte = Buffer.alloc(2 ** 20, 'x');
	expect(() => {
		for (let at = 0; at < 100; at++) Array.from(split(mebibyte));
	}).toThrow(RangeError);
});

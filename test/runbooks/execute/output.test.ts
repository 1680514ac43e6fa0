import fc from 'fast-check';
import {expect, test} from 'vitest';
import {keepOutput} from '../../../source/runbooks/execute/output.ts';

const numbered = (count: number): Buffer => Buffer.from(Array.from({length: count}, (_, at) => `line ${at} of it\n`).join(''));

function added(bytes: Buffer, sizes: readonly number[]) {
	const output = keepOutput([]);
	for (let from = 0, turn = 0; from < bytes.length; turn++) {
		const size = sizes[turn % sizes.length] ?? bytes.length;
		output.add(bytes.subarray(from, from + size));
		from += size;
	}
	return output;
}

test('however it comes in pieces, the beginning and the end are kept, and the size of what is not', () => {
	const [few, many] = [numbered(1000), numbered(100_000)];
	const sizes = fc.array(fc.integer({min: 1, max: 700_000}), {minLength: 1, maxLength: 5}).filter(all => Math.max(...all) > 500);
	fc.assert(
		fc.property(sizes, pieces => {
			const all = added(few, pieces);
			expect(all.lines()).toEqual(few.toString().trimEnd().split('\n'));
			const {lines, last, total} = added(many, pieces);
			const kept = lines();
			const gap = kept.findIndex(line => line.includes('left out'));
			expect(kept[gap]).toMatch(/^… 1\.\dMi left out …$/);
			expect(kept.slice(0, 3)).toEqual(['line 0 of it', 'line 1 of it', 'line 2 of it']);
			const numbers = kept.slice(gap + 1).map(line => Number(line.split(' ')[1]));
			expect(numbers).toEqual(Array.from(numbers, (_, at) => 100_000 - numbers.length + at));
			expect(last().at(-1)).toBe('line 99999 of it');
			expect(total()).toBe(many.length);
		}),
		{numRuns: 30},
	);
});

test('an end that begins within a private key or the data of a Secret gives none of it away', () => {
	const key = Array.from({length: 50}, (_, at) => `MIIEpAIBAAKCAQEA7${at}abc`).join('\n');
	for (const secret of [`${key}\n-----END RSA PRIVATE KEY-----`, '  password: aHVudGVyMg==\n  user: bWU=']) {
		const output = keepOutput([]);
		output.add(numbered(100_000));
		// As many bytes as are kept of the end begin right within it.
		const rest = Buffer.from(`${secret}\nafter it\n`);
		output.add(rest);
		output.add(numbered(100_000).subarray(0, 256 * 1024 - rest.length + 4));
		const kept = output.lines().join('\n');
		expect(kept).not.toMatch(/MIIEpAIBAAKCAQEA7\d|aHVudGVyMg|bWU=/);
		expect(kept).toContain('after it');
	}
});

test('a line is cut where it says no more, and what it returned over is gone', () => {
	const output = keepOutput([]);
	output.add(Buffer.from(`${'x'.repeat(10_000)}\n1 %\r2 %\r3 %\r\nend without a line feed`));
	expect(output.lines().map(line => line.length)).toEqual([2000, 3, 23]);
	expect(output.lines()[1]).toBe('3 %');
});

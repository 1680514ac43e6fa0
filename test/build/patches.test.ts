import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {patches} from '../../source/build/patches/index.ts';
import {replaceOnce} from '../../source/build/patches/patch.ts';
import {narrow} from '../../source/build/patches/quick-width.ts';

const modules = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), '..');

test.each(patches.map(patch => [patch.name, patch] as const))('%s still meets its file, and only once', async (_name, patch) => {
	const source = await readFile(join(modules, patch.file), 'utf8');
	const changed = patch.apply(source);
	expect(changed).not.toBe(source);
	expect(() => patch.apply(changed)).toThrow();
});

test('a text that is not there, or there twice, is refused', () => {
	expect(() => replaceOnce('one', 'two', '')).toThrow('found 0 times');
	expect(() => replaceOnce('one one', 'one', '')).toThrow('found 2 times');
});

test('a single UTF-16 unit is an RGI emoji exactly when it has emoji presentation', () => {
	const rgi = /^\p{RGI_Emoji}$/v;
	const presentation = /^\p{Emoji_Presentation}$/u;
	const different = Array.from({length: 0x1_00_00}, (_, unit) => String.fromCharCode(unit)).filter(
		text => rgi.test(text) !== presentation.test(text),
	);
	expect(different).toEqual([]);
});

test('what is measured quickly is as wide as string-width says', async () => {
	const {default: stringWidth} = await import('string-width');
	const all = Array.from({length: 0x1_00_00}, (_, unit) => String.fromCharCode(unit)).filter(one =>
		new RegExp(`^[${narrow}]$`).test(one),
	);
	expect(all.length).toBeGreaterThan(500);
	expect(all.filter(one => stringWidth(one) !== 1)).toEqual([]);
	expect(stringWidth(all.join(''))).toBe(all.length);
});

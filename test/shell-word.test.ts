import {execFileSync} from 'node:child_process';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {commandLine, shellWord} from '../source/shell-word.ts';

test('a shell reads every word as it was', () => {
	const word = fc.stringMatching(/^[^\0]{1,12}$/);
	const one = (words: readonly string[]) =>
		execFileSync('sh', ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`], {encoding: 'utf8'})
			.split('\0')
			.slice(0, -1);
	fc.assert(
		fc.property(fc.array(word, {minLength: 1, maxLength: 12}), words => {
			expect(one(words)).toEqual(words);
		}),
		{numRuns: 40, examples: [[["it's", '"', '$HOME', '`id`', '\\', '\n', '-', '~', '*', ' ', '!x', '#', "''"]]]},
	);
});

test('no line is made of words that hide something', () => {
	expect(commandLine(['midwatch', 'drain', '--', '--force', 'a b'])).toBe("midwatch drain -- --force 'a b'");
	for (const hidden of ['a\u001b[2J', 'a\u202eb', 'a\nb', 'a\u200bb', 'a\ufe0fb'])
		expect(commandLine(['midwatch', hidden])).toBeUndefined();
});

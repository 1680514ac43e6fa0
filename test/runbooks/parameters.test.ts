import {describe, expect, test} from 'vitest';
import {takenApart, withValues, wrongValue} from '../../source/runbooks/parameters.ts';
import {parseRunbooks} from '../../source/runbooks/parse/parse.ts';
import type {Parameter} from '../../source/runbooks/runbook.ts';
import {own} from '../../source/vocabulary.ts';

const parameter = (of: Partial<Parameter>): Parameter => ({name: 'X', about: own(''), type: 'string', ...of});

test.each<[Partial<Parameter>, string, string]>([
	[
		{type: 'node', name: 'NODE'},
		'nuc 2',
		'NODE is the name of a node: lower-case letters, digits, dots and dashes, not "nuc 2".',
	],
	[
		{type: 'node', name: 'NODE'},
		'--raw=/x',
		'NODE is the name of a node: lower-case letters, digits, dots and dashes, not "--raw=/x".',
	],
	[{type: 'namespace'}, 'Apps', 'X is the name of a namespace: lower-case letters, digits and dashes, not "Apps".'],
	[{type: 'number'}, 'three', 'X is a number, not "three".'],
	[{pattern: '[a-z]+'}, 'abc1', 'X has to match [a-z]+, and "abc1" does not.'],
	[{pattern: 'a|b'}, 'ab', 'X has to match a|b, and "ab" does not.'],
	[{}, 'a\0b', 'The value of X has a NUL character, which no command can be given; leave it out.'],
	[{}, 'x'.repeat(5000), 'The value of X is longer than 4096 characters; shorten it.'],
	[{name: 'PATH'}, '/tmp', 'PATH means something to the shell or to programs and cannot be given; call the parameter otherwise.'],
	[
		{name: 'LD_PRELOAD'},
		'x',
		'LD_PRELOAD means something to the shell or to programs and cannot be given; call the parameter otherwise.',
	],
])('%j is not %j', (of, value, sentence) => {
	expect(wrongValue(parameter(of), value)).toBe(sentence);
});

test.each<[Partial<Parameter>, string]>([
	[{type: 'node'}, 'nuc-2.homelab.example'],
	[{type: 'namespace'}, 'kube-system'],
	[{type: 'number'}, '-3.5'],
	[{pattern: 'pvc-[0-9a-f]+'}, 'pvc-1f'],
	[{}, '; rm -rf / $(id)\n"\''],
	[{}, ''],
])('%j may be %j', (of, value) => {
	expect(wrongValue(parameter(of), value)).toBeUndefined();
});

describe('a value in a step that leaves out the quotes', () => {
	const step = (script: string) => {
		const [block] = parseRunbooks(`\`\`\`sh\n${script}\n\`\`\``, 'x.md', 'user').runbooks[0]?.phases[0]?.blocks ?? [];
		if (block?.is !== 'step') throw new Error('no step');
		return block.step;
	};

	test('is refused where it would be taken apart', () => {
		expect(takenApart(step('kubectl get pod $POD'), 'POD', 'web 0')).toBe(
			'$POD stands outside quotes here, where "web 0" would be taken apart; edit the step and write "$POD".',
		);
		expect(takenApart(step('kubectl get pod $POD'), 'POD', '*')).toMatch(/taken apart/);
	});

	test.each(['kubectl get pod "$POD"', 'x=$POD; kubectl get pod "$x"', 'kubectl get pod -l "a=$POD"'])(
		'is fine in %s',
		script => {
			expect(takenApart(step(script), 'POD', 'web 0')).toBeUndefined();
		},
	);

	test('is fine where it is one word anyway', () => {
		expect(takenApart(step('kubectl get pod $POD'), 'POD', 'web-0')).toBeUndefined();
	});
});

test('values go into words of our own as they are', () => {
	const values = {NODE: 'nuc-2', ODD: 'a b"; $(id)'};
	expect(withValues(['drain', '$NODE', '--note', `x \${ODD} y`], values)).toEqual([
		'drain',
		'nuc-2',
		'--note',
		'x a b"; $(id) y',
	]);
});

test('a value never becomes a flag, and a missing one nothing', () => {
	expect(withValues(['drain', '$NODE'], {NODE: '--force'})).toBeUndefined();
	expect(withValues(['drain', '$NODE'], {})).toBeUndefined();
	expect(withValues(['drain', '$constructor'], {})).toBeUndefined();
});

import {describe, expect, test} from 'vitest';
import {changesOf} from '../../source/actions/compare.ts';
import {own, type RawName} from '../../source/vocabulary.ts';
import {concern, plan, planned, subject} from './plans.ts';

const blocked = (weight: 'tells' | 'hurts' | 'blocks' | 'overrides', text = 'budget web allows none') =>
	concern(weight, text, {about: subject('web', 'poddisruptionbudgets.policy')});

describe('concerns', () => {
	const changed = (before: Parameters<typeof blocked>[0] | undefined, now: Parameters<typeof blocked>[0]) =>
		changesOf(plan({concerns: before === undefined ? [] : [blocked(before)]}), plan({concerns: [blocked(now)]}));

	test('what was not there before, or weighs more now, is told', () => {
		expect(changed(undefined, 'blocks')).toEqual(['new: budget web allows none']);
		expect(changed('hurts', 'blocks')).toEqual(['new: budget web allows none']);
	});

	test('what weighs as much or less, or is only good to know, is not', () => {
		expect(changed('blocks', 'blocks')).toEqual([]);
		expect(changed('blocks', 'hurts')).toEqual([]);
		expect(changed(undefined, 'tells')).toEqual([]);
		expect(changesOf(plan({concerns: [blocked('blocks')]}), plan())).toEqual([]);
	});

	test('of several objects is news where it is about more of them, not about fewer', () => {
		const down = (...names: string[]) =>
			plan({concerns: [concern('hurts', `down: ${names.join(', ')}`, {objects: names.map(name => subject(name))})]});
		expect(changesOf(down('web-0', 'web-1'), down('web-1'))).toEqual([]);
		expect(changesOf(down('web-1'), down('web-0', 'web-1'))).toEqual(['new: down: web-0, web-1']);
	});

	test('figures that turn make no other concern', () => {
		const waiting = (seconds: number) => plan({concerns: [concern('unknown', `no answer for ${seconds} s`)]});
		expect(changesOf(waiting(3), waiting(17))).toEqual([]);
		expect(changesOf(waiting(3), plan({concerns: [concern('unknown', 'not permitted')]}))).toEqual(['new: not permitted']);
	});
});

describe('objects', () => {
	test('more of them are named', () => {
		expect(changesOf(plan({objects: [planned('web-0')]}), plan({objects: [planned('web-0'), planned('web-1')]}))).toEqual([
			'1 object more: apps/web-1',
		]);
		const many = Array.from({length: 12}, (_, at) => planned(`web-${at}`));
		expect(changesOf(plan(), plan({objects: many}))).toEqual(['12 objects more: apps/web-0, apps/web-1, apps/web-2 and 9 more']);
	});

	test('another of the same name is another', () => {
		expect(changesOf(plan({objects: [planned('web-0', 'a')]}), plan({objects: [planned('web-0', 'b')]}))).toEqual([
			'no longer the same, though named so: apps/web-0',
		]);
	});

	test('fewer are no reason to ask again, and are told beside what is', () => {
		const [one, other, third] = [planned('web-0'), planned('web-1'), planned('web-2')];
		expect(changesOf(plan({objects: [one, other]}), plan({objects: [one]}))).toEqual([]);
		expect(changesOf(plan({objects: [one, other]}), plan({objects: [one, third]}))).toEqual([
			'1 object more: apps/web-2',
			'no longer there: apps/web-1',
		]);
	});

	test('their names are shown without what a terminal would obey', () => {
		expect(changesOf(plan(), plan({objects: [planned('a\u001b[2Jb\u202ec')]}))).toEqual(['1 object more: apps/abc']);
	});
});

test('a name that has to be typed now is told', () => {
	const name = (of: string) => plan({confirm: {ask: 'name', name: of as RawName, why: own('the last copy goes')}});
	expect(changesOf(plan(), name('n1'))).toEqual(['now n1 has to be typed: the last copy goes']);
	expect(changesOf(name('n1'), name('n1'))).toEqual([]);
	expect(changesOf(name('n1'), plan())).toEqual([]);
});

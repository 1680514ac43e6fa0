import {expect, test} from 'vitest';
import {guardAgainst, guardedConfirm} from '../../source/actions/guards.ts';
import type {Guard} from '../../source/actions/hands.ts';
import type {Confirm} from '../../source/actions/plan.ts';
import {defaults, type Settings} from '../../source/settings.ts';
import {own, type RawName} from '../../source/vocabulary.ts';

type Rules = Partial<Settings['guards']>;
const rules = (more: Rules): Settings['guards'] => ({...defaults.guards, ...more});
const under = (here: Rules, ...beside: readonly Guard[]) => ({
	readOnly: false,
	context: 'prod' as RawName,
	settings: {...defaults, guards: rules(here)},
	guardsBeside: beside,
});
const beside = (context: string, more: Rules): Guard => ({context: context as RawName, rules: rules(more)});

test('nothing is refused where nothing is declared', () => {
	expect(guardAgainst('drain', under({}))).toBeUndefined();
	expect(guardAgainst('drain', under({deny: ['backup'], confirm: 'name'}))).toBeUndefined();
});

test.each([
	['the flag', {...under({}), readOnly: true}, 'drain is refused by --read-only: nothing is changed'],
	[
		'a cluster that is read only',
		under({readOnly: true}),
		'drain is refused by guards.readOnly of context prod in the configuration',
	],
	[
		'an action that is denied',
		under({deny: ['backup', 'drain']}),
		'drain is refused by guards.deny of context prod in the configuration, which names it',
	],
	[
		'another name of the same cluster',
		under({}, beside('prod-admin', {readOnly: true})),
		'drain is refused by guards.readOnly of context prod-admin in the configuration, which is the same cluster',
	],
])('a refusal names its rule: %s', (_, guarded, said) => {
	expect(guardAgainst('drain', guarded)).toBe(said);
});

test('a guard wants at least a name: that of the context, where the action has none of its own', () => {
	const yes: Confirm = {ask: 'yes'};
	const node: Confirm = {ask: 'name', name: 'n1' as RawName, why: own('the last copy goes')};
	expect(guardedConfirm(yes, under({}))).toBe(yes);
	expect(guardedConfirm(yes, under({confirm: 'yes'}))).toBe(yes);
	expect(guardedConfirm(yes, under({confirm: 'name'}))).toEqual({
		ask: 'name',
		name: 'prod',
		why: 'guards.confirm of context prod in the configuration wants a name typed',
	});
	expect(guardedConfirm(yes, under({}, beside('other', {confirm: 'name'})))).toMatchObject({ask: 'name', name: 'prod'});
	expect(guardedConfirm(node, under({confirm: 'name'}))).toBe(node);
});

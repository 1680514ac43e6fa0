import {expect, test} from 'vitest';
import {keymap} from '../../../source/interface/shell/keymap.ts';
import {type Keys, keysWith, usualKeys} from '../../../source/interface/shell/keys.ts';
import {openDashboard} from '../../_helpers/dashboard.ts';

function keysOf(changes: Readonly<Record<string, readonly string[]>>): Keys {
	const keys = keysWith(changes);
	if (typeof keys === 'string') throw new Error(keys);
	return keys;
}

test('are the usual ones where nobody asks for others', () => {
	expect(keysOf({}).entries).toEqual(keymap);
});

test('are those that were asked for, in the place of the usual ones', () => {
	const {commandFor, keyOf} = keysOf({timeline: ['H', 'ctrl-t'], pane1: ['n'], down: ['J']});
	expect([commandFor('H'), commandFor('ctrl-t'), commandFor('t')]).toEqual(['timeline', 'timeline', undefined]);
	expect([commandFor('n'), commandFor('1'), commandFor('2')]).toEqual(['pane1', undefined, 'pane2']);
	expect([commandFor('J'), commandFor('j'), commandFor('down'), commandFor('k')]).toEqual(['down', undefined, undefined, 'up']);
	expect([keyOf('timeline'), keyOf('pane1'), keyOf('down')]).toEqual(['H', 'n', 'J']);
});

test('two commands may change places', () => {
	const {commandFor} = keysOf({timeline: ['r'], runbooks: ['t']});
	expect([commandFor('r'), commandFor('t')]).toEqual(['timeline', 'runbooks']);
});

test('what leads in, back and out stays, also while something is typed', () => {
	const {commandFor} = keysOf({back: ['h'], open: ['l'], logs: ['L'], leave: ['ctrl-q']});
	expect([commandFor('h'), commandFor('esc'), commandFor('l'), commandFor('enter')]).toEqual(['back', 'back', 'open', 'open']);
	expect([commandFor('ctrl-c'), commandFor('ctrl-q')]).toEqual(['leave', 'leave']);
	expect([commandFor('h', 'palette', true), commandFor('esc', 'palette', true)]).toEqual([undefined, 'back']);
});

test.each([
	[{timeline: ['r']}, 'keys.timeline asks for r, which is the key of runbooks: give one of them another key.'],
	[{runbooks: ['x'], timeline: ['x']}, 'keys.runbooks asks for x, which is the key of timeline: give one of them another key.'],
	[{timelin: ['H']}, 'keys.timelin is not known: there is timeline.'],
	[{skip: ['k']}, 'keys.skip cannot be given: the keys of the palette, of actions and of runbooks stay.'],
	[{timeline: []}, 'keys.timeline names no key; name one, or leave it out.'],
	[{timeline: ['ctrl-c']}, 'keys.timeline cannot be ctrl-c: that is always leave.'],
	[{timeline: ['enter']}, 'keys.timeline cannot be enter: that is always open.'],
])('refuses %j in a sentence that names what is wrong', (changes, sentence) => {
	expect(keysWith(changes)).toBe(sentence);
});

test('help, hints and titles say them', async () => {
	const keys = keysOf({runbooks: ['b'], pane2: ['S'], help: ['h']});
	await using dashboard = await openDashboard({reach: {keys}});
	const {screen} = dashboard;
	await screen.shows('╭ S Storage tiers');
	expect(screen.lines().at(-1)).toContain('b runbooks');
	expect(screen.lines().at(-1)).toContain('h help');
	screen.press('r');
	screen.press('h');
	await screen.shows(/^ b +runbooks, those that fit/m);
	expect(usualKeys.keyOf('runbooks')).toBe('r');
});

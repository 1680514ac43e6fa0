import {readFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {type Command, keymap, keymapAsMarkdown, type Place} from '../../../source/interface/shell/keymap.ts';
import {usualKeys} from '../../../source/interface/shell/keys.ts';
import {openDashboard} from '../../_helpers/dashboard.ts';

const {commandFor} = usualKeys;
const bound = keymap.flatMap(({keys, commands, inside}) => keys.map((key, at) => ({key, command: commands[at], inside})));
const everyKey = bound.filter(({inside}) => inside === undefined).map(({key, command}) => [key, command] as const);

test('binds every key once in a place, and every key to something', () => {
	expect(new Set(bound.map(({key, inside}) => `${inside} ${key}`)).size).toBe(bound.length);
	for (const {keys, commands} of keymap) expect(commands).toHaveLength(keys.length);
	for (const {key, command, inside} of bound) expect(commandFor(key, inside)).toBe(command);
	expect(commandFor('x')).toBeUndefined();
});

test('keys of a dialog hold in it alone, and in it before others', () => {
	expect(commandFor('x', 'action')).toBe('stop');
	expect(commandFor('x', 'palette')).toBeUndefined();
	expect(commandFor('tab', 'palette', true)).toBe('complete');
	expect(commandFor('tab')).toBe('nextPane');
	expect(commandFor('j', 'action')).toBe('down');
});

test('while something is typed, keys are text but for a few', () => {
	expect(commandFor('j', 'palette', true)).toBeUndefined();
	expect(commandFor('space', undefined, true)).toBeUndefined();
	expect(commandFor('esc', 'palette', true)).toBe('back');
	expect(commandFor('down', 'palette', true)).toBe('down');
});

test('no key of a plan does it: the answer is typed in words', () => {
	const harmless: readonly Command[] = ['open', 'force', 'emptyDir', 'copyLine', 'stop', 'resume', 'rollBack'];
	for (const {command} of bound.filter(({inside}) => inside === 'action')) expect(harmless).toContain(command);
});

test('no control chord does more than move, leave or draw', () => {
	const harmless: readonly Command[] = ['pageDown', 'pageUp', 'leave', 'suspend', 'redraw', 'palette', 'copyLine'];
	for (const {key, command} of bound.filter(each => each.key.startsWith('ctrl-'))) expect(harmless, key).toContain(command);
	expect(commandFor('ctrl-k')).toBeUndefined();
});

test('the help, the hints and the readme say the same keys', async () => {
	await using dashboard = await openDashboard();
	const {screen} = dashboard;
	const hints = (place: Place) => keymap.flatMap(({hint}) => (hint?.at.includes(place) ? [hint.text] : []));
	for (const hint of hints('panes')) expect(screen.lines().at(-1)).toContain(hint);
	screen.press('?');
	await screen.shows('Keys');
	for (const hint of hints('over')) expect(screen.lines().at(-1)).toContain(hint);
	const markdown = keymapAsMarkdown();
	const last = keymap.at(-1)?.does ?? '';
	const begin = screen.text();
	screen.press('G');
	await screen.shows(last.slice(0, 60));
	const help = `${begin}\n${screen.text()}`;
	for (const {keys, does} of keymap) {
		const line = `${keys.join(' ').replaceAll(/[?/[\]]/g, '\\$&')} +${does.replaceAll(/[!?/$]/g, '\\$&')}`;
		expect(help).toMatch(new RegExp(`^ ${line}$`, 'm'));
		expect(markdown).toContain(`| ${keys.map(key => `\`${key}\``).join(' ')} | ${does} |`);
	}
});

/** What a person sees of each key, on the sample picture with the cursor on its third row. */
const effects: Readonly<Record<string, string | RegExp>> = {
	'1': /▸2? ?◐|┏ 1 Nodes/,
	'2': '┏ 2 Storage tiers',
	'3': '┏ 3 BGP peers',
	'4': '┏ 4 Backup tiers',
	'5': '┏ 5 GPU',
	tab: '┏ 2 Storage tiers',
	'shift-tab': '┏ 6 Platform',
	'0': '┏ 0 Incidents',
	'6': '┏ 6 Platform',
	t: '┏ t Timeline',
	R: '┏ R Risks and targets',
	r: 'There are no runbooks here.',
	a: 'nothing to acknowledge or accept',
	l: 'There is nothing to read here',
	w: 'There is nothing to read here',
	c: 'There is one cluster only.',
	':': /┏ Do or open: \d+/,
	'ctrl-p': /┏ Do or open: \d+/,
	space: '▸●✓nuc-1',
	j: '▸● nuc-3',
	k: '▸◐ pi4-1',
	down: '▸● nuc-3',
	up: '▸◐ pi4-1',
	g: '▸✖ nuc-2',
	G: '▸● ryzen-1',
	home: '▸✖ nuc-2',
	end: '▸● ryzen-1',
	'ctrl-d': '▸● ryzen-1',
	'ctrl-u': '▸✖ nuc-2',
	pagedown: '▸● ryzen-1',
	pageup: '▸✖ nuc-2',
	enter: '┏ nuc-1 ━',
	d: '┏ nuc-1 ━',
	'/': '8 of 8  enter keep',
	s: '1 Nodes by name',
	y: 'copied: kubectl --context homelab get nodes nuc-1 -o yaml',
	o: 'There is nothing to open here.',
	'?': 'these keys',
};
const elsewhere = new Set(['esc', 'q', 'T', 'ctrl-c', 'ctrl-z', 'ctrl-l']);

test('every key is tried, here or where it leads', () => {
	expect(new Set([...Object.keys(effects), ...elsewhere])).toEqual(new Set(everyKey.map(([key]) => key)));
});

test.each(Object.entries(effects))('%s does what the help says', async (key, seen) => {
	await using dashboard = await openDashboard();
	const {screen} = dashboard;
	screen.press('j', 'j');
	await screen.shows('▸● nuc-1');
	screen.press(key);
	await screen.shows(seen);
});

test('several keys in one piece are several keys', async () => {
	await using dashboard = await openDashboard();
	dashboard.screen.type('jjj');
	await dashboard.screen.shows('▸● nuc-3');
});

test('q and esc lead back one step at a time, q out in the end', async () => {
	await using dashboard = await openDashboard();
	const {screen} = dashboard;
	screen.press('1');
	await screen.hides('2 Storage tiers ─');
	screen.press('enter');
	await screen.shows('┏ nuc-2 ━');
	screen.press('q');
	await screen.shows('┏ 1 Nodes');
	screen.press('esc');
	await screen.shows('╭ 2 Storage tiers');
	screen.press('q');
	await dashboard.done;
});

test('T changes the colours and nothing else', async () => {
	await using dashboard = await openDashboard();
	const {screen} = dashboard;
	const before = [screen.text(), dashboard.cells(3).join()];
	screen.press('T');
	await screen.quiet();
	expect(screen.text()).toBe(before[0]);
	expect(dashboard.cells(3).join()).not.toBe(before[1]);
});

test('a filter is live, can be kept, and be undone', async () => {
	await using dashboard = await openDashboard();
	const {screen} = dashboard;
	screen.type('/nuc');
	await screen.shows('3 of 8');
	screen.press('backspace');
	await screen.shows('/nu▏');
	screen.press('enter');
	await screen.shows('1 Nodes /nu');
	screen.type('/x');
	await screen.shows('nothing matches nux');
	screen.press('esc');
	await screen.hides('enter keep');
	await screen.shows('1 Nodes /nu ');
	screen.press('esc');
	await screen.shows('ryzen-1');
	screen.type('/no such node');
	await screen.shows('nothing matches no such node');
});

test('the readme has the table of keys as it is', async () => {
	expect(await readFile(new URL('../../../readme.md', import.meta.url), 'utf8')).toContain(keymapAsMarkdown().trimEnd());
});

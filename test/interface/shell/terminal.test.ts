import {rm} from 'node:fs/promises';
import {constants} from 'node:os';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {bundle} from '../../_helpers/bundle.ts';
import {openPty, type PtyOptions} from '../../_helpers/pty.ts';

let program: string;

beforeAll(async () => {
	program = await bundle(new URL('./program.ts', import.meta.url));
});
afterAll(() => rm(program));

const start = (environment: PtyOptions['environment'] = {}) =>
	openPty({command: process.execPath, arguments: [program], environment});

/** The same below a shell with job control, as a person has it. */
const startInShell = async () => {
	const pty = openPty({command: 'bash', arguments: ['--norc', '--noprofile', '-i'], environment: {PS1: 'ready> '}});
	await pty.shows('ready>');
	pty.type(`'${process.execPath}' '${program}'\r`);
	await pty.shows('1 Nodes');
	return pty;
};

test('quits with q and gives the terminal back', async () => {
	await using pty = start();
	await pty.shows('● live');
	expect(pty.terminal.state().buffer).toBe('alternate');
	pty.press('q');
	await pty.shows('after the dashboard');
	expect(await pty.exited).toEqual({code: 0, signal: 0});
	expect(pty.terminal.state().buffer).toBe('normal');
	expect(pty.written()).toMatch(/\u001b\[\?25h[^\u001b]*after the dashboard/);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('gives the terminal back on %s, and dies of it', async signal => {
	await using pty = start();
	await pty.shows('● live');
	pty.kill(signal);
	expect((await pty.exited).signal).toBe(constants.signals[signal]);
	expect(pty.terminal.state().buffer).toBe('normal');
	expect(pty.written()).toMatch(/\u001b\[\?2004l.*\u001b\[\?25h/s);
});

test('gives the terminal back before the sentence when it breaks', async () => {
	await using pty = start({BREAKS: 'yes'});
	await pty.shows('● live');
	pty.kill('SIGUSR2');
	expect((await pty.exited).code).toBe(1);
	await pty.shows('It broke: on purpose');
	expect(pty.terminal.state().buffer).toBe('normal');
	expect(pty.text()).not.toContain('at ');
});

test('stops with ctrl-z and comes back with fg', async () => {
	await using pty = await startInShell();
	await pty.shows('● live');
	pty.press('j');
	await pty.shows('▸◐ pi4-1');
	pty.press('ctrl-z');
	await pty.shows('Stopped');
	expect(pty.terminal.state().buffer).toBe('normal');
	pty.type('echo meanwhile\r');
	await pty.shows(/^meanwhile/m);
	pty.type('fg\r');
	await pty.shows('● live');
	expect(pty.terminal.state().buffer).toBe('alternate');
	await pty.shows('▸◐ pi4-1');
	pty.press('j');
	await pty.shows('▸● nuc-1');
	pty.press('q');
	await pty.shows('after the dashboard');
});

test('goes to a shell with o and comes back intact', async () => {
	await using pty = start();
	await pty.shows('q quit');
	await pty.quiet();
	const before = pty.lines();
	pty.press('o');
	await pty.shows('in the shell');
	expect(pty.terminal.state().buffer).toBe('normal');
	pty.type('hello\r');
	await pty.shows('q quit');
	await pty.quiet();
	expect(pty.lines()).toEqual(before);
	pty.press('j');
	await pty.shows('▸◐ pi4-1');
});

test('draws the screen again with ctrl-l', async () => {
	await using pty = start();
	await pty.shows('q quit');
	await pty.quiet();
	const before = pty.lines();
	await pty.terminal.write('\u001b[5;5Hgarbage from another process');
	await pty.shows('garbage');
	pty.press('ctrl-l');
	await pty.hides('garbage');
	await pty.quiet();
	expect(pty.lines()).toEqual(before);
});

test.each([
	['ctrl-l', '\f\f', '● live'],
	['o', 'oo', 'in the shell'],
])('%s twice in one piece, as a slow line delivers it, breaks nothing', async (key, keys, shown) => {
	await using pty = start();
	await pty.shows('q quit');
	await pty.quiet();
	pty.type(keys);
	await pty.shows(shown);
	if (key === 'o') pty.type('hello\r');
	await pty.shows('q quit');
	await pty.quiet();
	pty.press('q');
	await pty.shows('after the dashboard');
	expect(await pty.exited).toEqual({code: 0, signal: 0});
});

test.each([
	[120, 40],
	[80, 24],
	[40, 12],
	[10, 3],
])('paints its first frame over the skeleton at %i×%i, and nothing of that shines through', async (columns, rows) => {
	const open = (painted: string) =>
		openPty({command: process.execPath, arguments: [program], columns, rows, environment: {PAINTED: painted}});
	await using over = open('yes');
	await using plain = open('no');
	for (const pty of [over, plain]) await pty.shows('✖');
	await Promise.all([over.quiet(), plain.quiet()]);
	expect(over.lines()).toEqual(plain.lines());
	// Entering twice would overwrite the shell's cursor, which xterm keeps with the screen.
	expect(over.written().split('\u001b[?1049h')).toHaveLength(2);
});

test('pasted text is never keys', async () => {
	await using pty = start();
	await pty.shows('● live');
	pty.type('\u001b[200~qqq\r\u001b[201~');
	await pty.quiet();
	pty.press('/');
	pty.type('\u001b[200~nuc\r\u001b[201~');
	await pty.shows('/nuc');
	await pty.shows('3 of 8');
});

import {mkdir} from 'node:fs/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Pty} from '../_helpers/pty.ts';
import {type Home, newHome} from './program.ts';
import {serve} from './served.ts';

let home: Home;
beforeAll(async () => {
	home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

/** The dashboard of the demo, once it is live, with somebody in front of it who has chosen where to look. */
async function opened(args: readonly string[], size: {columns?: number; rows?: number} = {columns: 80, rows: 24}): Promise<Pty> {
	const pty = home.open(['demo', ...args], size);
	await pty.shows('● live');
	await pty.hides('loading');
	pty.press('1');
	await pty.shows('┏ 1 Nodes');
	return pty;
}

describe.each([
	[120, 40],
	[80, 24],
])('a drain from the palette at %i×%i', (columns, rows) => {
	test('is planned, confirmed by name for what is pinned to it, followed to its end, and taken back', async () => {
		await using pty = await opened(['--speed', '20'], {columns, rows});
		pty.type(':drain pi4-1\r');
		await pty.shows('┏ drain pi4-1: plan ━');
		await pty.shows('pending until pi4-1 is uncordoned');
		pty.press('enter');
		await pty.shows('type pi4-1 to drain pi4-1:');
		pty.type('pi4-1\r');
		await pty.shows('drain pi4-1: done');
		await pty.shows('take it back: midwatch uncordon pi4-1');
		await pty.shows(/midwatch journal show \S+-drain-pi4-1/);
		pty.press('u');
		await pty.shows('uncordon pi4-1: plan ━');
		pty.press('enter');
		await pty.shows('type yes to uncordon pi4-1:');
		pty.type('yes\r');
		await pty.shows('uncordon pi4-1: done');
		pty.press('esc');
		await pty.shows(/pi4-1 +worker +ready/);
	});
});

test('a drain that a budget blocks says so, keeps trying, is stopped, and says how to go on', async () => {
	await using pty = await opened(['--scenario', 'drain-blocked', '--speed', '0.1']);
	pty.type(':drain nuc-1\r');
	await pty.shows('┏ drain nuc-1: plan ━');
	await pty.shows('Keeps it waiting');
	pty.press('enter');
	await pty.shows('type yes to drain nuc-1:');
	pty.type('yes\r');
	await pty.shows('Waiting for');
	await pty.shows(/budget/);
	pty.press('esc');
	await pty.shows('┏ 1 Nodes');
	await pty.shows(/^.*drain nuc-1 +\d+ of \d+/);
	pty.press('q');
	await pty.shows('enter stops it at the next safe point and quits');
	pty.press('esc');
	await pty.hides('enter stops it');
	pty.type(':cordon gpu-1\r');
	await pty.shows('cordon gpu-1: drain nuc-1 is running.');
	pty.press('esc');
	await pty.hides('Do or open');
	pty.type(':\r');
	await pty.shows('Waiting for');
	pty.press('x');
	await pty.shows('drain nuc-1: stopped');
	await pty.shows('nuc-1 stays cordoned');
	await pty.shows(/go on from here: midwatch drain/);
	pty.press('q');
	await pty.shows('┏ 1 Nodes');
	pty.press('q');
	expect(await pty.exited).toEqual({code: 0, signal: 0});
});

test('leaving while it runs stops it first, and prints how to go on', async () => {
	await using pty = await opened(['--scenario', 'drain-blocked', '--speed', '0.1']);
	pty.type(':drain nuc-1\r');
	await pty.shows('┏ drain nuc-1: plan ━');
	pty.press('enter');
	await pty.shows('type yes to drain nuc-1:');
	pty.type('yes\r');
	await pty.shows('Waiting for');
	pty.press('ctrl-c');
	await pty.shows('enter stops it at the next safe point and quits');
	pty.press('enter');
	expect(await pty.exited).toEqual({code: 0, signal: 0});
	await pty.shows('drain nuc-1: stopped: nuc-1 stays cordoned');
	await pty.shows(/to go on: midwatch drain .*--resume/);
	expect(pty.terminal.state().buffer).toBe('normal');
});

test('--read-only refuses, says so in the header, and by which rule', async () => {
	await using pty = await opened(['--read-only', '--speed', '0.1']);
	expect(pty.lines()[0]).toMatch(/DEMO +read-only/);
	pty.type(':drain nuc-2');
	await pty.shows('no: drain is refused by --read-only: nothing is changed');
	pty.press('enter');
	await pty.shows('drain nuc-2: drain is refused by --read-only');
	expect(pty.text()).not.toContain(': plan ━');
});

test('a guard of the configuration refuses, and a yes to changes is asked for once', async () => {
	await using own = await newHome();
	await using cluster = await serve('calm', {speed: 20});
	await mkdir(`${own.folder}/.config/midwatch`, {recursive: true});
	const guards = {contexts: {[cluster.contextName]: {guards: {deny: ['drain']}}}};
	await own.put('.config/midwatch/config.json', JSON.stringify(guards));
	await using pty = own.open(['--kubeconfig', cluster.kubeconfig], {columns: 80, rows: 24});
	await pty.shows('● live');
	await pty.hides('loading');
	pty.type(':drain nuc-2');
	await pty.shows('no: drain is refused by guards.deny');
	pty.press('esc');
	await pty.hides('Do or open');
	for (const [at, action] of ['cordon', 'uncordon'].entries()) {
		pty.type(`:${action} nuc-2\r`);
		await pty.shows(`┏ ${action} nuc-2: plan ━`);
		if (at === 0) {
			await pty.shows('Changes were never allowed on');
			pty.press('enter');
			await pty.shows(`allow changes on ${cluster.contextName}? type yes:`);
			pty.type('yes\r');
		} else pty.press('enter');
		await pty.shows(`type yes to ${action} nuc-2:`);
		pty.type('yes\r');
		await pty.shows(`${action} nuc-2: done`);
		pty.press('esc');
		await pty.shows('┏ 1 Nodes');
		await pty.shows(at === 0 ? /nuc-2 .*cordoned/ : /nuc-2 .*ready/);
	}
});

import {mkdir, readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Pty} from '../_helpers/pty.ts';
import {type Home, kubeconfig, newHome} from './program.ts';

let home: Home;
beforeAll(async () => {
	home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

/** What a person finds after a program has left: the screen from before, a cursor, and nothing that still listens. */
async function leftIntact(pty: Pty): Promise<void> {
	await pty.exited;
	await pty.quiet();
	expect(pty.terminal.state().buffer).toBe('normal');
	const shownLast = pty.written().lastIndexOf('\u001b[?25h');
	expect(shownLast).toBeGreaterThan(pty.written().lastIndexOf('\u001b[?25l'));
	for (const mode of ['2004', '1000', '1006', '1049']) {
		expect(pty.written().lastIndexOf(`\u001b[?${mode}h`)).toBeLessThanOrEqual(pty.written().lastIndexOf(`\u001b[?${mode}l`));
	}
}

describe('in a terminal', () => {
	test.each([
		[120, 40],
		[80, 24],
		[200, 60],
		[40, 12],
		[10, 3],
	])('the demo fits %i×%i and leaves it intact', async (columns, rows) => {
		await using pty = home.open(['demo'], {columns, rows});
		await pty.shows(columns >= 40 ? 'nuc-1' : /[●▲✖]/);
		await pty.quiet();
		expect(pty.lines()).toHaveLength(rows);
		expect(pty.lines()[0]).not.toBe('');
		pty.press('q');
		expect(await pty.exited).toMatchObject({code: 0});
		await leftIntact(pty);
	});

	test('DEMO stands in the header', async () => {
		await using pty = home.open(['demo']);
		await pty.shows('nuc-1');
		expect(pty.lines()[0]).toContain('DEMO');
	});

	test.each([
		['SIGINT', 130],
		['SIGTERM', 143],
		['SIGHUP', 129],
	] as const)('%s restores it, and leaves no kubeconfig behind', async (signal, code) => {
		const temporary = join(home.folder, signal);
		await mkdir(temporary);
		await using pty = home.open(['demo'], {environment: {TMPDIR: temporary}});
		await pty.shows('nuc-1');
		// The first frame is there before Ink is; from then on somebody else listens to signals.
		await pty.quiet();
		pty.kill(signal);
		const ended = await pty.exited;
		expect(ended.code === code || ended.signal > 0).toBe(true);
		await leftIntact(pty);
		expect(await readdir(temporary)).toEqual([]);
	});

	test('a kubeconfig that is not there is told after the terminal is restored', async () => {
		await using pty = home.open([]);
		expect(await pty.exited).toMatchObject({code: 2});
		await leftIntact(pty);
		expect(pty.text()).toContain('no kubeconfig');
	});

	test('a server that does not answer keeps the dashboard open and says so, panes never say none', async () => {
		const file = await home.put('gone.yaml', kubeconfig('https://127.0.0.1:1', {token: 'x'}));
		await using pty = home.open(['--kubeconfig', file]);
		await pty.shows('nothing listens on 127.0.0.1:1');
		await pty.shows('no connection');
		expect(pty.text()).not.toMatch(/the cluster has no nodes|no GPU on any node/);
		pty.press('q');
		expect(await pty.exited).toMatchObject({code: 0});
		await leftIntact(pty);
	});

	test('a plugin that takes long is named, with the seconds it has taken', async () => {
		const exec = {apiVersion: 'client.authentication.k8s.io/v1', command: 'sleep', args: ['30'], interactiveMode: 'Never'};
		const file = await home.put('slow.yaml', kubeconfig('https://127.0.0.1:1', {exec}));
		await using pty = home.open(['--kubeconfig', file]);
		await pty.shows(/waiting for sleep, [3-9] s/);
		pty.press('ctrl-c');
		await leftIntact(pty);
	});

	test('a dumb terminal gets the snapshot, without escape sequences', async () => {
		await using pty = home.open(['demo'], {environment: {TERM: 'dumb'}});
		expect(await pty.exited).toMatchObject({code: 0});
		expect(pty.written()).toMatch(/\* nuc-1 +cp,etcd +ready/);
		expect(pty.written()).not.toContain('\u001b');
	});

	test('NO_COLOR and --ascii: no colours, and nothing but ASCII', async () => {
		await using pty = home.open(['demo', '--ascii'], {environment: {NO_COLOR: '1'}});
		await pty.shows('nuc-1');
		await pty.quiet();
		expect(pty.text()).toMatch(/^[\n\x20-\x7e]*$/);
		expect(pty.written()).not.toMatch(/\u001b\[(3|4|9|10)[\d;]*m/);
	});

	test('preferences that cannot be used are told in one sentence, after the terminal is restored', async () => {
		await using own = await newHome();
		await mkdir(join(own.folder, '.config', 'midwatch'), {recursive: true});
		await own.put('.config/midwatch/config.json', '{"theme": "pink"}');
		await using pty = own.open(['demo']);
		expect(await pty.exited).toMatchObject({code: 2});
		await leftIntact(pty);
		expect(pty.text().replaceAll('\n', '')).toMatch(/config\.json cannot be used \(.*\); mend it/);
	});
});

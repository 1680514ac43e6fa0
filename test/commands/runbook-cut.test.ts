import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Pty} from '../_helpers/pty.ts';
import {newShelf, type Shelf} from './runbook-screen.ts';

const reading = '# Reads\n\n## Diagnosis\n\n1. Look for long.\n\n   ```sh\n   echo looking; sleep 3127.5\n   ```\n';
const changing =
	'# Changes\n\n## Mitigation\n\n1. Change something.\n\n   ```sh\n   echo begun; sleep 2; echo changed >> $HOME/proof; echo finished\n   ```\n';

let shelf: Shelf;
beforeAll(async () => {
	shelf = await newShelf({'slow-reading': reading, 'slow-changing': changing});
});
afterAll(() => shelf[Symbol.asyncDispose]());

/** What ends midwatch without a word: a kill, or its terminal going away. */
const cuts: ReadonlyArray<readonly [string, (pty: Pty) => Promise<void>]> = [
	[
		'kill -9',
		async pty => {
			pty.kill('SIGKILL');
			await pty.exited;
		},
	],
	[
		'a terminal that goes away',
		async pty => {
			pty.kill('SIGHUP');
			await pty.exited;
		},
	],
];

/** How many processes run with an argument. */
async function running(argument: string): Promise<number> {
	const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
	const lines = await Promise.all(pids.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
	return lines.filter(line => line.split('\0').includes(argument)).length;
}

/** Takes up a run from the list, once it is the one that is told there. */
async function resume(id: string): Promise<Pty> {
	const pty = await shelf.open();
	pty.press('r');
	await pty.shows('r Runbooks');
	await pty.shows(new RegExp(`▸\\? ${id} +unknown \\d\\d:\\d\\d`));
	pty.press('enter');
	return pty;
}

describe.each(cuts)('cut by %s', (_, cut) => {
	test('a reading step dies, and is unknown when it is taken up from the list', async () => {
		await using pty = await shelf.open();
		await shelf.walk(pty, 'slow-reading');
		pty.press('enter');
		await pty.shows('| looking');
		expect(await running('3127.5')).toBe(1);
		await cut(pty);
		await expect.poll(() => running('3127.5')).toBe(0);
		await using again = await resume('slow-reading');
		await again.shows('unknown');
		await again.shows('Nobody saw its end: verify what it did');
		expect(await running('3127.5')).toBe(0);
		again.press('enter');
		await again.quiet();
		expect(await running('3127.5')).toBe(0);
		again.type('dlooked by hand\r');
		await again.shows('done: looked by hand');
		again.press('enter');
		await again.shows('done: 1 done');
	});

	test('a changing step finishes, and its end and output are there when it is taken up from the list', async () => {
		await using pty = await shelf.open();
		await shelf.walk(pty, 'slow-changing');
		pty.press('enter');
		await pty.shows(/type yes/);
		if (pty.text().includes('allow changes')) {
			pty.type('yes\r');
			await pty.shows('type yes to run step 1:');
		}
		pty.type('yes\r');
		await pty.shows('| begun');
		await cut(pty);
		await using again = await resume('slow-changing');
		await again.shows('| finished');
		await again.shows('done: exit code 0');
		again.press('enter');
		await again.shows('done: 1 done');
	});
});

test('what was changed was changed once each time', async () => {
	expect(await readFile(join(shelf.home.folder, 'proof'), 'utf8')).toBe('changed\nchanged\n');
});

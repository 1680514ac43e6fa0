import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Pty} from '../_helpers/pty.ts';
import {newShelf, type Shelf} from './runbook-screen.ts';

const fence = '```';
const step = (title: string, script: string) => `1. ${title}\n\n   ${fence}sh\n   ${script}\n   ${fence}\n\n`;

const mixed = `---
parameters:
  WORD:
    about: what is said
    pattern: "[a-z]+"
---
# Mixed

A table stays as it is:

| a | b |
|---|---|
| 1 | 2 |

## Diagnosis

${step('Say it.', 'echo "said $WORD"')}${step('Say it again.', 'echo again')}
## Mitigation

${step('Write it.', 'echo "$WORD" > $HOME/written')}${step('Delete what is not there.', 'rm -f $HOME/not-there')}
`;
const drawn = `# Drawn\n\n## Diagnosis\n\n${step('Page it.', 'less $HOME/page')}${step('Go on.', 'echo after')}`;
const ours = `# Ours\n\n## Mitigation\n\n1. Cordon it.\n\n   ${fence}midwatch\n   cordon nuc-2\n   ${fence}\n`;

const watched = `# Watched\n\n## Diagnosis\n\n${step('Watch it.', 'watch something')}`;

let shelf: Shelf;
beforeAll(async () => {
	shelf = await newShelf({mixed, drawn, ours, watched});
	await shelf.home.put('page', 'a page of its own\n');
	const editor = await shelf.home.put('editor', '#!/bin/sh\necho "echo edited by hand" > "$1"\n');
	await chmod(editor, 0o755);
});
afterAll(() => shelf[Symbol.asyncDispose]());

/** Opens a runbook from the palette, to be read. */
async function read(pty: Pty, id: string): Promise<void> {
	pty.type(`:`);
	await pty.shows('┏ Do or open');
	pty.type(`runbook ${id}`);
	await pty.shows(new RegExp(`▸ runbook ${id}`));
	pty.press('enter');
	await pty.shows(`┏ ${id}: `);
}

/** Answers that changes are allowed, where nobody ever said so. */
async function allowed(pty: Pty, next: string | RegExp): Promise<void> {
	await pty.shows(/type (?:yes|demo-homelab)/);
	if (pty.text().includes('allow changes')) pty.type('yes\r');
	await pty.shows(next);
}

test('a runbook is read, filled in and walked to its end', async () => {
	await using pty = await shelf.open();
	await read(pty, 'mixed');
	await pty.shows('WORD: asked for before the first step (what is said)');
	pty.press(']');
	await pty.shows(/1\. Say it\. \(reading/);
	pty.press(']');
	await pty.shows('Write it.');
	pty.press('[', 'enter');
	await pty.shows('WORD, what is said:');
	pty.type('NO\r');
	await pty.shows('WORD has to match [a-z]+');
	for (const _ of 'NO') pty.press('backspace');
	pty.type('hello\r');
	await pty.shows('Step 1 of 4, reading');
	await pty.shows('WORD is "hello", typed');
	pty.press('a');
	await pty.shows('Step 3 of 4, changes something');
	await pty.shows('| again');
	pty.press('enter');
	await allowed(pty, 'type yes to run step 3:');
	pty.type('no\r');
	await pty.shows('Only yes is a yes');
	pty.press('backspace', 'backspace');
	pty.type('yes\r');
	await pty.shows('Step 4 of 4, destroys something');
	expect(await readFile(join(shelf.home.folder, 'written'), 'utf8')).toBe('hello\n');
	pty.press('enter');
	await pty.shows(`type ${shelf.cluster.contextName} to run step 4:`);
	pty.type('yes\r');
	await pty.shows(`Only ${shelf.cluster.contextName} is a yes`);
	pty.press('esc');
	await pty.shows('esc back');
	await pty.quiet();
	pty.type('nlooked at it\r');
	await pty.shows('note: looked at it');
	pty.type('snot needed\r');
	await pty.shows('skipped: not needed');
	pty.press('v');
	await pty.shows(/4\. Delete what is not there\. .*: skipped/);
	pty.press('esc');
	await pty.shows('All steps were seen to');
	pty.press('enter');
	await pty.shows('done: 3 done, 1 skipped');
	pty.press('R');
	await pty.shows('┏ Report');
});

test('a session stays while one looks elsewhere; leaving asks, stops it, and says how to go on', async () => {
	await using pty = await shelf.open();
	await read(pty, 'drawn');
	pty.press('enter');
	await pty.shows('Step 1 of 2');
	await pty.shows('api fast');
	expect(await pty.bytesDuring(() => pty.quiet(1500))).toBe(0);
	pty.press('esc');
	await pty.shows('1 Nodes');
	expect(pty.lines()[0]).toContain('runbook drawn 1/2');
	pty.press('r');
	await pty.shows(/▸▲ drawn .*under way/);
	pty.press('j', 'enter');
	await pty.hides('r Runbooks');
	pty.press('enter');
	await pty.shows('runbook drawn 1/2 is under way: go on with it (r)');
	pty.press('esc');
	await pty.shows('r Runbooks');
	pty.press('esc');
	await pty.shows('1 Nodes');
	pty.press('ctrl-c');
	await pty.shows('runbook drawn 1/2 is under way. enter stops it here and quits');
	pty.press('enter');
	expect(await pty.exited).toEqual({code: 0, signal: 0});
	await pty.shows('runbook drawn: stopped at step 1');
	await pty.shows(/to go on: midwatch runbook resume \d+-\d+-runbook-drawn-\w+/);
	await using again = await shelf.open();
	again.press('r');
	await again.shows(/▸◐ drawn .*stopped/);
	again.press('enter');
	await again.shows('Step 1 of 2');
	again.type('Xnothing to see\r');
	await again.shows('skipped: abandoned: nothing to see');
});

test('what draws on the whole terminal gets it, and gives it back', async () => {
	await using pty = await shelf.open();
	await shelf.walk(pty, 'drawn');
	pty.press('enter');
	await allowed(pty, 'type yes to run step 1:');
	pty.type('yes\r');
	await pty.shows('a page of its own');
	await pty.hides('┏ drawn');
	pty.press('q');
	await pty.shows('Step 2 of 2');
	pty.press('X');
	await pty.shows('why is the runbook given up?');
	pty.type('seen\r');
	await pty.shows('abandoned: seen');
});

test('an interrupt is for whoever has the terminal', async () => {
	const bin = join(shelf.home.folder, 'bin');
	await mkdir(bin, {recursive: true});
	await writeFile(join(bin, 'watch'), '#!/bin/sh\ntrap "exit 0" INT\necho watching\nwhile :; do sleep 0.1; done\n', {
		mode: 0o755,
	});
	await using pty = await shelf.open([], {PATH: `${bin}:${process.env.PATH}`});
	await shelf.walk(pty, 'watched');
	pty.press('enter');
	await allowed(pty, 'type yes to run step 1:');
	pty.type('yes\r');
	await pty.shows('watching');
	pty.press('ctrl-c');
	await pty.shows('┏ watched 1/1');
	await pty.shows(/(?:done|failed): /);
});

test('a step is edited in the editor of the user, and what was written runs', async () => {
	await using pty = await shelf.open([], {EDITOR: join(shelf.home.folder, 'editor')});
	await shelf.walk(pty, 'drawn');
	pty.press('e');
	await pty.shows('edited here; this is not what the runbook says');
	await pty.shows('echo edited by hand');
	pty.press('enter');
	await pty.shows('| edited by hand');
	await pty.shows('Step 2 of 2');
	await pty.quiet();
	pty.press('x');
	await pty.shows('stopped: stopped at step 2');
});

test('an action that a runbook asks for is planned and asked about as anywhere, and leads back', async () => {
	await using pty = await shelf.open();
	await shelf.walk(pty, 'ours');
	pty.press('enter');
	await pty.shows('┏ cordon nuc-2: plan');
	pty.press('enter');
	await allowed(pty, 'type yes to cordon nuc-2:');
	pty.type('yes\r');
	await pty.shows('┏ ours 1/1');
	await pty.shows('All steps were seen to');
	expect(pty.lines()[0]).toContain('runbook ours 1/1');
	pty.press('enter');
	await pty.shows('done: 1 done');
});

describe('is held', () => {
	test('by a guard: what reads runs, what changes is refused by name', async () => {
		await using pty = await shelf.open(['--read-only']);
		await read(pty, 'mixed');
		pty.press('enter');
		await pty.shows('WORD, what is said:');
		pty.type('hello\r');
		await pty.shows('Step 1 of 4');
		pty.press('a');
		await pty.shows('Step 3 of 4');
		pty.press('enter');
		await pty.shows('what a runbook changes is refused by --read-only');
		pty.press('x');
		await pty.shows('stopped at step 3');
	});

	test('by trust: a runbook of the directory is walked once somebody said yes', async () => {
		const folder = join(shelf.home.folder, '.midwatch', 'runbooks');
		await mkdir(folder, {recursive: true});
		await writeFile(join(folder, 'found.md'), `# Found\n\n## Diagnosis\n\n${step('Look.', 'echo looked')}`);
		await using pty = await shelf.open();
		await read(pty, 'found');
		await pty.shows('was not trusted yet');
		pty.press('enter');
		await pty.shows('trust it? type yes:');
		pty.press('esc');
		await pty.hides('type yes');
		pty.press('enter');
		await pty.shows('type yes:');
		pty.type('yes\r');
		await pty.shows('Step 1 of 1');
		pty.press('enter');
		await pty.shows('All steps were seen to');
		pty.press('enter');
		await pty.shows('done: 1 done');
	});
});

test('a voice is told what there is, what would run, what is asked, what was printed and how it ended', async () => {
	await using pty = shelf.home.open(['--kubeconfig', shelf.cluster.kubeconfig, '--screen-reader'], {columns: 100, rows: 50});
	await pty.shows('tells the keys');
	pty.press('r');
	await pty.shows(/Runbooks: \d+ runbooks/);
	pty.press('esc');
	pty.type(':');
	await pty.shows('Palette:');
	pty.type('runbook drawn');
	await pty.shows(/1 of \d+: runbook drawn/);
	pty.press('enter');
	await pty.shows('drawn: Drawn.');
	pty.press('enter');
	await pty.shows('Step 1 of 2, not known');
	pty.press(']');
	await pty.shows('Step 2 of 2, reading');
	pty.press('enter');
	await pty.shows('| after');
	await pty.shows('done: exit code 0');
	pty.press('X');
	await pty.shows('why is the runbook given up?, then enter; esc leads back.');
	pty.type('heard\r');
	await pty.shows('abandoned: heard');
});

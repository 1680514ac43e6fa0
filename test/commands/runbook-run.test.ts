import {chmod, mkdir, readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {poison} from '../_helpers/hostile.ts';
import type {Pty} from '../_helpers/pty.ts';
import {answer, type Bench, newActingBench} from './acting.ts';
import {kubeconfig} from './program.ts';

let bench: Bench;
beforeEach(async () => {
	bench = await newActingBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const markdown = `---
parameters:
  NODE:
    type: node
    about: the node that is silent
  WORD:
    default: nothing
---
# Try it

Read this first.

## Diagnosis

1. Look.

   \`\`\`sh
   echo "<$NODE>"; echo "<$WORD>"
   \`\`\`

2. Look again.

   \`\`\`sh
   echo looked again
   \`\`\`

## Mitigation

1. Change it.

   \`\`\`sh
   touch changed; echo done
   \`\`\`

2. Think.
`;

const put = (text = markdown, name = 'try.md') => bench.home.put(name, text);
const exists = async (name: string) => (await readdir(bench.home.folder)).includes(name);
const runs = join('.local', 'state', 'midwatch', 'runs');
const lastRun = async () =>
	(await readdir(join(bench.home.folder, runs)))
		.filter(name => name.includes('-runbook-'))
		.toSorted()
		.at(-1) ?? '';
const journalOf = async (run: string) => readFile(join(bench.home.folder, runs, run, 'journal.jsonl'), 'utf8');
const walk = (file: string, ...more: readonly string[]) => ['runbook', 'run', file, ...more];
const enter = (pty: Pty, question: string | RegExp) => answer(pty, question, '');

describe('without a terminal', () => {
	test('nothing runs, and the command that goes on is told', async () => {
		const {code, stdout, stderr} = await bench.run(...walk(await put(), '--param', 'NODE=n1'));
		expect(stdout).toContain('    echo "<$NODE>"; echo "<$WORD>"\n    NODE is "n1"\n    WORD is "nothing"');
		expect(stdout).toContain('Read this first.');
		expect(stdout).not.toContain('<n1>');
		expect(stdout).toMatch(/^step 1 wants a yes: say --yes-reading to run what only reads$/m);
		expect(stdout).toMatch(/^to go on: midwatch runbook resume \S+-runbook-try-\S+$/m);
		expect([code, stderr]).toEqual([3, '']);
	});

	test('with --yes-reading what only reads is run, up to the first step that needs a person', async () => {
		const {code, stdout} = await bench.run(
			...walk(await put(), '--param', 'NODE=n1', '--param', 'WORD=two words', '--yes-reading'),
		);
		expect(stdout).toContain('  | <n1>\n  | <two words>\n  done: exit code 0');
		expect(stdout).toContain('  | looked again');
		expect(stdout).toMatch(/^step 3 wants a person$/m);
		expect(await exists('changed')).toBe(false);
		expect(code).toBe(3);
		const {stdout: resumed, code: again} = await bench.run('runbook', 'resume', 'last', '--yes-reading');
		expect(resumed).toMatch(/^Step 3 of 4, changes something/m);
		expect(resumed).not.toContain('<n1>');
		expect(again).toBe(3);
	});

	test('a runbook of which all only reads is walked to its end', async () => {
		const file = await put('# Look\n\n```sh\necho one\n```\n\n```midwatch\nwait 1s\n```\n');
		const {code, stdout} = await bench.run(...walk(file, '--yes-reading'));
		expect(stdout).toMatch(/^done: 2 done$/m);
		expect(code).toBe(0);
	});

	test('nothing that a runbook says or a command prints reaches the terminal as more than text', async () => {
		const inLine = poison.replaceAll(/[\r\n]/g, '');
		const file = await put(`# Look ${inLine}\n\nProse ${inLine}\n\n\`\`\`sh\necho 'x${inLine}y'\n\`\`\`\n`);
		const {stdout} = await bench.run(...walk(file, '--yes-reading'));
		expect(stdout).toMatch(/^ {2}\| x.*y$/m);
		expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u200b]/);
	});

	test('for programs, what came of it is data', async () => {
		const file = await put('# Look\n\n```sh\necho one\n```\n');
		const {code, stdout, stderr} = await bench.run(...walk(file, '--yes-reading', '-o', 'json'));
		expect(JSON.parse(stdout)).toMatchObject({schema: 'midwatch.report/1', exit: 0, steps: [{attempts: [{output: ['one']}]}]});
		expect(stderr).toContain('  | one');
		expect(code).toBe(0);
	});

	test('a value is one value, whatever is in it', async () => {
		const value = `; touch injected; $(touch injected) \`touch injected\` ' " -rf\nnext`;
		const {stdout} = await bench.run(...walk(await put(), '--param', 'NODE=n1', `--param=WORD=${value}`, '--yes-reading'));
		expect(stdout).toContain('  | <; touch injected; $(touch injected) `touch injected` \' " -rf\n  | next>');
		expect(await exists('injected')).toBe(false);
	});

	test('it works while the API is gone', async () => {
		const file = await bench.home.put('gone.yaml', kubeconfig('https://127.0.0.1:1', {token: 'x'}));
		const {code, stdout} = await bench.home.run(
			...walk(await put(), '--param', 'NODE=n1', '--yes-reading', '--kubeconfig', file),
		);
		expect(stdout).toContain('  | <n1>');
		expect(code).toBe(3);
	});
});

describe('at a terminal', () => {
	test('it is walked step by step, with what is asked for, and reported', async () => {
		await using pty = bench.open(...walk(await put()));
		await answer(pty, 'NODE, the node that is silent:', 'N 1');
		await answer(pty, /not "N 1"[\s\S]*silent:/, 'n1');
		await enter(pty, 'enter runs it');
		await pty.shows('<n1>');
		await answer(pty, /Step 2 of 4[\s\S]*enter runs it/, 'n fine');
		await answer(pty, /n fine[\s\S]*enter runs it/, 's it is not needed');
		await enter(pty, /Step 3 of 4[\s\S]*y runs it/);
		expect(await exists('changed')).toBe(false);
		await answer(pty, /y runs it[\s\S]*y runs it/, 'y');
		await answer(pty, 'Allow them from now on? (yes/no)', 'yes');
		await enter(pty, 'enter: it is done');
		await enter(pty, 'enter ends it');
		expect(await pty.exited).toMatchObject({code: 0});
		expect(pty.text()).toContain('done: 3 done, 1 skipped');
		expect(await exists('changed')).toBe(true);
		const {stdout, code} = await bench.home.run('runbook', 'report', 'last');
		expect(stdout).toMatch(/^# Try it$/m);
		expect(stdout).toMatch(/^### 2\. Look again\.\n\n\*\*skipped\*\*, by hand: it is not needed, Diagnosis\n\n> fine$/m);
		expect(stdout).toContain('```sh\ntouch changed; echo done\n```');
		expect(stdout).toMatch(/^- NODE: "n1"$/m);
		expect(code).toBe(0);
		const json = JSON.parse((await bench.home.run('runbook', 'report', 'last', '--format', 'json')).stdout);
		expect(json).toMatchObject({
			schema: 'midwatch.report/1',
			state: 'done',
			steps: [
				{result: 'done', attempts: [{output: ['<n1>', '<nothing>'], exit: 0}]},
				{result: 'skipped'},
				{result: 'done'},
				{result: 'done'},
			],
		});
	});

	test('what destroys wants the name of the context typed', async () => {
		await bench.allow();
		await bench.home.put('precious', '');
		await using pty = bench.open(...walk(await put('# Away\n\n```sh\nrm precious\n```\n')));
		await answer(pty, /destroys something[\s\S]*y runs it/, 'y');
		await answer(pty, `Type ${bench.cluster.contextName} to run it`, 'yes');
		await pty.shows(/to run it\.[\s\S]*y runs it/);
		expect(await exists('precious')).toBe(true);
		pty.type('y');
		pty.press('enter');
		await answer(
			pty,
			new RegExp(`Type ${bench.cluster.contextName} to run it[\\s\\S]*Type ${bench.cluster.contextName} to run it, for`),
			bench.cluster.contextName,
		);
		await enter(pty, 'enter ends it');
		expect(await pty.exited).toMatchObject({code: 0});
		expect(await exists('precious')).toBe(false);
	});

	test('a step is edited, and that is told; a step that failed ends the walk with 1', async () => {
		const editor = await bench.home.put('editor', '#!/bin/sh\necho "echo edited; exit 4" > "$1"\n');
		await chmod(editor, 0o700);
		await using pty = bench.home.open([...walk(await put('# Try\n\n```sh\necho as written\n```\n')), ...bench.reaching], {
			columns: 100,
			rows: 50,
			environment: {EDITOR: editor},
		});
		await answer(pty, 'enter runs it', 'e');
		await pty.shows('edited here; this is not what the runbook says');
		await enter(pty, /edited here[\s\S]*enter runs it/);
		await answer(pty, /failed: exit code 4[\s\S]*What now\?/, 'x it is enough');
		expect(await pty.exited).toMatchObject({code: 1});
		const {stdout} = await bench.home.run('runbook', 'report', 'last');
		expect(stdout).toMatch(/, edited, \*\*failed\*\*: exit code 4/);
		expect(stdout).toContain('```sh\necho edited; exit 4\n```');
	});

	test('our own action is planned and asked about as anywhere, and read-only holds', async () => {
		await bench.allow();
		const file = await put('---\nparameters:\n  NODE:\n    type: node\n---\n# Away\n\n```midwatch\ncordon $NODE --yes\n```\n');
		await using pty = bench.open(...walk(file, '--param', 'NODE=n1'));
		await enter(pty, 'enter runs it');
		await pty.shows('cordon n1: no new pods come to it');
		expect(bench.node('n1')?.spec).not.toMatchObject({unschedulable: true});
		await answer(pty, 'Do it? (yes/no)', 'yes');
		await enter(pty, 'enter ends it');
		expect(await pty.exited).toMatchObject({code: 0});
		expect(bench.node('n1')?.spec).toMatchObject({unschedulable: true});
		await bench.guard({deny: ['runbook']});
		await using guarded = bench.open(...walk(await put('# Try\n\n```sh\ntouch changed\n```\n', 'change.md')));
		await answer(guarded, 'y runs it', 'y');
		await guarded.shows('what a runbook changes is refused by guards.deny of context');
		expect(await exists('changed')).toBe(false);
	});

	test.each([['--read-only'], ['guards.readOnly']])('%s covers what a runbook changes', async how => {
		await bench.allow();
		if (how === 'guards.readOnly') await bench.guard({readOnly: true});
		const flags = how === '--read-only' ? ['--read-only'] : [];
		await using pty = bench.open(...walk(await put('# Try\n\n```sh\ntouch changed\n```\n', 'change.md'), ...flags));
		await answer(pty, 'y runs it', 'y');
		await pty.shows(`what a runbook changes is refused by ${how}`);
		expect(await exists('changed')).toBe(false);
	});

	test('where guards want a name typed, every change wants that of the context', async () => {
		await bench.allow();
		await bench.guard({confirm: 'name'});
		await using pty = bench.open(...walk(await put('# Try\n\n```sh\ntouch changed\n```\n', 'change.md')));
		await answer(pty, 'y runs it', 'y');
		await answer(
			pty,
			`Type ${bench.cluster.contextName} to run it, for every change asks for it here`,
			bench.cluster.contextName,
		);
		await enter(pty, 'enter ends it');
		expect(await exists('changed')).toBe(true);
	});

	test('an ssh session outside tmux and screen is warned', async () => {
		await using pty = bench.home.open([...walk(await put(), '--param', 'NODE=n1'), ...bench.reaching], {
			columns: 100,
			rows: 50,
			environment: {SSH_CONNECTION: '10.0.0.9 4000 10.0.0.1 22'},
		});
		await pty.shows('This is an ssh session outside tmux or screen.');
	});

	test('what draws on the whole terminal is given it, interrupts and all, and gives it back', async () => {
		await bench.allow();
		const bin = join(bench.home.folder, 'bin');
		await mkdir(bin);
		await chmod(
			await bench.home.put(
				'bin/htop',
				'#!/bin/sh\ntrap "echo interrupted" INT\necho "before $(tty)"\nuntil read line && test -n "$line"; do :; done\necho "heard $line"\n',
			),
			0o700,
		);
		await using pty = bench.home.open([...walk(await put('# Try\n\n```sh\nhtop\n```\n')), ...bench.reaching], {
			columns: 100,
			rows: 50,
			environment: {PATH: `${bin}:${process.env.PATH}`, SHELL: '/bin/bash'},
		});
		await answer(pty, /runs it/, 'y');
		await pty.shows(/before \/dev\//);
		pty.press('ctrl-c');
		await pty.shows('interrupted');
		pty.type('me');
		pty.press('enter');
		await pty.shows('heard me');
		await enter(pty, /done: exit code 0[\s\S]*enter ends it/);
		expect(await pty.exited).toMatchObject({code: 0});
	});

	test('an interrupt stops the step that runs, and leaves at a question', async () => {
		await using pty = bench.open(...walk(await put('# Try\n\n```sh\necho begun; sleep 60\n```\n')));
		await enter(pty, 'enter runs it');
		await pty.shows('| begun');
		pty.press('ctrl-c');
		await pty.shows(/stopped: stopped, ended by SIGINT|stopped: stopped, exit code 130/);
		await pty.shows('What now?');
		pty.press('ctrl-c');
		expect(await pty.exited).toMatchObject({code: 130});
		expect(pty.text()).toMatch(/to go on: midwatch runbook resume/);
	});
});

describe('killed', () => {
	const killedIn = async (script: string, answers: string, signal: NodeJS.Signals) => {
		await bench.allow();
		const pty = bench.open(...walk(await put(`# Try\n\n\`\`\`sh\n${script}\n\`\`\`\n`)));
		await answer(pty, /runs it/, answers);
		await pty.shows('| begun');
		pty.kill(signal);
		await pty.exited;
		return lastRun();
	};

	test.each(['SIGKILL', 'SIGHUP'] as const)(
		'by %s in what only reads: it died too, and nobody knows what it did',
		async signal => {
			const run = await killedIn('echo begun; sleep 60', '', signal);
			await using pty = bench.open('runbook', 'resume', run);
			await pty.shows('Nobody saw its end: verify what it did.');
			pty.type('d it was well');
			pty.press('enter');
			await enter(pty, 'enter ends it');
			expect(await pty.exited).toMatchObject({code: 0});
		},
	);

	test.each(['SIGKILL', 'SIGHUP'] as const)(
		'by %s in what changes something: it came to its end, which is told with what it printed',
		async signal => {
			const run = await killedIn('echo begun; sleep 1; touch changed; echo ended; exit 3', 'y', signal);
			await using pty = bench.open('runbook', 'resume', run);
			await pty.shows(/failed: exit code 3[\s\S]*What now\?/);
			expect(await exists('changed')).toBe(true);
			pty.type('q');
			pty.press('enter');
			expect(await pty.exited).toMatchObject({code: 3});
			expect(await journalOf(run)).not.toContain('"damaged"');
			const {stdout} = await bench.home.run('runbook', 'report', run);
			expect(stdout).toContain('```text\nbegun\nended\n```');
		},
	);
});

describe('taken up again', () => {
	const begun = async () => {
		await bench.run(...walk(await put(), '--param', 'NODE=n1'));
		return lastRun();
	};

	test('on another context it is refused', async () => {
		const run = await begun();
		const config = JSON.parse(await readFile(bench.kubeconfig, 'utf8'));
		const [{context}] = config.contexts;
		const other = await bench.home.put(
			'other.yaml',
			JSON.stringify({...config, contexts: [...config.contexts, {name: 'other', context}]}),
		);
		const {code, stderr} = await bench.home.run('runbook', 'resume', run, '--kubeconfig', other, '--context', 'other');
		expect(stderr.trimEnd().split('\n')).toEqual([
			expect.stringMatching(
				/^The run \S+ is not taken up again: it was begun on the context .+, and this is other; a session stays on its context\.$/,
			),
		]);
		expect(code).toBe(2);
	});

	test('on another server it is refused', async () => {
		const run = await begun();
		const other = await bench.home.put('other.yaml', kubeconfig('https://127.0.0.1:1', {token: 'x'}));
		const {code, stderr} = await bench.home.run('runbook', 'resume', run, '--kubeconfig', other);
		expect(stderr).toMatch(/^The run \S+ is not taken up again: it was begun on another cluster than here\.$/m);
		expect(code).toBe(2);
	});

	test('with another text it is refused', async () => {
		const run = await begun();
		await put(`${markdown}\nMore.\n`);
		const {code, stderr} = await bench.run('runbook', 'resume', run);
		expect(stderr).toMatch(/^The runbook try was changed since /);
		expect(code).toBe(2);
	});
});

describe('runbooks of a working directory', () => {
	test('are run once they are trusted', async () => {
		await mkdir(join(bench.home.folder, '.midwatch', 'runbooks'), {recursive: true});
		const file = await put('# Try\n\n```sh\necho ran\n```\n', '.midwatch/runbooks/theirs.md');
		const alone = await bench.run(...walk(file, '--yes-reading'));
		expect(alone.stderr).toContain('was not looked at yet');
		expect([alone.code, alone.stdout]).toEqual([2, '']);
		await using pty = bench.open(...walk('theirs'));
		await answer(pty, 'Did you look at it, and trust it from now on? (yes/no)', 'yes');
		await enter(pty, 'enter runs it');
		await pty.shows('| ran');
		expect((await bench.run(...walk(file, '--yes-reading'))).code).toBe(0);
	});
});

describe('bad input gets one sentence', () => {
	test.each<[string, () => Promise<readonly string[]>, RegExp]>([
		['a missing file', async () => walk('/nowhere/x.md'), /^\/nowhere\/x\.md is not there; look for a mistake in its name\.$/],
		['a binary file', async () => walk(await put('# x\0y')), /try\.md is no text; a runbook is Markdown in UTF-8\.$/],
		[
			'10 MB',
			async () => walk(await put('x\n'.repeat(5_000_000))),
			/try\.md has 10\.0 MB, and a runbook may have 1 MB; take it apart\.$/,
		],
		['an unknown id', async () => walk('node-failre'), /^There is no runbook "node-failre"; did you mean node-failure\?$/],
		[
			'a value that is missing',
			async () => walk(await put()),
			/^The runbook try asks for NODE: say --param NODE=VALUE, or --finding ID:SUBJECT\.$/,
		],
		[
			'a value that does not fit',
			async () => walk(await put(), '--param', 'NODE=Not a node'),
			/^NODE is the name of a node: .+, not "Not a node"\.$/,
		],
		[
			'a value that nothing asks for',
			async () => walk(await put(), '--param', 'NOD=x'),
			/^The runbook try asks for no "NOD"; it asks for NODE, WORD\.$/,
		],
		['no value at all', async () => walk(await put(), '--param', 'NODE'), /^--param wants NAME=VALUE, not "NODE"\.$/],
		[
			'a step that it does not have',
			async () => walk(await put(), '--param', 'NODE=n1', '--step', '9'),
			/^The runbook try has no step 9; it has 4\.$/,
		],
		['no such run', async () => ['runbook', 'resume', 'nothing'], /^No run of a runbook was ever written down here\.$/],
	])('%s', async (_, words, sentence) => {
		const {code, stdout, stderr} = await bench.run(...(await words()));
		expect(stderr.trimEnd()).toMatch(sentence);
		expect(stderr.trimEnd().split('\n')).toHaveLength(1);
		expect([code, stdout]).toEqual([2, '']);
	});
});

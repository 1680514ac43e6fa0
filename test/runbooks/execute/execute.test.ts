import {readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {processStart} from '../../../source/files/process-start.ts';
import {printing} from '../../bench/steps.ts';
import {newSteps, type Steps, shells} from './running.ts';

let steps: Steps;
beforeEach(async () => {
	steps = await newSteps();
});
afterEach(() => steps[Symbol.asyncDispose]());

const classes = ['reading', 'changing'] as const;

describe.each(classes)('a %s command', of => {
	test('is told with its exit code and what it printed, and that is kept', async () => {
		const ended = await steps.run('echo one; echo two >&2; exit 3', {class: of, folder: join(steps.folder, 'kept')});
		expect(ended).toMatchObject({result: 'failed', text: 'exit code 3', exit: 3, lines: ['one', 'two']});
		expect(await readFile(join(steps.folder, 'kept/output'), 'utf8')).toBe('one\ntwo\n');
		expect(JSON.parse(await readFile(join(steps.folder, 'kept/end.json'), 'utf8'))).toMatchObject({exit: 3});
		expect((await stat(join(steps.folder, 'kept/output'))).mode & 0o777).toBe(0o600);
		expect(await steps.run('true', {class: of})).toMatchObject({result: 'done', exit: 0, lines: []});
	});

	test('has a terminal of its own, and nobody to answer it', async () => {
		const ended = await steps.run('test -t 1 && echo terminal; read answer; echo "answer: [$answer]"; tty', {class: of});
		expect(ended.lines.slice(0, 2)).toEqual(['terminal', 'answer: []']);
	});

	test('that asks the terminal itself is ended when its time is up', async () => {
		const ended = await steps.run('echo asking; read answer </dev/tty', {class: of, within: 300});
		expect(ended).toMatchObject({result: 'failed', text: expect.stringMatching(/^not done within <10s, /), lines: ['asking']});
	});

	test('can be stopped, is asked first, and told then', async () => {
		const stopping = new AbortController();
		const stop = stopping.signal;
		const ended = steps.run('trap "echo asked; exit 4" INT; echo ready; while :; do sleep 0.05; done', {
			class: of,
			stop,
			report: ({lines}) => lines.includes('ready' as never) && stopping.abort(),
		});
		expect(await ended).toMatchObject({result: 'stopped', exit: 4, lines: ['ready', 'asked']});
	});

	test('comes to its own end though it closes its output before that, as many programs do', async () => {
		const ended = await steps.run('echo said; exec >&- 2>&-; sleep 0.2; exit 4', {class: of});
		expect(ended).toMatchObject({result: 'failed', text: 'exit code 4', lines: ['said']});
	});

	test('is shown while it runs', async () => {
		const seen: string[] = [];
		await steps.run('echo first; sleep 1; echo second', {class: of, report: ({lines}) => seen.push(lines.join('|'))});
		expect(seen).toContain('first');
		expect(seen.at(-1)).toBe('first|second');
	});
});

describe.each(shells)('in %s', shell => {
	const environment = {SHELL: shell};

	test.each([
		'; rm -rf "$HOME"; #',
		'$(touch injected)`touch injected`',
		'two\nlines\n',
		'-rf',
		'--all',
		`'"\\'"`,
		'a  b\t*',
		'!!',
		'~',
		'ü \u0007\u001b[31m',
		'',
	])('the value %j reaches the command as it is', async value => {
		const script = 'set -- "$VALUE"; printf "%s" "$#" > count; printf "%s" "$1" > value';
		expect(await steps.run(script, {environment, parameters: {VALUE: value}})).toMatchObject({result: 'done'});
		expect(await readFile(join(steps.folder, 'value'), 'utf8')).toBe(value);
		expect(await readFile(join(steps.folder, 'count'), 'utf8')).toBe('1');
		await expect(stat(join(steps.folder, 'injected'))).rejects.toThrow('ENOENT');
	});

	test('no file of the shell is read, no alias and no function holds', async () => {
		const trap = `alias ls='echo trapped'; ls() { echo trapped; }; echo trapped`;
		const files = ['.bashrc', '.bash_profile', '.profile', '.zshrc', '.zshenv', '.zprofile', '.zlogin', '.env'];
		for (const file of files) await writeFile(join(steps.folder, file), trap);
		const {lines} = await steps.run('ls -d .', {
			environment: {
				...environment,
				BASH_ENV: join(steps.folder, '.env'),
				ENV: join(steps.folder, '.env'),
				ZDOTDIR: steps.folder,
				'BASH_FUNC_ls%%': '() { echo trapped; }',
			},
		});
		expect(lines).toEqual(['.']);
	});

	test('a change of PATH does not outlive its step', async () => {
		const {lines} = await steps.run('PATH=/nowhere; export PATH; echo "$PATH"', {environment});
		expect(lines).toEqual(['/nowhere']);
		expect((await steps.run('echo "$PATH"', {environment})).lines).toEqual([process.env.PATH]);
	});
});

test('what could lead elsewhere is pinned or gone', async () => {
	const elsewhere = {
		KUBECONFIG: '/elsewhere',
		KUBERNETES_SERVICE_HOST: 'elsewhere',
		HELM_KUBEAPISERVER: 'elsewhere',
		HELM_KUBECONTEXT: 'elsewhere',
		TALOSCONFIG: '/elsewhere',
		OMNICONFIG: '/elsewhere',
		ARGOCD_SERVER: 'elsewhere',
		ETCDCTL_ENDPOINTS: 'elsewhere',
	};
	const {lines} = await steps.run('env', {
		environment: elsewhere,
		parameters: {NODE: 'nuc-2', KUBECONFIG: '/elsewhere', PATH: '/elsewhere'},
	});
	expect(lines.filter(line => line.includes('elsewhere'))).toEqual([]);
	expect(lines).toContain('HELM_KUBECONTEXT=homelab');
	expect(lines).toContain(`KUBECONFIG=${steps.folder}/pinned/kubeconfig`);
	expect(lines).toContain('NODE=nuc-2');
});

test('escape sequences are not shown, and lines are as a terminal would leave them', async () => {
	const {lines} = await steps.run(String.raw`printf '\033[2J\033]0;title\007red\n10%%\r50%%\r100%%\n\302\2331mx\n'`);
	expect(lines).toEqual(['red', '100%', 'x']);
});

test('secrets that are printed are neither shown at the end nor kept', async () => {
	const folder = join(steps.folder, 'secret');
	const script = `echo DB_PASSWORD=hunter2; echo opaque-token-1; printf 'data:\\n  a: aHVudGVyMg==\\nkind: Secret\\n'`;
	const {lines} = await steps.run(script, {folder, secrets: ['opaque-token-1']});
	expect(lines).toEqual(['DB_PASSWORD=[redacted]', '[redacted]', 'data:', '  a: [redacted]', 'kind: Secret']);
	expect(await readFile(join(folder, 'output'), 'utf8')).not.toMatch(/hunter2|opaque|aHVud/);
});

test.each([
	['off', 0],
	['tail', 51],
	['full', 200],
] as const)('of output, %s keeps %i lines', async (output, kept) => {
	expect((await steps.run('seq 200', {output})).lines).toHaveLength(kept);
});

test('what goes on in the background holds nothing up: it ends with a reading step, and is told of a changing one', async () => {
	const script =
		'rm -f trapped; (trap "" HUP; : > trapped; sleep 30) & echo $! > pid; until [ -e trapped ]; do sleep 0.01; done; echo started';
	const pid = async () => Number(await readFile(join(steps.folder, 'pid'), 'utf8'));
	expect(await steps.run(script)).toMatchObject({result: 'done', text: 'exit code 0', lines: ['started']});
	await expect.poll(async () => processStart(await pid())).toBeUndefined();
	expect(await steps.run(script, {class: 'changing'})).toMatchObject({
		result: 'done',
		text: 'exit code 0; it left something running in the background',
	});
	expect(await processStart(await pid())).toBeDefined();
	process.kill(await pid(), 'SIGKILL');
});

test('the memory that output takes does not grow with it, and its beginning and its end are kept', {
	timeout: 120_000,
}, async () => {
	// 1 GB is the benchmark's; four times what it may take shows as much.
	const {memory, lines} = await printing(240e6);
	expect(lines[0]).toBe('first');
	expect(lines.at(-1)).toBe('last');
	expect(lines.some(line => /^… 2\d\dMi left out …$/.test(line))).toBe(true);
	expect(memory).toBeLessThan(60);
});

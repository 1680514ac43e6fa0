import {spawn} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {openPty, type Pty} from '../_helpers/pty.ts';
import {type Home, newHome, quoted} from './program.ts';

let home: Home;
let breaks: string;
beforeAll(async () => {
	home = await newHome();
	const file = await home.put(
		'breaks.cjs',
		`process.on('SIGUSR2', () => setTimeout(() => {
			if (process.env.BREAKS_BY === 'a rejection') void Promise.reject(new Error('on purpose'));
			else throw new Error('on purpose');
		}));`,
	);
	// Not `--import`, which a single-file executable does not know.
	breaks = `--require=${file}`;
});
afterAll(() => home[Symbol.asyncDispose]());

async function broken(environment: Readonly<Record<string, string>>): Promise<Pty> {
	const pty = home.open(['demo'], {environment: {NODE_OPTIONS: breaks, ...environment}});
	await pty.shows('nuc-2');
	await pty.shows('● live');
	pty.kill('SIGUSR2');
	return pty;
}

/** The screen from before, a cursor, lines that wrap, and nothing that still listens. */
function expectIntact(pty: Pty): void {
	const written = pty.written();
	expect(pty.terminal.state().buffer).toBe('normal');
	expect(written.lastIndexOf('\u001b[?25h')).toBeGreaterThan(written.lastIndexOf('\u001b[?25l'));
	expect(written.lastIndexOf('\u001b[?2004h')).toBeLessThanOrEqual(written.lastIndexOf('\u001b[?2004l'));
	expect(written.lastIndexOf('\u001b[?7l')).toBeLessThanOrEqual(written.lastIndexOf('\u001b[?7h'));
}

describe.each(['an exception', 'a rejection'])('%s that nobody caught', by => {
	test('gives the terminal back, then says one sentence', async () => {
		await using pty = await broken({BREAKS_BY: by});
		const {code, signal} = await pty.exited;
		expect({code, signal}).toEqual({code: 1, signal: 0});
		await pty.quiet();
		expectIntact(pty);
		const said = pty.lines().filter(line => line !== '');
		expect(said).toEqual(['midwatch stopped, which is its own mistake: on purpose (MIDWATCH_DEBUG=1 shows where)']);
		expect(pty.written().indexOf('on purpose')).toBeGreaterThan(pty.written().lastIndexOf('\u001b[?1049l'));
	});
});

test('with MIDWATCH_DEBUG it says where', async () => {
	await using pty = await broken({MIDWATCH_DEBUG: '1'});
	await pty.exited;
	await pty.quiet();
	expectIntact(pty);
	expect(pty.text()).toMatch(/on purpose\n.*Error: on purpose\n +at .*breaks\.cjs/);
});

test('the terminal takes keys as before: echo and line editing are back', async () => {
	const environment = {...home.environment, PS1: 'ready> ', PID: join(home.folder, 'pid')};
	await using pty = openPty({command: 'bash', arguments: ['--norc', '--noprofile', '-i'], environment});
	await pty.shows('ready>');
	pty.type(
		`NODE_OPTIONS='${breaks}' sh -c 'echo $$ >$PID; exec ${quoted} demo'; stty -a | tr ' ' '\\n' | grep -E '^-?(echo|icanon|isig)$' | xargs echo modes\r`,
	);
	await pty.shows('● live');
	process.kill(Number(await readFile(join(home.folder, 'pid'), 'utf8')), 'SIGUSR2');
	await pty.shows('modes isig icanon echo');
	expect(pty.terminal.state().buffer).toBe('normal');
});

test('stdout closed by the other side ends the snapshot and the list quietly', async () => {
	const script = `for words in demo 'demo --list' --help; do ${quoted} $words | true; echo "ended with \${PIPESTATUS[0]}"; done`;
	const child = spawn('bash', ['-c', script], {env: home.environment});
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += String(chunk)));
	await new Promise(resolve => child.once('close', resolve));
	expect(said).toBe('ended with 0\n'.repeat(3));
});

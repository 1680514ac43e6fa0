import {spawn} from 'node:child_process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {commands} from '../../source/commands/table.ts';
import {paneIds} from '../../source/vocabulary.ts';
import {type Home, newHome, program, quoted} from './program.ts';

let home: Home;
beforeAll(async () => {
	home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

describe('without a terminal', () => {
	test('help and version are printed, nothing else', async () => {
		expect(await home.run('--version')).toMatchObject({code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: ''});
		for (const {name, flags} of commands) {
			const {code, stdout} = await home.run(...(name === '' ? [] : [name]), '--help');
			expect(code).toBe(0);
			for (const flag of flags) expect(stdout).toContain(`--${flag.name}`);
			expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(120);
		}
	});

	test('the demo prints a snapshot of all panes, in plain text', async () => {
		const {code, stdout, stderr} = await home.run('demo');
		for (const title of ['Incidents', 'Nodes', 'Storage tiers', 'BGP peers', 'Backup tiers', 'GPU', 'Platform'])
			expect(stdout).toMatch(new RegExp(`^${title}`, 'm'));
		expect(stdout).toMatch(/^● nuc-1 +cp,etcd +ready/m);
		expect(stdout).toContain('DEMO');
		// Also whether the server is well has been asked by then.
		expect(stdout).toMatch(/^Incidents\n {2}nothing wrong$/m);
		expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
	});

	test('a snapshot of one pane, as data', async () => {
		await using served = await serve();
		const {code, stdout} = await home.run('snapshot', 'storage', '--output', 'json', '--kubeconfig', served.kubeconfig);
		const data = JSON.parse(stdout) as {
			schema: string;
			exit: number;
			unseen: unknown[];
			panes: Record<string, {rows: Array<{cells: Record<string, string>}>}>;
		};
		expect(data).toMatchObject({schema: 'midwatch.snapshot/1', exit: 0, unseen: []});
		expect(Object.keys(data.panes)).toEqual(['storage']);
		expect(data.panes.storage?.rows.map(({cells}) => cells.name ?? cells.tier)).toContain('nvme');
		expect(code).toBe(0);
	});

	test('incidents and all panes are in the data', async () => {
		await using served = await serve();
		const {stdout} = await home.run('snapshot', '-o', 'json', '--kubeconfig', served.kubeconfig);
		const {panes, incidents} = JSON.parse(stdout) as {panes: object; incidents: unknown[]};
		expect(Object.keys(panes)).toEqual([...paneIds, 'platform']);
		expect(incidents).toEqual([]);
	});

	test('a reader that has seen enough ends it quietly', async () => {
		const script = `${quoted} demo 2>&1 >/dev/full; ${quoted} demo --list | head -1; echo "\${PIPESTATUS[0]}"`;
		const child = spawn('bash', ['-c', script], {env: home.environment});
		let said = '';
		for await (const chunk of child.stdout) said += String(chunk);
		expect(said).toMatch(/Worlds/);
		expect(said).toMatch(/\n0\n$/);
		expect(said).not.toMatch(/\n\s+at /);
	});
});

/** `midwatch demo --serve` in a process of its own. */
async function serve() {
	const child = spawn(program.file, [...program.words, 'demo', '--serve'], {env: home.environment});
	const kubeconfig = await new Promise<string>((resolve, reject) => {
		child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
		child.once('exit', () => reject(new Error('the demo ended at once')));
	});
	return {
		kubeconfig,
		[Symbol.asyncDispose]: () =>
			new Promise<void>(resolve => {
				child.once('exit', () => resolve());
				child.kill('SIGTERM');
			}),
	};
}

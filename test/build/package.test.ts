import {spawn} from 'node:child_process';
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {running} from '../demo/running.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

let folder: string;
let bin: string;

type Ended = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

async function run(command: string, words: readonly string[], directory: string): Promise<Ended> {
	const {PATH = ''} = process.env;
	const child = spawn(command, words, {cwd: directory, env: {PATH, HOME: folder}, stdio: ['ignore', 'pipe', 'pipe']});
	const code = new Promise<number | null>(resolve => child.once('close', resolve));
	const [stdout, stderr, ended] = await Promise.all([text(child.stdout), text(child.stderr), code]);
	return {code: ended, stdout, stderr};
}

/** Packs what is built and installs it where nothing else is, without a network. */
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'midwatch-package-'));
	expect(await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], root)).toMatchObject({code: 0});
	const tarball = (await readdir(folder)).find(name => name.endsWith('.tgz')) ?? '';
	const install = ['install', '--global', '--offline', '--prefix', join(folder, 'prefix'), join(folder, tarball)];
	expect(await run('npm', install, folder)).toMatchObject({code: 0});
	bin = join(folder, 'prefix', 'bin');
});
afterAll(() => rm(folder, {recursive: true, force: true}));

test('the package has no dependencies, and nothing but the program in it', async () => {
	const modules = join(folder, 'prefix', 'lib', 'node_modules');
	expect(await readdir(modules)).toEqual(['midwatch']);
	expect((await readdir(join(modules, 'midwatch'))).toSorted()).toEqual([
		'dist',
		'license',
		'package.json',
		'readme.md',
		'themes',
	]);
	const manifest = JSON.parse(await readFile(join(modules, 'midwatch', 'package.json'), 'utf8')) as Record<string, unknown>;
	expect(Object.keys(manifest).filter(key => /^(peer|optional|bundle)?d(ependencies)$/i.test(key))).toEqual([]);
});

test.each(['midwatch', 'kubectl-midwatch'])('installed, %s tells its version and plays the demo', async name => {
	expect(await run(join(bin, name), ['--version'], folder)).toMatchObject({
		code: 0,
		stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
	});
	expect(await run(join(bin, name), ['demo', '--list'], folder)).toMatchObject({
		code: 0,
		stdout: expect.stringContaining('homelab'),
	});
});

test('installed, it prints a snapshot of a cluster', async () => {
	const {cluster, stop} = await running();
	try {
		const kubeconfig = await cluster.writeKubeconfig();
		const {code, stdout, stderr} = await run(join(bin, 'midwatch'), ['snapshot', 'nodes', '--kubeconfig', kubeconfig], folder);
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		expect(stdout).toMatch(/^. n1 +/m);
	} finally {
		await stop();
	}
});

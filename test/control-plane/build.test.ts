import {spawnSync} from 'node:child_process';
import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {buildControlPlane} from './build.ts';

const folder = mkdtempSync(join(tmpdir(), 'midwatch-build-'));
afterAll(() => rmSync(folder, {recursive: true}));

function build(goOnPath: string | undefined) {
	if (goOnPath !== undefined) {
		writeFileSync(join(folder, 'go'), `#!/bin/sh\n${goOnPath}\n`);
		chmodSync(join(folder, 'go'), 0o755);
	}
	const path = goOnPath === undefined ? join(folder, 'nowhere') : folder;
	return spawnSync(process.execPath, [join(import.meta.dirname, 'build.ts')], {
		encoding: 'utf8',
		env: {PATH: path, MIDWATCH_CONTROL_PLANE_CACHE: join(folder, 'cache')},
	});
}

test('without Go it says so in one sentence and fails', () => {
	const {status, stdout, stderr} = build(undefined);
	expect(status).toBe(1);
	expect(stdout).toBe('');
	expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/there is no `go` command on the PATH: install any Go/)]);
});

test('an old Go, which cannot pick the pinned one by itself, is asked to download it as a module', () => {
	const {status, stderr} = build('[ "$1" = env ] && echo go1.19.8 && exit 0; echo "asked to $*" >&2; exit 1');
	expect(status).toBe(1);
	expect(stderr).toMatch(/asked to mod download -json golang\.org\/toolchain@v0\.0\.1-go1\.\d+\.\d+\.[a-z]+-[a-z\d]+\n$/);
});

test('a build that fails tells the last words of Go and leaves nothing half done', () => {
	const {status, stderr} = build(
		'[ "$1" = env ] && echo go1.26.0 && exit 0; [ "$1" = version ] && exit 0; echo "no route to the module proxy" >&2; exit 1',
	);
	expect(status).toBe(1);
	expect(stderr).toMatch(/`go build` in .* ended with 1:\nno route to the module proxy/);
	expect(stderr).not.toMatch(/\n\s+at /);
});

test('what is built is found again at once', async () => {
	const said: string[] = [];
	await buildControlPlane(line => said.push(line));
	expect(said).toEqual([]);
});

import {spawn} from 'node:child_process';
import {chmod, readdir, readFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const here = import.meta.dirname;

/** One sentence for a person: what is missing, and what to do. */
export class BuildError extends Error {}

let command: Promise<string> | undefined;

/**
 * Runs the `go` command in this folder's module and returns what it printed.
 *
 * @throws BuildError without Go, or with the last lines of what it said.
 */
export async function go(args: readonly string[]): Promise<string> {
	command ??= findGo();
	return run(await command, args, here);
}

/**
 * Go from 1.21 on fetches the version that go.mod pins by itself. An older one (Debian 12 has 1.19) does not know how,
 * but can download it, for a toolchain is a Go module like any other: https://go.dev/ref/mod#go-toolchains
 */
async function findGo(): Promise<string> {
	// Not in the module: an older Go cannot read its go.mod.
	const version = (await run('go', ['env', 'GOVERSION'], tmpdir())).trim();
	const [, major = '0', minor = '0'] = /^go(\d+)\.(\d+)/.exec(version) ?? [];
	if (Number(major) > 1 || Number(minor) >= 21) return 'go';
	return fetchToolchain();
}

async function fetchToolchain(): Promise<string> {
	const [, wanted] = /^toolchain (\S+)$/m.exec(await readFile(join(here, 'go.mod'), 'utf8')) ?? [];
	const system = process.platform === 'win32' ? 'windows' : process.platform;
	const machine = process.arch === 'x64' ? 'amd64' : process.arch;
	const module = `golang.org/toolchain@v0.0.1-${wanted}.${system}-${machine}`;
	const {Dir: root} = JSON.parse(await run('go', ['mod', 'download', '-json', module], tmpdir())) as {Dir: string};
	// Files of a module cannot be run until somebody says so.
	const folders = [join(root, 'bin'), join(root, 'pkg', 'tool', `${system}_${machine}`)];
	for (const folder of folders) {
		for (const name of await readdir(folder)) await chmod(join(folder, name), 0o755);
	}
	return join(root, 'bin', 'go');
}

function run(file: string, args: readonly string[], cwd: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const child = spawn(file, args, {
			cwd,
			env: {...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'auto', GOWORK: 'off'},
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const printed: Buffer[] = [];
		const complaints: Buffer[] = [];
		child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
		child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
		child.on('error', () => reject(new BuildError(withoutGo)));
		child.on('close', code => {
			if (code === 0) return resolve(Buffer.concat(printed).toString());
			const said = Buffer.concat([...printed, ...complaints]).toString();
			reject(new BuildError(`\`go ${args[0]}\` in ${cwd} ended with ${code}:\n${said.trim().split('\n').slice(-8).join('\n')}`));
		});
	});
}

const withoutGo =
	'The real control plane is built with Go, and there is no `go` command on the PATH: install any Go (https://go.dev/dl or your package manager) and try again.';

import {createHash} from 'node:crypto';
import {constants} from 'node:fs';
import {access, mkdir, readFile, rename, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {BuildError, go} from './go.ts';

const here = import.meta.dirname;
const repository = join(here, '..', '..');

/** What a control plane is made of: the name of each program and the Go package that builds it, in the order of need. */
const programs = {
	etcd: 'go.etcd.io/etcd/server/v3',
	'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
	'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
	'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
	kubectl: 'k8s.io/kubernetes/cmd/kubectl',
	kwok: 'sigs.k8s.io/kwok/cmd/kwok',
} as const;

type Program = keyof typeof programs;

/**
 * Builds what is missing of the control plane and returns the folder that holds it.
 *
 * The folder is `.cache/control-plane/<hash of go.mod and go.sum>/`, or lies under `MIDWATCH_CONTROL_PLANE_CACHE`.
 * Each program is renamed into place only when it is whole, so an interrupted build goes on where it stopped,
 * and two builds at the same time do not disturb each other. From nothing it takes five minutes on two cores.
 *
 * @throws BuildError without Go, or where the build fails.
 */
export async function buildControlPlane(say: (line: string) => void = toStderr): Promise<string> {
	const {hash, flags} = await readModule();
	const root = process.env.MIDWATCH_CONTROL_PLANE_CACHE ?? join(repository, '.cache', 'control-plane');
	const folder = join(root, hash);
	const missing = await whatIsMissing(folder);
	if (missing.length === 0) return folder;

	await go(['version']);
	await mkdir(folder, {recursive: true});
	say(`control plane: building ${missing.join(', ')} into ${folder} (about five minutes on two cores, once)`);
	for (const [index, name] of missing.entries()) {
		const started = Date.now();
		await build(folder, name, flags);
		const seconds = Math.round((Date.now() - started) / 1000);
		say(`control plane: ${index + 1} of ${missing.length}, ${name}, ${seconds} s`);
	}
	return folder;
}

async function build(folder: string, name: Program, flags: string): Promise<void> {
	const unfinished = join(folder, `.${name}.${process.pid}`);
	try {
		await go(['build', '-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags', flags, '-o', unfinished, programs[name]]);
		await rename(unfinished, join(folder, name));
	} finally {
		await rm(unfinished, {force: true});
	}
}

/** The hash that names the cache folder, and linker flags: without them `/version` answers v0.0.0. */
async function readModule(): Promise<{hash: string; flags: string}> {
	const module = await readFile(join(here, 'go.mod'), 'utf8');
	const sums = await readFile(join(here, 'go.sum'), 'utf8');
	const version = /\sk8s\.io\/kubernetes (v(\d+)\.(\d+)\.\S+)/.exec(module);
	if (!version) throw new BuildError(`${join(here, 'go.mod')} does not name a version of k8s.io/kubernetes: add it.`);
	const [, gitVersion, major, minor] = version;
	const set = (name: string, value = '') => `-X k8s.io/component-base/version.${name}=${value}`;
	const flags = [
		'-s -w',
		set('gitVersion', gitVersion),
		set('gitMajor', major),
		set('gitMinor', minor),
		set('gitTreeState', 'clean'),
	];
	const hash = createHash('sha256').update([module, sums, process.platform, process.arch].join('\n')).digest('hex').slice(0, 16);
	return {hash, flags: flags.join(' ')};
}

async function whatIsMissing(folder: string): Promise<Program[]> {
	const names = Object.keys(programs) as Program[];
	const found = await Promise.all(
		names.map(async name => {
			try {
				await access(join(folder, name), constants.X_OK);
				return true;
			} catch {
				return false;
			}
		}),
	);
	return names.filter((_, index) => !found[index]);
}

function toStderr(line: string): void {
	process.stderr.write(`${line}\n`);
}

if (import.meta.main) {
	try {
		process.stdout.write(`${await buildControlPlane()}\n`);
	} catch (error) {
		if (!(error instanceof BuildError)) throw error;
		toStderr(error.message);
		process.exitCode = 1;
	}
}

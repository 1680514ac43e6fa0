import {execFile, spawn} from 'node:child_process';
import {mkdtemp, readdir, readFile, realpath, rm, writeFile} from 'node:fs/promises';
import type {Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';

const prefix = 'midwatch-control-plane-';
const ownerFile = 'owner';

/** Sees to it that nothing outlives the process that started it, not even where that one is killed with SIGKILL. */
export type Keeper = {
	/** A folder that vanishes with everything else. */
	readonly directory: string;
	readonly own: (pid: number) => void;
	readonly disown: (pid: number) => void;
	/** Ends all that is owned, removes the folder, and resolves when both are done. */
	readonly release: () => Promise<void>;
};

/** Reads what is owned from its standard input; at its end, which comes however its writer ends, it takes all down. */
const script = `
owned=' '
while read -r word pid; do
	case $word in
		own) owned="$owned$pid " ;;
		disown) case $owned in *" $pid "*) owned="\${owned%% $pid *} \${owned#* $pid }" ;; esac ;;
	esac
done
for pid in $owned; do kill -KILL "$pid" 2>/dev/null; done
for attempt in 1 2 3 4 5; do rm -rf "$1" 2>/dev/null && break; sleep 0.1; done
`;

export async function startKeeper(): Promise<Keeper> {
	await sweep();
	const directory = await mkdtemp(join(await realpath(tmpdir()), prefix));
	await writeFile(join(directory, ownerFile), `${process.pid}`);
	// Detached: an interrupt at the terminal must not reach it before its work is done.
	const shell = spawn('sh', ['-c', script, 'keeper', directory], {stdio: ['pipe', 'ignore', 'ignore'], detached: true});
	const ended = new Promise<void>(resolve => shell.once('exit', () => resolve()));
	shell.stdin.on('error', () => {});
	// A script that forgets to stop may end; that is what the keeper is there for.
	shell.unref();
	(shell.stdin as Socket).unref();
	return {
		directory,
		own: pid => shell.stdin.write(`own ${pid}\n`),
		disown: pid => shell.stdin.write(`disown ${pid}\n`),
		release: async () => {
			shell.ref();
			shell.stdin.end();
			await ended;
		},
	};
}

/**
 * Cleans up after runs whose owner and keeper were both killed. What belongs to such a run is known by its folder,
 * which is in the arguments of each of its programs.
 */
export async function sweep(): Promise<void> {
	const root = await realpath(tmpdir());
	for (const name of await readdir(root)) {
		const directory = join(root, name);
		if (!name.startsWith(prefix) || (await isOwned(directory))) continue;
		for (const pid of await programsOf(directory)) kill(pid);
		await rm(directory, {recursive: true, force: true});
	}
}

async function isOwned(directory: string): Promise<boolean> {
	try {
		return process.kill(Number(await readFile(join(directory, ownerFile), 'utf8')), 0);
	} catch (error) {
		// Where the owner's file is not there yet, a run begins right now; EPERM: it is somebody else's.
		return (error as NodeJS.ErrnoException).code !== 'ESRCH';
	}
}

async function programsOf(directory: string): Promise<number[]> {
	const {stdout} = await promisify(execFile)('ps', ['-eww', '-o', 'pid=,args=']);
	return stdout
		.split('\n')
		.filter(line => line.includes(directory) && !line.includes('ps -eww'))
		.map(line => Number.parseInt(line, 10))
		.filter(pid => pid !== process.pid);
}

function kill(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// It ended by itself meanwhile.
	}
}

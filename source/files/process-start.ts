import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {promisify} from 'node:util';

/**
 * When a process began, in words that no other process of this machine shares: numbers are given again, also after a boot.
 * Undefined where there is no such process, or only what is left of it until its parent has looked.
 */
export function processStart(pid: number): Promise<string | undefined> {
	return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

async function fromProc(pid: number): Promise<string | undefined> {
	try {
		const [stat, boot] = await Promise.all([
			readFile(`/proc/${pid}/stat`, 'utf8'),
			readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
		]);
		// The name before it may hold anything. proc(5): state is the third field, starttime the 22nd.
		const [state = 'X', ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return 'ZX'.includes(state) ? undefined : `${boot.trim()} ${rest[18] ?? ''}`;
	} catch {
		return undefined;
	}
}

async function fromPs(pid: number): Promise<string | undefined> {
	try {
		const {stdout} = await promisify(execFile)('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
			env: {LC_ALL: 'C', PATH: process.env.PATH},
		});
		const [state = '', ...start] = stdout.trim().split(/\s+/);
		return state === '' || state.startsWith('Z') ? undefined : start.join(' ');
	} catch {
		return undefined;
	}
}

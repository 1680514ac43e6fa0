import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], {encoding: 'utf8'}));

/** A figure of a process's memory in MiB; NaN for one that is no more. */
function mib(pid: number, what: 'VmRSS' | 'VmHWM'): number {
	const kib = new RegExp(`^${what}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	return Number(kib) / 1024;
}

/** Resident memory of a process. */
export const residentMiB = (pid: number): number => mib(pid, 'VmRSS');

/** The most resident memory that a process had so far. */
export const mostMiB = (pid: number): number => mib(pid, 'VmHWM');

/** Seconds of processor time a process has used, in user and kernel mode. */
export function cpuSeconds(pid: number): number {
	// The second field is the program's name in parentheses, which may hold spaces.
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /, '')
		.split(' ');
	return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]];
	return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {buildControlPlane} from '../control-plane/build.ts';
import type {ControlPlane} from '../control-plane/start.ts';
import {median, residentMiB} from './proc.ts';
import {type Watched, watch} from './terminal.ts';

const program = 'dist/midwatch.cjs';
const node = process.execPath;

/** Every pane has said what it knows: no source is waited for, and the first node is there. */
export const isLive = (screen: string): boolean => screen.includes('node-0') && !/loading|connecting|waiting/.test(screen);

/** Opens the dashboard on a kubeconfig. */
export const dashboard = (kubeconfig: string): Watched => watch(node, [program, '--kubeconfig', kubeconfig]);

/** The medians of commands that are run in turn, so that a slow moment of the machine hits them all. */
export async function startUp(control: ControlPlane, runs: number) {
	const kubectl = join(await buildControlPlane(), 'kubectl');
	const taken = {
		node: [] as number[],
		help: [] as number[],
		version: [] as number[],
		kubectl: [] as number[],
		text: [] as number[],
		row: [] as number[],
		all: [] as number[],
	};
	const end = (file: string, args: readonly string[]) => watch(file, args).ended;
	for (let run = -1; run < runs; run++) {
		const dashboarding = async () => {
			const open = dashboard(control.kubeconfig);
			const text = await open.firstByte;
			const row = await open.shows('node-0');
			const all = await open.shows(isLive);
			await open.end();
			return {text, row, all};
		};
		const now = {
			node: await end(node, ['-e', '0']),
			help: await end(node, [program, '--help']),
			version: await end(node, [program, '--version']),
			kubectl: await end(kubectl, ['--kubeconfig', control.kubeconfig, 'get', 'nodes']),
			...(await dashboarding()),
		};
		// The first round warms the caches of the disk and of the compiler.
		if (run >= 0) for (const [name, value] of Object.entries(now)) taken[name as keyof typeof taken].push(value);
	}
	return Object.fromEntries(Object.entries(taken).map(([name, values]) => [name, median(values)])) as Record<
		keyof typeof taken,
		number
	>;
}

/** Resident memory of a Node that does nothing, after it has started. */
export async function bareMemory(): Promise<number> {
	const bare = watch(node, ['-e', 'setTimeout(() => {}, 60_000); process.stdout.write("up")']);
	await bare.shows('up');
	await pause(200);
	const memory = residentMiB(bare.pid);
	await bare.end();
	return memory;
}

/** Bytes written in `seconds` in which the screen stays as it is; a window in which an age turned is not that. */
export async function idleBytes(open: Watched, seconds: number): Promise<number> {
	for (let tries = 0; tries < 6; tries++) {
		const [screen, bytes] = [open.screen(), open.bytes()];
		await pause(seconds * 1000);
		if (open.screen() === screen) return open.bytes() - bytes;
	}
	throw new Error('no window in which nothing visible changed');
}

/** Bytes written when one cell of one row changes: a node gets a role. */
export async function rowBytes(open: Watched, control: ControlPlane): Promise<number> {
	await idleBytes(open, 2);
	const before = open.bytes();
	await control.kubectl(['label', 'node', 'node-3', 'node-role.kubernetes.io/bench=']);
	await open.shows('bench', 5000);
	await pause(300);
	return open.bytes() - before;
}

/** Milliseconds until the dashboard says that an API server which answers nothing any more is stale. */
export async function hungShownAfter(open: Watched, control: ControlPlane): Promise<number> {
	const from = open.now();
	control.processes['kube-apiserver'].freeze();
	try {
		return (await open.shows(screen => screen.includes('no connection'), 60_000)) - from;
	} finally {
		control.processes['kube-apiserver'].thaw();
		await open.shows(isLive, 60_000);
	}
}

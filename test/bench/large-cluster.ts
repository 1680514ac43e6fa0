import {setTimeout as pause} from 'node:timers/promises';
import {loadWorld, renewLeases} from '../control-plane/load.ts';
import {type ControlPlane, startControlPlane} from '../control-plane/start.ts';
import type {BudgetId} from './budgets.ts';
import {drainPreflight} from './drain-preflight.ts';
import {eventToFindings} from './event.ts';
import {cpuSeconds, median, mostMiB, residentMiB} from './proc.ts';
import {dashboard, isLive, oneLook} from './small-cluster.ts';
import type {Watched} from './terminal.ts';

/** Milliseconds from a key press to the bytes it made, over several presses. */
async function keyToFrame(open: Watched, presses: number): Promise<number> {
	const taken: number[] = [];
	for (let press = 0; press < presses; press++) {
		const [before, from] = [open.bytes(), open.now()];
		open.press(press % 2 === 0 ? 'j' : 'k');
		while (open.bytes() === before && open.now() - from < 2000) await pause(1);
		taken.push(open.now() - from);
		await pause(100);
	}
	return median(taken);
}

/** Share of a core a process uses over `seconds`, in per cent. */
async function share(pid: number, seconds: number): Promise<number> {
	const before = cpuSeconds(pid);
	await pause(seconds * 1000);
	return ((cpuSeconds(pid) - before) / seconds) * 100;
}

async function opened(control: ControlPlane, runs: number) {
	const taken = {row: [] as number[], all: [] as number[]};
	for (let run = 0; run < runs; run++) {
		const open = dashboard(control.kubeconfig);
		taken.row.push(await open.shows('node-', 60_000));
		taken.all.push(await open.shows(isLive, 60_000));
		await open.end();
	}
	return {row: median(taken.row), all: median(taken.all)};
}

/** Times of one look, and the most memory any of them had. */
async function checked(control: ControlPlane, runs: number) {
	const taken: number[] = [];
	let memory = 0;
	for (let run = 0; run < runs; run++) {
		const look = oneLook(control.kubeconfig);
		// Its end is seen before it is over: the last figure is one of a process that lives.
		const timer = setInterval(() => {
			memory = Math.max(memory, mostMiB(look.pid) || 0);
		}, 20);
		taken.push(await look.ended);
		clearInterval(timer);
		if (look.screen().includes('not read yet')) throw new Error(`one look was not enough:\n${look.screen()}`);
	}
	return {time: median(taken), memory};
}

/** 1,000 nodes and 50,000 pods that nobody schedules: the API server and midwatch have the machine for themselves. */
async function withWorld<T>(
	managedFields: boolean,
	measure: (control: ControlPlane, nodes: readonly string[]) => Promise<T>,
): Promise<T> {
	const control = await startControlPlane({without: ['kube-controller-manager', 'kube-scheduler', 'kwok']});
	try {
		await control.applyCrds();
		const nodes = await loadWorld(control, {nodes: 1000, pods: 50_000, managedFields});
		return await measure(control, nodes);
	} finally {
		await control.stop();
	}
}

/** The figures of the large cluster, and what is reported without a budget. */
export async function largeCluster(): Promise<{
	large: Partial<Record<BudgetId, number>>;
	reported: Readonly<Record<string, number>>;
}> {
	const large = await withWorld(false, async (control, nodes) => {
		const renewals = renewLeases(control, nodes, 100);
		try {
			const {row, all} = await opened(control, 3);
			const check = await checked(control, 5);
			const open = dashboard(control.kubeconfig);
			await open.shows(isLive, 60_000);
			await pause(60_000);
			const figures = {
				'large-first-row': row,
				'large-all-panes': all,
				'large-memory': residentMiB(open.pid),
				'large-cpu': await share(open.pid, 30),
				key: await keyToFrame(open, 20),
				'large-check': check.time,
				'large-check-memory': check.memory,
				event: await eventToFindings(control),
			};
			await open.end();
			// It adds to the world: last.
			return {...figures, 'drain-preflight': await drainPreflight(control)};
		} finally {
			renewals.stop();
		}
	});
	const managed = await withWorld(true, control => opened(control, 1));
	return {large, reported: {'all five panes live, pods with managedFields (ms, aim 5000)': managed.all}};
}

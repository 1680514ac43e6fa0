import {join} from 'node:path';
import type {Ended, Onlooker, Order} from './order.ts';
import {runOrder} from './run.ts';
import {keepEnded} from './step-end.ts';
import {runSupervised} from './supervised.ts';

/** The folder of one try of a step, in that of its run. */
export function stepFolder(run: string, step: string, attempt: number): string {
	return join(run, 'steps', `${step.replaceAll(/[^\w.-]+/g, '-')}-${attempt}`);
}

/**
 * Runs a command to its end, and keeps what it printed. One that only reads runs in this process and dies with it; any other
 * under a supervisor, which `supervisor` are the words to start, and which finishes it without us. Rejects only where it could
 * not be started.
 */
export async function execute(order: Order, onlooker: Onlooker, supervisor: readonly string[]): Promise<Ended> {
	if (order.class !== 'reading') return runSupervised(order, onlooker, supervisor);
	const ended = await runOrder(order, onlooker);
	await keepEnded(order.folder, ended);
	return ended;
}

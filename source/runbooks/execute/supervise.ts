import {keepLines, keepSupervisor} from '../../files/step-folder.ts';
import type {Order, Seen} from './order.ts';
import {linesToKeep} from './output.ts';
import {runOrder} from './run.ts';
import {keepEnded} from './step-end.ts';
import type {FromSupervisor, ToSupervisor} from './supervised.ts';

/** How often what is printed is kept meanwhile, in milliseconds. */
const keeping = 1000;

function send(message: FromSupervisor): void {
	// Whoever started it may be gone, also in this very moment.
	if (process.connected) process.send?.(message, () => {});
}

function nextOrder(onStop: () => void): Promise<Order | undefined> {
	return new Promise(resolve => {
		process.once('disconnect', () => resolve(undefined));
		process.on('message', (message: ToSupervisor) => {
			if (message.is === 'stop') onStop();
			else resolve(message.order);
		});
	});
}

/**
 * Runs one command that changes something, in a process and session of its own, to its end, whatever becomes of the midwatch
 * that started it; leaves its output and its end in the folder of its step. SIGTERM stops the command.
 */
export async function supervise(): Promise<number> {
	const stopping = new AbortController();
	const stop = () => stopping.abort();
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
	process.on('SIGHUP', () => {});
	const order = await nextOrder(stop);
	if (order === undefined) return 0;
	const {folder, output} = order;
	await keepSupervisor(folder).catch(() => {});
	let seen: Seen | undefined;
	const keep = setInterval(() => {
		if (seen !== undefined) void keepLines(folder, linesToKeep(seen.lines, output)).catch(() => {});
		seen = undefined;
	}, keeping);
	const report = (now: Seen) => {
		seen = now;
		send({is: 'seen', seen: now});
	};
	try {
		const ended = await runOrder(order, {report, stop: stopping.signal});
		clearInterval(keep);
		// A disk that is full by now does not undo what was done.
		await keepEnded(folder, ended).catch(() => {});
		send({is: 'ended', ended});
		return 0;
	} finally {
		if (process.connected) process.disconnect?.();
	}
}

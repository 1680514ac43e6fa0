import {expect, test} from 'vitest';
import {watchOver} from '../../../source/cluster/line/liveness.ts';
import {until} from '../server.ts';

/** Keeps this thread from doing anything else. */
function beBusy(milliseconds: number): void {
	const end = performance.now() + milliseconds;
	while (performance.now() < end);
}

/** A line whose probes are answered as told. */
function watched(answer: (signal: AbortSignal, hear: () => void) => Promise<void>) {
	let hearings = 0;
	const seen = {probes: 0, roundTrips: [] as number[], silent: 0};
	const stop = watchOver({
		first: 2,
		every: 10,
		within: 30,
		heard: () => hearings,
		probe: signal => {
			seen.probes++;
			return answer(signal, () => hearings++);
		},
		answered: roundTrip => seen.roundTrips.push(roundTrip),
		silent: () => {
			seen.silent++;
			stop();
		},
	});
	return {seen, stop};
}

const wait = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));
const never = (signal: AbortSignal) =>
	new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));

test('answers are measured, again and again', async () => {
	const {seen, stop} = watched(async (_, hear) => {
		await wait(2);
		hear();
	});
	await until(() => seen.roundTrips.length > 3);
	stop();
	expect(seen.roundTrips.every(roundTrip => roundTrip >= 1)).toBe(true);
	const {probes} = seen;
	await wait(50);
	expect(seen).toMatchObject({probes, silent: 0});
});

test('no byte after a probe is silence', async () => {
	const {seen} = watched(never);
	await until(() => seen.silent === 1);
	expect(seen.probes).toBe(1);
});

test('a line that is busy with something else is alive', async () => {
	const {seen, stop} = watched((signal, hear) => {
		setTimeout(hear, 5);
		return never(signal);
	});
	await until(() => seen.probes > 2);
	stop();
	expect(seen).toMatchObject({silent: 0, roundTrips: []});
});

test('what arrived while we were too busy to read counts', async () => {
	const {createServer, connect} = await import('node:net');
	const server = createServer(socket => socket.pipe(socket)).listen(0, '127.0.0.1');
	await new Promise(resolve => server.once('listening', resolve));
	const socket = connect((server.address() as {port: number}).port, '127.0.0.1');
	const {seen, stop} = watched((_, hear) => {
		const answered = new Promise<void>(resolve => {
			socket.once('data', () => {
				hear();
				resolve();
			});
		});
		socket.write('?');
		setImmediate(beBusy, 60);
		return answered;
	});
	await until(() => seen.roundTrips.length > 3);
	stop();
	expect(seen.silent).toBe(0);
	socket.destroy();
	server.close();
});

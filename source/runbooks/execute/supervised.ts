import {spawn} from 'node:child_process';
import {safeText} from '../../cluster/safe-text.ts';
import {keptLines, keptSupervisor} from '../../files/step-folder.ts';
import {own} from '../../vocabulary.ts';
import type {Ended, Onlooker, Order, Seen} from './order.ts';
import {readEnded} from './step-end.ts';

export type ToSupervisor = {readonly is: 'order'; readonly order: Order} | {readonly is: 'stop'};
export type FromSupervisor = {readonly is: 'seen'; readonly seen: Seen} | {readonly is: 'ended'; readonly ended: Ended};

/** It was begun, and nobody saw its end. */
const unseen = (from: number): Ended => ({
	result: 'unknown',
	text: own('its end was not seen: verify what it did before you do it again'),
	from,
	until: Date.now(),
	lines: [],
});

/**
 * Has a command run by a supervisor: a process in a session of its own, which goes on without us. `supervisor` are the words
 * that start one. Rejects only where it could not be started.
 */
export function runSupervised(order: Order, {report, stop}: Onlooker, supervisor: readonly string[]): Promise<Ended> {
	const from = Date.now();
	const [file = '', ...words] = supervisor;
	const child = spawn(file, words, {detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], cwd: '/'});
	const send = (message: ToSupervisor) => {
		if (child.connected) child.send(message, () => {});
	};
	const onStop = () => send({is: 'stop'});
	return new Promise<Ended>((resolve, reject) => {
		child.once('error', reject);
		child.on('message', (message: FromSupervisor) => {
			if (message.is === 'seen') report(message.seen);
			else resolve(message.ended);
		});
		child.once('exit', () => void readEnded(order.folder).then(ended => resolve(ended ?? unseen(from)), reject));
		send({is: 'order', order});
		stop.addEventListener('abort', onStop);
		if (stop.aborted) onStop();
	}).finally(() => {
		stop.removeEventListener('abort', onStop);
		child.unref();
	});
}

/** How often it is looked whether a command of an earlier midwatch has come to its end, in milliseconds. */
const looking = 500;
/** How long a supervisor may take to note itself: the midwatch that started it may be gone before that. */
const starting = 5000;

function terminate(supervisor: number): void {
	try {
		process.kill(supervisor, 'SIGTERM');
	} catch {
		// It is gone by itself, and has left its end.
	}
}

/** Follows a command that an earlier midwatch began, to its end; `unknown` where nobody saw that. */
export async function followSupervised(folder: string, {report, stop}: Onlooker): Promise<Ended> {
	const from = Date.now();
	let told = false;
	for (;;) {
		// Asked first: whoever is gone has left its end by then.
		const supervisor = await keptSupervisor(folder);
		const ended = await readEnded(folder);
		if (ended !== undefined) {
			report({lines: ended.lines, total: Buffer.byteLength(ended.lines.join('\n'))});
			return ended;
		}
		if (supervisor === 'gone' || (supervisor === 'none' && Date.now() - from > starting)) return unseen(from);
		if (stop.aborted && !told && supervisor !== 'none') {
			told = true;
			terminate(supervisor);
		}
		const lines = await keptLines(folder);
		report({lines: lines.map(line => safeText(line, 2000)), total: Buffer.byteLength(lines.join('\n'))});
		await new Promise(resolve => setTimeout(resolve, looking));
	}
}

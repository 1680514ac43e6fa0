import {setTimeout as pause} from 'node:timers/promises';
import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** A program in a terminal of its own, and a clock that started with it. */
export type Watched = {
	readonly pid: number;
	/** Milliseconds from its start to its first byte. */
	readonly firstByte: Promise<number>;
	/** Milliseconds from its start to its end. */
	readonly ended: Promise<number>;
	/** Milliseconds from its start until the screen was as asked; rejects after `within` milliseconds. */
	readonly shows: (wanted: string | ((screen: string) => boolean), within?: number) => Promise<number>;
	readonly screen: () => string;
	/** Milliseconds now on its clock. */
	readonly now: () => number;
	/** Bytes written so far. */
	readonly bytes: () => number;
	readonly press: (keys: string) => void;
	readonly end: () => Promise<number>;
};

const [columns, rows] = [120, 40];

function textOf(terminal: xterm.Terminal): string {
	const {active} = terminal.buffer;
	return Array.from({length: terminal.rows}, (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '').join(
		'\n',
	);
}

/** Starts `file` in a pseudo-terminal. Times are taken when a chunk arrives, not when the emulator has drawn it. */
export function watch(file: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): Watched {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	const {CI: _, ...environment} = process.env;
	const started = performance.now();
	const now = () => performance.now() - started;
	const child = spawn(file, [...args], {
		cols: columns,
		rows,
		name: 'xterm-256color',
		env: {...environment, COLORTERM: 'truecolor', ...more},
	});
	const first = Promise.withResolvers<number>();
	const last = Promise.withResolvers<number>();
	const waiting = new Set<(at: number) => void>();
	let bytes = 0;
	child.onData(chunk => {
		const at = now();
		first.resolve(at);
		bytes += Buffer.byteLength(chunk);
		terminal.write(chunk, () => {
			for (const look of waiting) look(at);
		});
	});
	child.onExit(() => last.resolve(now()));
	const shows: Watched['shows'] = (wanted, within = 30_000) => {
		const is = typeof wanted === 'string' ? (screen: string) => screen.includes(wanted) : wanted;
		const found = Promise.withResolvers<number>();
		const look = (at: number) => {
			if (is(textOf(terminal))) found.resolve(at);
		};
		const timer = setTimeout(
			() => found.reject(new Error(`${String(wanted)} was not on the screen after ${within} ms:\n${textOf(terminal)}`)),
			within,
		);
		waiting.add(look);
		look(now());
		return found.promise.finally(() => {
			clearTimeout(timer);
			waiting.delete(look);
		});
	};
	return {
		pid: child.pid,
		firstByte: first.promise,
		ended: last.promise,
		shows,
		screen: () => textOf(terminal),
		now,
		bytes: () => bytes,
		press: keys => child.write(keys),
		end: async () => {
			child.kill('SIGTERM');
			const ended = await Promise.race([last.promise, pause(10_000, undefined, {ref: false})]);
			if (ended === undefined) throw new Error(`${file} ${args.join(' ')} goes on though it was told to end`);
			return ended;
		},
	};
}

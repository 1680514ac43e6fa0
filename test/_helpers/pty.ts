import {spawn} from '@lydell/node-pty';
import {type Person, personAt} from './screen.ts';
import {openTerminal, type Terminal} from './terminal.ts';

export type PtyOptions = {
	readonly command: string;
	readonly arguments?: readonly string[];
	readonly columns?: number;
	readonly rows?: number;
	/** Added to a small, known environment: `TERM=xterm-256color`, UTF-8, no `CI`. */
	readonly environment?: Readonly<Record<string, string>>;
	readonly directory?: string;
};

/** A process in a terminal of its own, and the person in front of it. */
export type Pty = Person & {
	readonly pid: number;
	readonly terminal: Terminal;
	/** Settles when the process is gone. `signal` is 0 where it exited by itself. */
	readonly exited: Promise<{readonly code: number; readonly signal: number}>;
	readonly kill: (signal: NodeJS.Signals) => void;
	/** Ends the process if it still runs. */
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** Starts a process in a real pseudo-terminal. */
export function openPty({
	command,
	arguments: words = [],
	columns = 120,
	rows = 40,
	environment = {},
	directory,
}: PtyOptions): Pty {
	const terminal = openTerminal(columns, rows);
	const {PATH = '', HOME = ''} = process.env;
	const child = spawn(command, [...words], {
		// It becomes TERM, whatever the environment says.
		name: environment.TERM ?? 'xterm-256color',
		cols: columns,
		rows,
		env: {PATH, HOME, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...environment},
		...(directory === undefined ? {} : {cwd: directory}),
	});
	let written = '';
	let running = true;
	child.onData(bytes => {
		written += bytes;
		void terminal.write(bytes);
	});
	const resize = (nextColumns: number, nextRows: number) => child.resize(nextColumns, nextRows);
	const person = personAt({terminal, send: bytes => child.write(bytes), resize, written: () => written});
	const exited = new Promise<{code: number; signal: number}>(resolve => {
		child.onExit(({exitCode, signal = 0}) => {
			running = false;
			// Its last words may still be on their way.
			void person.quiet(50).then(() => resolve({code: exitCode, signal}));
		});
	});
	return {
		...person,
		pid: child.pid,
		terminal,
		exited,
		kill: signal => process.kill(child.pid, signal),
		[Symbol.asyncDispose]: async () => {
			if (running) process.kill(child.pid, 'SIGKILL');
			await exited;
		},
	};
}

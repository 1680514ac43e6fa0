import {type ChildProcess, spawn} from 'node:child_process';
import {own, type SafeText} from '../../vocabulary.ts';

/** A command that runs, in a session of its own: signals go to it and all that it started. */
export type Command = {
	/** Also the number of its group. */
	readonly pid: number;
	readonly onData: (listener: (bytes: Uint8Array) => void) => void;
	/** Settles when the command itself has ended, whoever else may still hold its output. Rejects where it could not be started. */
	readonly ended: Promise<{readonly code: number; readonly signal: NodeJS.Signals | undefined}>;
	/** Said where it has no terminal. */
	readonly note?: SafeText;
};

export type Start = {
	readonly words: readonly string[];
	readonly directory: string;
	readonly environment: Readonly<Record<string, string>>;
};

/** A terminal as wide as lines are read. */
const size = {cols: 120, rows: 40};

const withoutTerminal = own('it ran without a terminal of its own, for this midwatch carries none');

/** Starts a command in a pseudo-terminal of its own; with pipes where there is none to be had, as in the single-file executable. */
export async function startCommand(start: Start): Promise<Command> {
	// What is bundled has it as a default only.
	const pty = await import('@lydell/node-pty').then(
		module => module.default,
		() => undefined,
	);
	return pty === undefined ? inPipes(start) : inTerminal(start, pty);
}

function inTerminal(
	{words: [file = '', ...words], directory, environment}: Start,
	{spawn: open}: typeof import('@lydell/node-pty'),
): Command {
	const child = open(file, words, {
		...size,
		name: environment.TERM ?? 'dumb',
		cwd: directory,
		env: {...environment},
		encoding: null,
	});
	const ended = new Promise<{code: number; signal: NodeJS.Signals | undefined}>(resolve => {
		child.onExit(({exitCode, signal}) => resolve({code: exitCode, signal: signalOf(signal)}));
	});
	return {
		pid: child.pid,
		// Bytes, since it was told to decode nothing.
		onData: listener => child.onData(data => listener(data as unknown as Uint8Array)),
		ended,
	};
}

const {signals} = process.getBuiltinModule('node:os').constants;

function signalOf(number: number | undefined): NodeJS.Signals | undefined {
	const found = Object.entries(signals).find(([, value]) => value === number);
	return number === undefined || number === 0 ? undefined : (found?.[0] as NodeJS.Signals | undefined);
}

/** How long output may still come after the command has ended, in milliseconds: what it left in the background may hold it open for ever. */
const lastWords = 200;

function inPipes({words: [file = '', ...words], directory, environment}: Start): Command {
	const child: ChildProcess = spawn(file, words, {
		cwd: directory,
		env: environment,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const ended = new Promise<{code: number; signal: NodeJS.Signals | undefined}>((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code, signal) => {
			const end = () => {
				child.stdout?.destroy();
				child.stderr?.destroy();
				resolve({code: code ?? 0, signal: signal ?? undefined});
			};
			const timer = setTimeout(end, lastWords);
			child.once('close', () => {
				clearTimeout(timer);
				end();
			});
		});
	});
	return {
		pid: child.pid ?? 0,
		onData: listener => {
			child.stdout?.on('data', listener);
			child.stderr?.on('data', listener);
		},
		ended,
		note: withoutTerminal,
	};
}

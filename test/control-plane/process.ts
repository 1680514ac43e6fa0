import {type ChildProcess, spawn} from 'node:child_process';
import {open, readFile} from 'node:fs/promises';
import {setTimeout as pause} from 'node:timers/promises';
import type {Keeper} from './keeper.ts';

/** How one program of the control plane is run. */
export type Command = {
	readonly name: string;
	readonly file: string;
	readonly args: readonly string[];
	/** Where its output goes; a restart appends. */
	readonly log: string;
	/** Resolves when the program answers, rejects while it does not. */
	readonly isReady: () => Promise<void>;
};

/** A program of the control plane, to do bad things to. */
export type Process = {
	readonly name: string;
	readonly log: string;
	/** Undefined while it does not run. */
	readonly pid: () => number | undefined;
	/** Starts it (where it does not run) and resolves when it answers. */
	readonly start: () => Promise<void>;
	/** SIGSTOP: it holds its connections and answers nothing. */
	readonly freeze: () => void;
	/** SIGCONT. */
	readonly thaw: () => void;
	/** Ends it at once, or as `signal` (default SIGKILL) makes it, and resolves when it is gone. */
	readonly kill: (signal?: NodeJS.Signals) => Promise<void>;
	readonly restart: () => Promise<void>;
};

/** Prepares a program; nothing runs before `start`. Whatever runs is known to the keeper. */
export function prepare(command: Command, keeper: Keeper): Process {
	let child: ChildProcess | undefined;
	let gone: Promise<void> = Promise.resolve();

	const start = async () => {
		if (child) return;
		const log = await open(command.log, 'a');
		const started = spawn(command.file, command.args, {stdio: ['ignore', log.fd, log.fd], detached: true});
		await log.close();
		started.unref();
		child = started;
		gone = new Promise(resolve => {
			const over = () => {
				if (started.pid !== undefined) keeper.disown(started.pid);
				child = undefined;
				resolve();
			};
			started.once('exit', over).once('error', over);
		});
		if (started.pid !== undefined) keeper.own(started.pid);
		await untilReady(command, () => child === started);
	};
	const kill = async (signal: NodeJS.Signals = 'SIGKILL') => {
		child?.ref();
		child?.kill(signal);
		await gone;
	};
	return {
		name: command.name,
		log: command.log,
		pid: () => child?.pid,
		start,
		kill,
		freeze: () => child?.kill('SIGSTOP'),
		thaw: () => child?.kill('SIGCONT'),
		restart: async () => {
			await kill();
			await start();
		},
	};
}

async function untilReady(command: Command, isRunning: () => boolean, within = 60_000): Promise<void> {
	const end = Date.now() + within;
	for (;;) {
		try {
			await command.isReady();
			return;
		} catch (error) {
			if (isRunning() && Date.now() < end) await pause(50);
			else {
				const happened = isRunning()
					? `did not answer within ${within / 1000} s (${String(error)})`
					: 'ended while it was started';
				throw new Error(`${command.name} ${happened}; its last words:\n${await lastWords(command.log)}`);
			}
		}
	}
}

async function lastWords(log: string): Promise<string> {
	return (await readFile(log, 'utf8')).trimEnd().split('\n').slice(-12).join('\n');
}

/**
 * The launcher: says what can be said at once, paints the skeleton where a dashboard follows, and imports exactly one
 * command. It is CommonJS for an old Node, and calls nothing newer than that before it has looked at the version.
 */
import {writeSync} from 'node:fs';
import {isListenedTo} from './commands/listening.ts';
import {load} from './commands/load.ts';
import type {Screen} from './commands/screen.ts';
import {type Command, commands} from './commands/table.ts';
import {restoreBytes, skeleton} from './interface/shell/skeleton.ts';

declare const MIDWATCH_VERSION: string;
declare const MIDWATCH_HELP: Readonly<Record<string, string>>;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
	process.stderr.write(`midwatch needs Node 22.19 or newer; this is ${process.version} (${process.execPath}).\n`);
	process.exit(2);
}

/** `kubectl midwatch` and `midwatch` take the same words; what is no command belongs to the dashboard. */
function commandOf(argv: readonly string[]): {
	command: Command;
	rest: readonly string[];
} {
	const [dashboard] = commands;
	const [first] = argv;
	const named = first === undefined || first === '' ? undefined : commands.find(({name}) => name === first);
	if (named !== undefined) return {command: named, rest: argv.slice(1)};
	if (first !== undefined && !first.startsWith('-')) {
		process.stderr.write(`There is no command ${JSON.stringify(first)}; midwatch --help lists them.\n`);
		process.exit(2);
	}
	if (dashboard === undefined) throw new Error('the table of commands is empty');
	return {command: dashboard, rest: argv};
}

function opensDashboard({name}: Command, argv: readonly string[]): boolean {
	const wanted = name === '' || (name === 'demo' && !argv.includes('--serve') && !argv.includes('--list'));
	// Asked only here: terminals bring all of net along, which help and version can do without.
	return wanted && process.getBuiltinModule('node:tty').isatty(1);
}

const leaving = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Paints at once, and gives the terminal back on every way out until the dashboard takes over. */
function openScreen(opens: boolean, argv: readonly string[]): Screen {
	const speaks = opens && isListenedTo(argv, process.env);
	const paint = opens && !speaks && process.env.TERM !== 'dumb';
	let painted = paint;
	const restore = (): void => {
		if (painted) writeSync(1, restoreBytes(process.env));
		painted = false;
	};
	const stay = () => {};
	const leave = (_signal: NodeJS.Signals, code: number) => process.exit(128 + code);
	const draw: Screen['paint'] = make => {
		if (painted) writeSync(1, make({columns: process.stdout.columns || 80, rows: process.stdout.rows || 24}));
	};
	if (paint) {
		const [ascii, demo] = [argv.includes('--ascii'), argv[0] === 'demo'];
		draw(size => skeleton({...size, ascii, environment: process.env, demo}));
		process.on('exit', restore);
		for (const signal of leaving) process.on(signal, leave);
		// Stopped here, the shell would be left in the alternate screen; in a moment the dashboard stops as it should.
		process.on('SIGTSTP', stay);
	}
	return {
		get painted() {
			return painted;
		},
		speaks,
		restore,
		paint: draw,
		handOver: () => {
			painted = false;
			for (const signal of leaving) process.off(signal, leave);
			process.off('SIGTSTP', stay);
		},
	};
}

/** One sentence on stderr; the stack only for whoever asks for it. */
function tell(error: unknown, screen: Screen): number {
	screen.restore();
	const {sentence, message, exit, stack} = error as {
		sentence?: string;
		message?: string;
		exit?: number;
		stack?: string;
	};
	const debug = process.env.MIDWATCH_DEBUG !== undefined;
	const unexpected = exit === undefined && sentence === undefined;
	process.stderr.write(
		`${unexpected ? 'midwatch stopped, which is its own mistake: ' : ''}${sentence ?? message ?? String(error)}${unexpected && !debug ? ' (MIDWATCH_DEBUG=1 shows where)' : ''}\n`,
	);
	if (debug && stack !== undefined) process.stderr.write(`${stack}\n`);
	return exit ?? (unexpected ? 1 : 2);
}

/** To stdout, without loading what a stream needs. A reader that has gone already does not mind. */
function say(text: string): void {
	try {
		writeSync(1, text);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
	}
}

const argv = process.argv.slice(2);
const {command, rest} = commandOf(argv);
if (rest.includes('--version') || (command.name === '' && rest.includes('-V'))) {
	say(`${MIDWATCH_VERSION}\n`);
} else if (rest.includes('--help') || rest.includes('-h')) {
	say(MIDWATCH_HELP[command.name] ?? '');
} else {
	const screen = openScreen(opensDashboard(command, rest), argv);
	process.on('uncaughtException', error => process.exit(tell(error, screen)));
	// A reader that has seen enough (`| head -1`) is no mistake of ours.
	process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : tell(error, screen)));
	load(command).then(
		async ({run}) => {
			process.exitCode = await run(rest, screen).catch((error: unknown) => tell(error, screen));
			screen.restore();
		},
		(error: unknown) => {
			process.exitCode = tell(error, screen);
		},
	);
}

import {render} from 'ink';
import {createElement} from 'react';
import type {Look} from '../widgets/look.ts';
import {App} from './app.tsx';
import {withClock} from './clock.ts';
import {makeController} from './controller.ts';
import type {GivingAway} from './giving-away.ts';
import type {Size} from './layout.ts';
import type {PictureSource} from './model.ts';
import {NoKeys} from './no-keys.ts';
import type {Reach} from './reach.ts';
import {listenToSignals, type SignalListener} from './signals.ts';
import {ttyFor} from './tty.ts';

export type StartOptions = Reach & {
	/** The looks of this terminal, the one to begin with first (`looksFor`). */
	readonly looks: readonly [Look, ...Look[]];
	/** True when the skeleton is on the screen already. */
	readonly painted: boolean;
	readonly stdin?: NodeJS.ReadStream;
	readonly stdout?: NodeJS.WriteStream;
	readonly stderr?: NodeJS.WriteStream;
	/** Called after every frame that React made, for counting. */
	readonly onRender?: () => void;
	/** Whether the process is ours: its signals, its uncaught exceptions, its console. Unless false. */
	readonly ownsProcess?: boolean;
};

const sizeOf = ({columns, rows}: NodeJS.WriteStream): Size => ({
	columns: Math.max(1, columns || 80),
	rows: Math.max(1, rows || 24),
});

/** More frames than Ink's 30 a second, for keys to be answered at once; nothing is drawn where nothing has changed. */
const maxFps = 60;

/** What can be done to the dashboard from outside of it; the rest follows once Ink runs. */
type Running = {unmount: () => void; giving: GivingAway | undefined};

/**
 * Runs the dashboard until somebody leaves it. Rejects with the error that ended it, the terminal already restored; the
 * sentence about it is the caller's.
 */
export async function startApp({source, options}: {source: PictureSource; options: StartOptions}): Promise<void> {
	const {stdin = process.stdin, stdout = process.stdout, ownsProcess = true} = options;
	if (!stdin.isTTY) throw new NoKeys();
	const running: Running = {unmount: () => {}, giving: undefined};
	const {promise: broken, reject} = Promise.withResolvers<never>();
	const fail = (error: unknown) => {
		running.unmount();
		reject(error instanceof Error ? error : new Error(String(error)));
	};
	const gone = () => running.unmount();
	stdout.on('error', gone);
	const signals = ownsProcess ? listen(running, fail) : undefined;
	const app = show(source, options, running);
	try {
		await Promise.race([app.waitUntilExit(), broken]);
		await signals?.passed();
	} finally {
		signals?.stop();
		app.stop();
		stdout.off('error', gone);
	}
}

/** Renders the dashboard with Ink, and follows the size of the terminal. */
function show(source: PictureSource, options: StartOptions, running: Running) {
	const {
		stdin = process.stdin,
		stdout = process.stdout,
		stderr = process.stderr,
		looks,
		painted,
		ownsProcess = true,
		onRender,
	} = options;
	const controller = makeController(withClock(source), looks, sizeOf(stdout), options);
	const tty = ttyFor(stdout, painted);
	const stop = ownsProcess ? () => void process.kill(0, 'SIGTSTP') : () => {};
	const onReady = (giving: GivingAway) => {
		running.giving = giving;
	};
	const app = render(createElement(App, {controller, stop, onReady}), {
		stdin,
		stdout: tty.stdout,
		stderr,
		// Under CI Ink would take even a terminal for none.
		interactive: true,
		alternateScreen: true,
		incrementalRendering: true,
		exitOnCtrlC: false,
		patchConsole: ownsProcess,
		maxFps,
		...(onRender === undefined ? {} : {onRender}),
	});
	running.unmount = app.unmount;
	const resized = () => {
		if (tty.empty()) app.clear();
		controller.resize(sizeOf(stdout));
	};
	stdout.on('resize', resized);
	return {waitUntilExit: app.waitUntilExit, stop: () => void stdout.off('resize', resized)};
}

/** Ties signals and uncaught exceptions to the terminal. What comes before Ink runs has to wait. */
function listen(running: Running, fail: (error: unknown) => void): SignalListener {
	const pause = (stopped: () => void) => void running.giving?.away(async () => stopped()).catch(fail);
	const isAway = () => running.giving?.isAway() ?? false;
	const signals = listenToSignals({restore: () => running.unmount(), pause, redraw: () => pause(() => {}), isAway});
	// First in line: whoever prints the sentence finds the terminal restored.
	process.prependListener('uncaughtException', fail);
	const stop = () => {
		signals.stop();
		process.off('uncaughtException', fail);
	};
	return {...signals, stop};
}

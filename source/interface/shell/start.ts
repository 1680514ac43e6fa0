import {render} from 'ink';
import {createElement} from 'react';
import type {Look} from '../widgets/look.ts';
import {App} from './app.tsx';
import {withClock} from './clock.ts';
import {makeController, type Reach, type Stage} from './controller.ts';
import type {Size} from './layout.ts';
import type {PictureSource} from './model.ts';
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

/**
 * Runs the dashboard until somebody leaves it. Rejects with the error that ended it, the terminal already restored; the
 * sentence about it is the caller's.
 */
export async function startApp({source, options}: {source: PictureSource; options: StartOptions}): Promise<void> {
	const {stdin = process.stdin, stdout = process.stdout, stderr = process.stderr, looks, painted, ownsProcess = true} = options;
	const controller = makeController(withClock(source), looks, sizeOf(stdout), options);
	const tty = ttyFor(stdout, painted);
	let away: Stage['away'] | undefined;
	const stop = ownsProcess ? () => void process.kill(0, 'SIGTSTP') : () => {};
	const onReady = (given: Stage['away']) => {
		away = given;
	};
	const app = render(createElement(App, {controller, stop, onReady}), {
		stdin,
		stdout: tty.stdout,
		stderr,
		interactive: true,
		alternateScreen: true,
		incrementalRendering: true,
		exitOnCtrlC: false,
		patchConsole: ownsProcess,
		maxFps,
		...(options.onRender === undefined ? {} : {onRender: options.onRender}),
	});
	const resized = () => {
		if (tty.empty()) app.clear();
		controller.resize(sizeOf(stdout));
	};
	stdout.on('resize', resized);
	const {promise: broken, reject} = Promise.withResolvers<never>();
	const fail = (error: unknown) => {
		app.unmount();
		reject(error instanceof Error ? error : new Error(String(error)));
	};
	const gone = () => app.unmount();
	stdout.on('error', gone);
	const signals = ownsProcess ? listen(app.unmount, () => away, fail) : undefined;
	try {
		await Promise.race([app.waitUntilExit(), broken]);
		await signals?.passed();
	} finally {
		signals?.stop();
		stdout.off('resize', resized);
		stdout.off('error', gone);
	}
}

/** Ties signals and uncaught exceptions to the terminal. */
function listen(restore: () => void, away: () => Stage['away'] | undefined, fail: (error: unknown) => void): SignalListener {
	const hold = (stopped: () => void) => {
		const give = away();
		if (give === undefined) stopped();
		else void give(async () => stopped()).catch(fail);
	};
	const signals = listenToSignals({restore, pause: hold, redraw: () => hold(() => {})});
	// First in line: whoever prints the sentence finds the terminal restored.
	process.prependListener('uncaughtException', fail);
	const stop = () => {
		signals.stop();
		process.off('uncaughtException', fail);
	};
	return {...signals, stop};
}

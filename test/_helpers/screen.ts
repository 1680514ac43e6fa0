import type {Terminal} from './terminal.ts';

/** A person in front of a terminal. Waiting is for a condition, never for a time. */
export type Person = {
	/** Waits until the text is on the screen; gives up after `within` milliseconds. */
	readonly shows: (text: string | RegExp, within?: number) => Promise<void>;
	/** Waits until it is not. */
	readonly hides: (text: string | RegExp, within?: number) => Promise<void>;
	/** Waits until a condition holds, which is said in words where it does not. */
	readonly until: (condition: () => boolean, what: string, within?: number) => Promise<void>;
	readonly lines: () => string[];
	readonly text: () => string;
	/** False while a frame is only half drawn. */
	readonly isWhole: () => boolean;
	/** Presses one named key (`enter`, `ctrl-d`, `down`), or types a character. */
	readonly press: (...keys: readonly string[]) => void;
	readonly type: (text: string) => void;
	readonly resize: (columns: number, rows: number) => void;
	/** Counts what is written to the terminal while something happens and until it is quiet again. */
	readonly bytesDuring: (happens: () => void | Promise<void>) => Promise<number>;
	/** Waits until nothing has been written for a while (ms). */
	readonly quiet: (milliseconds?: number) => Promise<void>;
	/** Everything that was ever written, as text. */
	readonly written: () => string;
};

/** What a person needs of whatever runs in the terminal. */
export type Stand = {
	readonly terminal: Terminal;
	readonly send: (bytes: string) => void;
	readonly resize: (columns: number, rows: number) => void;
	readonly written: () => string;
};

const keys: Readonly<Record<string, string>> = {
	enter: '\r',
	esc: '\u001b',
	tab: '\t',
	'shift-tab': '\u001b[Z',
	up: '\u001b[A',
	down: '\u001b[B',
	home: '\u001b[H',
	end: '\u001b[F',
	pageup: '\u001b[5~',
	pagedown: '\u001b[6~',
	backspace: '\u007f',
	space: ' ',
};

const bytesOf = (key: string): string => {
	const control = /^ctrl-([a-z])$/.exec(key)?.[1];
	return control === undefined ? (keys[key] ?? key) : String.fromCharCode(control.charCodeAt(0) - 96);
};

const pause = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds));

/** How long a person waits before giving up (ms): long, as machines under test are slow. */
const patience = 20_000;

/** Puts a person in front of a terminal. */
export function personAt({terminal, send, resize, written}: Stand): Person {
	const text = () => terminal.lines().join('\n');
	const seen = (what: string | RegExp) => (typeof what === 'string' ? text().includes(what) : what.test(text()));
	const until = async (condition: () => boolean, what: string, within = patience) => {
		const deadline = Date.now() + within;
		while (!condition()) {
			if (Date.now() > deadline) throw new Error(`${what}; the screen was:\n${text()}`);
			await pause(5);
		}
	};
	const quiet = async (milliseconds = 150) => {
		for (let before = -1; before !== written().length; ) {
			before = written().length;
			await pause(milliseconds);
		}
		// The emulator takes its time with what was written.
		await terminal.write('');
	};
	return {
		shows: (what, within) => until(() => seen(what), `never saw ${String(what)}`, within),
		hides: (what, within) => until(() => !seen(what), `still saw ${String(what)}`, within),
		until,
		lines: terminal.lines,
		isWhole: terminal.isWhole,
		text,
		press: (...pressed) => {
			for (const key of pressed) send(bytesOf(key));
		},
		type: send,
		resize: (columns, rows) => {
			terminal.resize(columns, rows);
			resize(columns, rows);
		},
		bytesDuring: async happens => {
			await quiet();
			const before = Buffer.byteLength(written());
			await happens();
			await quiet();
			return Buffer.byteLength(written()) - before;
		},
		quiet,
		written,
	};
}

import {thrifty} from './thrift.ts';

const enter = '\u001b[?1049h';
const exit = '\u001b[?1049l';
const home = '\u001b[H';
const clearRest = '\u001b[K';
/** Begins a frame on an empty screen; Ink ends it. */
const afresh = '\u001b[?2026h\u001b[H\u001b[J';

export type Tty = {
	/** The terminal as Ink gets it. */
	readonly stdout: NodeJS.WriteStream;
	/** Empties the screen for the next frame; returns false, and leaves it alone, while it is somebody else's. */
	readonly empty: () => boolean;
};

/**
 * Stands between Ink and the terminal: writes the same in fewer bytes. Where the skeleton is on the screen already
 * (`painted`), Ink's first frame is painted over it: entering the alternate screen twice would make xterm forget where
 * the shell's cursor was.
 */
export function ttyFor(stdout: NodeJS.WriteStream, painted: boolean): Tty {
	let ours = painted;
	let covering = painted;
	const translate = (bytes: string): string => {
		if (bytes === exit) ours = false;
		if (bytes === enter) {
			const here = ours;
			ours = true;
			// Some terminals enter with the cursor where it was.
			return here ? '' : enter + home;
		}
		if (!covering || !bytes.includes('\n')) return thrifty(bytes);
		covering = false;
		return home + clearRest + thrifty(bytes).replaceAll('\n', `\n${clearRest}`);
	};
	const write = (bytes: string | Uint8Array, ...rest: [] | [(error?: Error | null) => void]): boolean =>
		stdout.write(typeof bytes === 'string' ? translate(bytes) : bytes, ...rest);
	const empty = () => {
		if (ours) stdout.write(afresh);
		return ours;
	};
	return {stdout: proxied(stdout, write), empty};
}

/**
 * The stream itself but for `write`, and for news of its size: Ink would draw the lines of the old size at the new one,
 * and erase relative to a cursor that the terminal has moved.
 */
function proxied(stdout: NodeJS.WriteStream, write: unknown): NodeJS.WriteStream {
	const deaf = (method: 'on' | 'off') => (event: string, listener: (...given: unknown[]) => void) =>
		event === 'resize' ? stdout : stdout[method](event, listener);
	const own: Readonly<Record<string, unknown>> = {write, on: deaf('on'), off: deaf('off')};
	return new Proxy(stdout, {
		get: (target, key) => {
			if (typeof key === 'string' && Object.hasOwn(own, key)) return own[key];
			const value: unknown = Reflect.get(target, key, target);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
}

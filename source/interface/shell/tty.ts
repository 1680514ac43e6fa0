import {thrifty} from './thrift.ts';

const enter = '\u001b[?1049h';
const exit = '\u001b[?1049l';
/** Synchronised output: the terminal shows nothing of a frame before its end. */
const begin = '\u001b[?2026h';
const end = '\u001b[?2026l';
/** A character that the terminal draws wider than we count must not push a line onto the next one. */
const wrapOff = '\u001b[?7l';
const wrapOn = '\u001b[?7h';
const home = '\u001b[H';
const clearRest = '\u001b[K';
const clearBelow = '\u001b[J';

export type Tty = {
	/** The terminal as Ink gets it. */
	readonly stdout: NodeJS.WriteStream;
	/** Empties the screen for the next frame; returns false, and leaves it alone, while it is somebody else's. */
	readonly empty: () => boolean;
};

/** A frame below this (bytes) arrives whole: there is nothing to synchronise. */
const small = 512;

/** Synchronises only the frames that are worth it. */
function makeFrames(): {readonly translate: (bytes: string) => string; readonly open: () => string} {
	let asked = false;
	let opened = false;
	const open = () => {
		opened = true;
		return begin;
	};
	const close = () => {
		const was = opened;
		asked = false;
		opened = false;
		return was ? end : '';
	};
	const translate = (bytes: string): string => {
		if (bytes === end) return close();
		if (bytes !== begin) return asked && !opened && bytes.length >= small ? open() + bytes : bytes;
		asked = true;
		return '';
	};
	return {translate, open};
}

/** Paints the first frame over what is on the screen, of which nothing may shine through. */
function makeCover(painted: boolean): (bytes: string) => string {
	let covering = painted;
	return bytes => {
		if (!covering || !bytes.includes('\n')) return bytes;
		covering = false;
		return home + clearRest + bytes.replaceAll('\n', `\n${clearRest}`);
	};
}

/** Enters the alternate screen once: xterm would forget where the shell's cursor was. Some terminals enter without homing. */
function makeAlternate(painted: boolean): {readonly translate: (bytes: string) => string; readonly ours: () => boolean} {
	let ours = painted;
	const translate = (bytes: string): string => {
		const before = ours;
		if (bytes === enter || bytes === exit) ours = bytes === enter;
		if (bytes === exit) return wrapOn + exit;
		if (bytes !== enter) return bytes;
		return before ? wrapOff : enter + home + wrapOff;
	};
	return {translate, ours: () => ours};
}

/**
 * Stands between Ink and the terminal: writes fewer bytes for the same screen, and paints Ink's first frame over the
 * skeleton where that is on the screen already (`painted`).
 */
export function ttyFor(stdout: NodeJS.WriteStream, painted: boolean): Tty {
	const [frames, cover, alternate] = [makeFrames(), makeCover(painted), makeAlternate(painted)];
	const write = (bytes: string | Uint8Array, ...rest: [] | [(error?: Error | null) => void]): boolean => {
		const translated = typeof bytes === 'string' ? frames.translate(cover(alternate.translate(thrifty(bytes)))) : bytes;
		return translated.length === 0 && rest.length === 0 ? true : stdout.write(translated, ...rest);
	};
	const empty = () => {
		if (alternate.ours()) stdout.write(frames.open() + home + clearBelow);
		return alternate.ours();
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

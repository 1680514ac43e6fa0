import {thrifty} from './thrift.ts';

const enter = '\u001b[?1049h';
const home = '\u001b[H';

/**
 * The terminal as Ink gets it. Fewer bytes; and where the skeleton is already on the screen, Ink's first frame is painted
 * over it: entering the alternate screen twice would make xterm forget where the shell's cursor was.
 */
export function ttyFor(stdout: NodeJS.WriteStream, painted: boolean): NodeJS.WriteStream {
	let entered = painted;
	let covering = painted;
	const translate = (bytes: string): string => {
		if (bytes === enter) {
			const skip = entered;
			entered = false;
			return skip ? '' : enter + home;
		}
		if (!covering || !bytes.includes('\n')) return thrifty(bytes);
		covering = false;
		return home + thrifty(bytes).replaceAll('\n', '\n\u001b[K');
	};
	const write = (bytes: string | Uint8Array, ...rest: [] | [(error?: Error | null) => void]): boolean => {
		const translated = typeof bytes === 'string' ? translate(bytes) : bytes;
		return stdout.write(translated, ...rest);
	};
	return proxied(stdout, write);
}

/** Everything but `write` is the stream's own. */
function proxied(stdout: NodeJS.WriteStream, write: unknown): NodeJS.WriteStream {
	return new Proxy(stdout, {
		get: (target, key) => {
			if (key === 'write') return write;
			const value: unknown = Reflect.get(target, key, target);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
}

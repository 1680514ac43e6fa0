import {type Patch, replaceOnce} from './patch.ts';

/**
 * Ink waits for Yoga with a top-level await and a base64 decoder in JavaScript: 26 ms of CPU and 13 MB at start.
 * The loader has a hook for the embedder's own instantiation, which may be synchronous.
 * https://github.com/vadimdemedes/ink/issues/787
 */
export const synchronousYoga: Patch = {
	name: 'synchronous-yoga',
	why: 'no asynchronous start of the layout engine',
	file: 'yoga-layout/dist/src/index.js',
	apply: source =>
		replaceOnce(
			source,
			'const Yoga = wrapAssembly(await loadYoga());',
			`import wasm from 'yoga.wasm';
const assembly = {
	instantiateWasm(imports, done) {
		const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), imports);
		done(instance);
		return instance.exports;
	},
};
loadYoga(assembly);
const Yoga = wrapAssembly(assembly);`,
		),
};

const binary = /data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)/;

/** The WebAssembly module that Yoga's loader carries as text. */
export function wasmOf(loader: string): Buffer {
	const text = binary.exec(loader)?.[1];
	if (text === undefined) throw new Error('yoga-layout carries its WebAssembly in another form now');
	return Buffer.from(text, 'base64');
}

/** With the module instantiated by us, the loader need not carry it. */
export const withoutCarriedWasm: Patch = {
	name: 'without-carried-wasm',
	why: 'the module is in the bundle once, as bytes',
	file: 'yoga-layout/dist/binaries/yoga-wasm-base64-esm.js',
	apply: source => {
		wasmOf(source);
		return source.replace(binary, 'data:application/octet-stream;base64,');
	},
};

import {readFile} from 'node:fs/promises';
import type {Plugin} from 'esbuild';
import {patches} from './patches/index.ts';
import {wasmOf} from './patches/synchronous-yoga.ts';

const applied = new Set<string>();

/** Applies every patch to its file; a patch that no longer matches breaks the build. */
export const patching: Plugin = {
	name: 'patches',
	setup(context) {
		for (const patch of patches) {
			const filter = new RegExp(`${patch.file.replaceAll('.', '\\.').replaceAll('/', '[\\\\/]')}$`);
			context.onLoad({filter, namespace: 'file'}, async ({path}) => {
				applied.add(patch.name);
				return {
					contents: patch.apply(await readFile(path, 'utf8')),
					loader: 'js',
				};
			});
		}
		context.onResolve({filter: /^yoga\.wasm$/}, ({importer}) => ({
			path: importer,
			namespace: 'yoga',
		}));
		context.onLoad({filter: /.*/, namespace: 'yoga'}, async ({path}) => {
			const loader = path.replace(/src[\\/]index\.js$/, 'binaries/yoga-wasm-base64-esm.js');
			return {
				contents: wasmOf(await readFile(loader, 'utf8')),
				loader: 'binary',
			};
		});
	},
};

/** @throws where a patch has met no file in all that was bundled */
export function demandPatches(): void {
	const missing = patches.filter(({name}) => !applied.has(name)).map(({name}) => name);
	if (missing.length > 0) throw new Error(`patches that met no file: ${missing.join(', ')}`);
}

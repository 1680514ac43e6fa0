import {fileURLToPath} from 'node:url';
import type {Plugin} from 'esbuild';
import {libraryTexts} from '../files/library.ts';

/** Puts the shipped runbooks into the bundle, in the place of the module that would look for them beside it. */
export const carriedLibrary: Plugin = {
	name: 'carried-library',
	setup(context) {
		context.onLoad({filter: /[\\/]files[\\/]library\.ts$/, namespace: 'file'}, async () => ({
			contents: `export const libraryTexts = async () => (${JSON.stringify(await libraryTexts())});`,
			watchDirs: [fileURLToPath(new URL('../runbooks/library/', import.meta.url))],
		}));
	},
};

import type {Patch} from './patch.ts';

/**
 * Ink loads React's developer tools when DEV is set and the package is there. A bundle has neither, and the file alone
 * keeps the whole module asynchronous. https://github.com/vadimdemedes/ink/issues/384
 */
export const withoutDevtools: Patch = {
	name: 'without-devtools',
	why: 'nothing of the developer tools in the bundle',
	file: 'ink/build/devtools.js',
	apply: source => {
		if (!source.includes('react-devtools-core')) throw new Error('ink/build/devtools.js no longer loads react-devtools-core');
		return 'export {};';
	},
};

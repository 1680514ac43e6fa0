import {readFile} from 'node:fs/promises';
import type {Plugin} from 'esbuild';
import {replaceOnce} from './patches/patch.ts';

const binary = `@lydell/node-pty-${process.platform}-${process.arch}/pty.node`;

/**
 * Lets the binary that makes pseudo-terminals go along, the one of the platform that is built on: its package would look for
 * it among packages, of which an installed midwatch has none. Elsewhere, and in the single-file executable, commands get pipes.
 */
export const terminalBinary: Plugin = {
	name: 'terminal-binary',
	setup(context) {
		context.onLoad({filter: /[\\/]node-pty[\\/]requireBinary\.js$/, namespace: 'file'}, async ({path}) => ({
			contents: replaceOnce(
				await readFile(path, 'utf8'),
				'require(PACKAGE_NAME + "/" + file)',
				`require(${JSON.stringify(binary)})`,
			),
			loader: 'js',
		}));
	},
};

import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import type {BuildOptions} from 'esbuild';
import {helpOf, overview} from '../commands/help.ts';
import {commands} from '../commands/table.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));

const {version} = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as {version: string};
const help = Object.fromEntries(
	commands.map(command => [command.name, command.name === '' ? overview(commands) : helpOf(command)]),
);

/** What every bundle has in common: one production build that knows its version and its help. */
export const common: BuildOptions = {
	bundle: true,
	platform: 'node',
	minify: true,
	keepNames: false,
	legalComments: 'linked',
	logLevel: 'warning',
	loader: {'.json': 'json', '.node': 'copy'},
	external: ['react-devtools-core'],
	define: {
		'process.env.NODE_ENV': '"production"',
		'process.env.DEV': '"false"',
		MIDWATCH_VERSION: JSON.stringify(version),
		MIDWATCH_HELP: JSON.stringify(help),
	},
};

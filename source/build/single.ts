/**
 * Makes release/midwatch-OS-ARCH: one executable that is Node, the launcher and all commands, for hosts without Node. The
 * Node that runs this is the one that goes in. What V8 makes of the program goes in too: compiling it would take 60 ms.
 */
import {execFile} from 'node:child_process';
import {mkdir, rename, rm, writeFile} from 'node:fs/promises';
import {promisify} from 'node:util';
import {build, type Plugin} from 'esbuild';
import {commands} from '../commands/table.ts';
import {builtinsWithoutFacade} from './builtins.ts';
import {common, root} from './options.ts';
import {patching} from './patching.ts';

/** Puts all commands into the bundle, in the place of the module that would look for them beside it. */
const carrying: Plugin = {
	name: 'carrying',
	setup(context) {
		context.onLoad({filter: /[\\/]commands[\\/]load\.ts$/, namespace: 'file'}, () => ({
			contents: [
				`const commands = {${commands.map(({module}) => `${JSON.stringify(module)}: () => import('./${module}.ts')`).join(', ')}};`,
				'export const load = ({module}) => commands[module]();',
			].join('\n'),
			loader: 'ts',
		}));
	},
};

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 25 || (major === 25 && minor < 5)) {
	throw new Error(
		`Node 25.5 or newer makes the executable, and this is ${process.version}: npm run build:single takes the one in node_modules.`,
	);
}

const release = `${root}release/`;
const executable = `${release}midwatch-${process.platform}-${process.arch}`;
const building = `${root}.cache/single-${process.pid}/`;

await mkdir(building, {recursive: true});
await build({
	...common,
	entryPoints: [`${root}source/cli.ts`],
	outfile: `${building}midwatch.cjs`,
	format: 'cjs',
	target: 'node22',
	define: {...common.define, 'import.meta': 'importMeta'},
	banner: {js: "const importMeta = {url: require('node:url').pathToFileURL(__filename).href};"},
	plugins: [carrying, patching, builtinsWithoutFacade],
});
await writeFile(
	`${building}sea.json`,
	JSON.stringify({
		main: `${building}midwatch.cjs`,
		output: `${building}midwatch`,
		disableExperimentalSEAWarning: true,
		useCodeCache: true,
	}),
);
await promisify(execFile)(process.execPath, ['--build-sea', `${building}sea.json`]);
await mkdir(release, {recursive: true});
await rename(`${building}midwatch`, executable);
await rename(`${building}midwatch.cjs.LEGAL.txt`, `${executable}.LEGAL.txt`);
await rm(building, {recursive: true, force: true});

/**
 * Makes release/midwatch-OS-ARCH: one executable that is Node, the launcher and all commands, for hosts without Node. What
 * V8 makes of the program goes in too: compiling it would take 60 ms at every start.
 */
import {execFile} from 'node:child_process';
import {copyFile, mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {dirname} from 'node:path';
import {promisify} from 'node:util';
import {build, type Plugin} from 'esbuild';
import {commands} from '../commands/table.ts';
import {builtinsWithoutFacade} from './builtins.ts';
import {carriedLibrary} from './library.ts';
import {common, root} from './options.ts';
import {demandPatches, patching} from './patching.ts';
import {terminalBinary} from './terminal-binary.ts';

const run = promisify(execFile);

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

const name = `midwatch-${process.platform}-${process.arch}`;
const release = `${root}release/`;
const tools = `${root}.cache/single/`;
const building = `${root}.cache/single-${process.pid}/`;
const [script, blob, executable] = [`${building}midwatch.cjs`, `${building}midwatch.blob`, `${building}${name}`];

/**
 * Installs the Node that goes in, and the program that puts things into it, as locked in `single/`. It is Node 24: newer
 * ones ask for libatomic, which a host without a compiler may not have.
 */
async function install(): Promise<{readonly node: string; readonly postject: string}> {
	await mkdir(tools, {recursive: true});
	for (const file of ['package.json', 'package-lock.json'])
		await copyFile(`${root}source/build/single/${file}`, `${tools}${file}`);
	await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {cwd: tools});
	const modules = `${tools}node_modules/`;
	return {node: `${modules}node-${process.platform}-${process.arch}/bin/node`, postject: `${modules}postject/dist/cli.js`};
}

await mkdir(building, {recursive: true});
await build({
	...common,
	entryPoints: [`${root}source/cli.ts`],
	outfile: script,
	format: 'cjs',
	target: 'node24',
	define: {...common.define, 'import.meta': 'importMeta'},
	banner: {js: "const importMeta = {url: require('node:url').pathToFileURL(__filename).href};"},
	plugins: [carrying, patching, builtinsWithoutFacade, terminalBinary, carriedLibrary],
});
demandPatches();
const {node, postject} = await install();
const recipe = {main: script, output: blob, disableExperimentalSEAWarning: true, useCodeCache: true};
await writeFile(`${building}sea.json`, JSON.stringify(recipe));
await run(node, ['--experimental-sea-config', `${building}sea.json`]);
await copyFile(node, executable);
// The fuse is a mark in Node itself, which says where to look for what was put in.
const fuse = ['--sentinel-fuse', 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'];
await run(process.execPath, [postject, executable, 'NODE_SEA_BLOB', blob, ...fuse]);
await mkdir(release, {recursive: true});
await rename(executable, `${release}${name}`);
const licences = [`${dirname(dirname(node))}/LICENSE`, `${script}.LEGAL.txt`].map(file => readFile(file, 'utf8'));
await writeFile(`${release}${name}.LEGAL.txt`, (await Promise.all(licences)).join('\n'));
await rm(building, {recursive: true, force: true});

/**
 * Bundles midwatch into dist/: the launcher as one CommonJS file that runs on any Node far enough to say that it is too
 * old, and the commands as ECMAScript modules that share chunks. `--unpatched` leaves the dependencies as they are.
 */
import {chmod, mkdir, rename, rm, writeFile} from 'node:fs/promises';
import {build} from 'esbuild';
import {commands} from '../commands/table.ts';
import {builtinsWithoutFacade} from './builtins.ts';
import {carriedLibrary} from './library.ts';
import {common, root} from './options.ts';
import {patching} from './patching.ts';
import {terminalBinary} from './terminal-binary.ts';

const dist = `${root}dist/`;
// Built beside it and put in its place when complete, so that a dist that is there always works.
const building = `${root}.cache/dist-${process.pid}/`;
const patched = !process.argv.includes('--unpatched');

/** Each call shares chunks among its own commands only: the dashboard opens fewer files for being on its own. */
const bundle = (modules: readonly string[]) =>
	build({
		...common,
		entryPoints: Object.fromEntries(modules.map(module => [module, `${root}source/commands/${module}.ts`])),
		outdir: building,
		format: 'esm',
		splitting: true,
		target: 'node22',
		chunkNames: 'chunks/[name]-[hash]',
		// Bundled CommonJS asks for Node's own modules through `require`.
		banner: {js: "import {createRequire as makeRequire} from 'node:module';const require = makeRequire(import.meta.url);"},
		plugins: patched ? [patching, builtinsWithoutFacade, terminalBinary, carriedLibrary] : [terminalBinary, carriedLibrary],
	});

await mkdir(building, {recursive: true});
const modules = commands.map(({module}) => module);
await bundle(modules.filter(module => module === 'dashboard'));
await bundle(modules.filter(module => module !== 'dashboard'));

const launcher = `${building}midwatch.cjs`;
await build({
	...common,
	entryPoints: [`${root}source/cli.ts`],
	outfile: launcher,
	format: 'cjs',
	// Old enough that an outdated Node gets as far as the line that says so.
	target: 'node12',
	supported: {'dynamic-import': true},
	banner: {js: '#!/usr/bin/env node'},
});
await chmod(launcher, 0o755);
await writeFile(`${building}package.json`, '{"type":"module"}\n');

const old = `${building.slice(0, -1)}-old`;
await rename(dist, old).catch(() => {});
await rename(building, dist);
await rm(old, {recursive: true, force: true});

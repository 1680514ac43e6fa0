/**
 * Bundles midwatch into dist/: the launcher as one CommonJS file that runs on any Node far enough to say that it is too
 * old, and the commands as ECMAScript modules that share chunks. `--unpatched` leaves the dependencies as they are.
 */
import {chmod, mkdir, rename, rm, writeFile} from 'node:fs/promises';
import {build, type Plugin} from 'esbuild';
import {commands} from '../commands/table.ts';
import {afterCommand} from './after-command.ts';
import {builtinsWithoutFacade} from './builtins.ts';
import {latePackages, withoutLatePackages} from './late-packages.ts';
import {carriedLibrary} from './library.ts';
import {common, root} from './options.ts';
import {demandPatches, patching} from './patching.ts';
import {terminalBinary} from './terminal-binary.ts';

const dist = `${root}dist/`;
// Built beside it and put in its place when complete, so that a dist that is there always works.
const building = `${root}.cache/dist-${process.pid}/`;
const patched = !process.argv.includes('--unpatched');

/** Commands that begin with much the same, and share it; every other one opens fewer files for being on its own. */
const alike: ReadonlyArray<readonly string[]> = [
	['snapshot', 'risks', 'about'],
	['cordon', 'uncordon', 'drain', 'backup'],
	['journal', 'rbac', 'completion'],
];

const bundle = (entryPoints: Readonly<Record<string, string>>, outdir: string, plugins: readonly Plugin[]) =>
	build({
		...common,
		entryPoints,
		outdir,
		format: 'esm',
		splitting: true,
		target: 'node22',
		chunkNames: 'chunks/[name]-[hash]',
		// Bundled CommonJS asks for Node's own modules through `require`.
		banner: {js: "import {createRequire as makeRequire} from 'node:module';const require = makeRequire(import.meta.url);"},
		plugins: [...plugins, ...(patched ? [patching, builtinsWithoutFacade] : []), terminalBinary, carriedLibrary],
	});

const fileOf = (module: string): string => `${root}source/commands/${module}.ts`;

await mkdir(building, {recursive: true});
const alone = commands.map(({module}) => module).filter(module => !alike.flat().includes(module));
for (const modules of [...alone.map(module => [module]), ...alike]) {
	const [first, ...others] = modules.map(fileOf);
	const late = first === undefined || others.length > 0 ? [] : [afterCommand(first)];
	await bundle(Object.fromEntries(modules.map(module => [module, fileOf(module)])), building, [withoutLatePackages, ...late]);
}
await bundle(latePackages, `${building}late/`, []);
if (patched) demandPatches();

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
await writeFile(`${building}package.json`, `${JSON.stringify({type: 'module', imports: {'#late/*': './late/*.js'}})}\n`);

const old = `${building.slice(0, -1)}-old`;
await rename(dist, old).catch(() => {});
await rename(building, dist);
await rm(old, {recursive: true, force: true});

/**
 * Bundles midwatch into dist/: the launcher as one CommonJS file that runs on any Node far enough to say that it is too
 * old, and the commands as ECMAScript modules that share chunks. `--unpatched` leaves the dependencies as they are.
 */
import {chmod, mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {type BuildOptions, build, type Plugin} from 'esbuild';
import {helpOf, overview} from '../commands/help.ts';
import {commands} from '../commands/table.ts';
import {builtinsWithoutFacade} from './builtins.ts';
import {patches} from './patches/index.ts';
import {wasmOf} from './patches/synchronous-yoga.ts';

const root = new URL('../../', import.meta.url);
const dist = fileURLToPath(new URL('dist/', root));
// Built beside it and put in its place when complete, so that a dist that is there always works.
const building = fileURLToPath(new URL(`.cache/dist-${process.pid}/`, root));
const patched = !process.argv.includes('--unpatched');

/** Applies every patch to its file; a patch whose file is never read, or no longer matches, breaks the build. */
const patching: Plugin = {
	name: 'patches',
	setup(context) {
		const applied = new Set<string>();
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
		context.onEnd(() => {
			const missing = patches.filter(({name}) => !applied.has(name)).map(({name}) => name);
			if (missing.length > 0) throw new Error(`patches that met no file: ${missing.join(', ')}`);
		});
	},
};

const {version} = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as {version: string};
const help = Object.fromEntries(
	commands.map(command => [command.name, command.name === '' ? overview(commands) : helpOf(command)]),
);

const common: BuildOptions = {
	bundle: true,
	platform: 'node',
	minify: true,
	keepNames: false,
	legalComments: 'linked',
	logLevel: 'warning',
	define: {
		'process.env.NODE_ENV': '"production"',
		'process.env.DEV': '"false"',
		MIDWATCH_VERSION: JSON.stringify(version),
		MIDWATCH_HELP: JSON.stringify(help),
	},
};

/** Each call shares chunks among its own commands only: the dashboard opens fewer files for being on its own. */
const bundle = (modules: readonly string[]) =>
	build({
		...common,
		entryPoints: Object.fromEntries(
			modules.map(module => [module, fileURLToPath(new URL(`source/commands/${module}.ts`, root))]),
		),
		outdir: building,
		format: 'esm',
		splitting: true,
		target: 'node22',
		chunkNames: 'chunks/[name]-[hash]',
		loader: {'.json': 'json'},
		// Bundled CommonJS asks for Node's own modules through `require`.
		banner: {js: "import {createRequire as makeRequire} from 'node:module';const require = makeRequire(import.meta.url);"},
		external: ['react-devtools-core'],
		plugins: patched ? [patching, builtinsWithoutFacade] : [],
	});

await mkdir(building, {recursive: true});
const modules = commands.map(({module}) => module);
await bundle(modules.filter(module => module === 'dashboard'));
await bundle(modules.filter(module => module !== 'dashboard'));

const launcher = `${building}midwatch.cjs`;
await build({
	...common,
	entryPoints: [fileURLToPath(new URL('source/cli.ts', root))],
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

import {join} from 'node:path';
import type {Screen} from './screen.ts';
import type {Command} from './table.ts';

/** What the file of a command is asked to do. Returns the exit code. */
export type Run = {
	readonly run: (argv: readonly string[], screen: Screen) => Promise<number>;
};

/**
 * Imports a command, which stands beside the launcher as a module of its own; what V8 made of it is kept for the next time.
 * A single-file executable carries its commands in itself: there, the build puts another module in the place of this one.
 */
export function load({module}: Command): Promise<Run> {
	const {enableCompileCache} = process.getBuiltinModule('node:module');
	enableCompileCache(
		join(process.env.XDG_CACHE_HOME ?? join(process.getBuiltinModule('node:os').homedir(), '.cache'), 'midwatch'),
	);
	// Spelled so that the bundler leaves it alone.
	const file = ['.', `${module}.js`].join('/');
	return import(file);
}

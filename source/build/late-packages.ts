import {isBuiltin} from 'node:module';
import type {Plugin} from 'esbuild';

/** Packages that are imported late, by the name under which they stand in `late/` beside the commands. */
export const latePackages = new Map<string, string>();

/** Leaves out what few ever need, and notes it, for all commands to share one file of it: 1 MB for OIDC and the like alone. */
export const withoutLatePackages: Plugin = {
	name: 'without-late-packages',
	setup(context) {
		context.onResolve({filter: /^[@a-z]/}, ({path, kind}) => {
			if (kind !== 'dynamic-import' || isBuiltin(path)) return undefined;
			const name = path
				.replace(/\.js$/, '')
				.replaceAll(/[^a-z-]+/g, '-')
				.replace(/^-/, '');
			latePackages.set(name, path);
			return {path: `#late/${name}`, external: true};
		});
	},
};

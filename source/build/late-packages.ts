import type {Plugin} from 'esbuild';

/** Large packages that few ever need, by their file in `late/`. They are ECMAScript modules: of others, names would be lost. */
export const latePackages = {
	kubernetes: '@kubernetes/client-node/dist/config.js',
	conf: 'conf',
} as const satisfies Readonly<Record<string, string>>;

/** Leaves them out, for all commands to share one file of each. */
export const withoutLatePackages: Plugin = {
	name: 'without-late-packages',
	setup(context) {
		for (const [name, path] of Object.entries(latePackages)) {
			const filter = new RegExp(`^${path.replaceAll('.', '\\.')}$`);
			context.onResolve({filter}, ({kind}) => (kind === 'dynamic-import' ? {path: `#late/${name}`, external: true} : undefined));
		}
	},
};

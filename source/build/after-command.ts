import type {Plugin} from 'esbuild';

/**
 * What a command imports late comes after the command, which is there by then with all that it began with. Told that, the
 * bundler puts this into one chunk; else each part of it that something late shares becomes a file of its own, dozens of
 * them, and each takes a third of a millisecond to open. https://github.com/evanw/esbuild/issues/3780
 */
export const afterCommand = (command: string): Plugin => ({
	name: 'after-command',
	setup(context) {
		context.onResolve({filter: /^\.\.?\//}, async ({path, kind, importer, resolveDir, pluginData}) => {
			if (kind !== 'dynamic-import' || pluginData === context) return undefined;
			const late = await context.resolve(path, {kind, importer, resolveDir, pluginData: context});
			return {path: late.path, errors: late.errors, namespace: 'late'};
		});
		context.onLoad({filter: /.*/, namespace: 'late'}, ({path}) => ({
			contents: `import ${JSON.stringify(command)}; export * from ${JSON.stringify(path)};`,
			resolveDir: '/',
		}));
	},
});

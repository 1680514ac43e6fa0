import {builtinModules} from 'node:module';
import type {Plugin} from 'esbuild';

const names = new Set(builtinModules);

/** A module with the exports of a builtin, each read only where it is used: what nobody imports, the bundler drops. */
function lazily(name: string): string {
	const exported = Object.keys(process.getBuiltinModule(name) ?? {}).filter(
		key => /^[A-Za-z_$][\w$]*$/.test(key) && key !== 'default',
	);
	return [
		`const builtin = /* @__PURE__ */ process.getBuiltinModule(${JSON.stringify(name)});`,
		'export default builtin;',
		...exported.map((key, at) => `const _${at} = /* @__PURE__ */ (from => from.${key})(builtin); export {_${at} as ${key}};`),
	].join('\n');
}

/**
 * Takes Node's own modules as they are, not through the facade that an ECMAScript import of them makes. The facade reads
 * every export, and with that loads what Node would load only on use: all of undici for `node:http`, streams for
 * `node:fs`, together 50 ms. https://github.com/nodejs/node/issues/59686
 */
export const builtinsWithoutFacade: Plugin = {
	name: 'builtins-without-facade',
	setup(context) {
		context.onResolve({filter: /^(node:)?[a-z]/}, ({path, kind}) => {
			const name = path.replace(/^node:/, '');
			return names.has(name) && kind === 'import-statement' ? {path: name, namespace: 'builtin', sideEffects: false} : undefined;
		});
		context.onLoad({filter: /.*/, namespace: 'builtin'}, ({path}) => ({contents: lazily(path)}));
	},
};

import {type Patch, replaceOnce} from './patch.ts';

/**
 * With DEV set, Ink loads React's developer tools and tells them its version. A bundle never does, but for waiting for
 * them the whole module is asynchronous, and could be in no file that is run as a script.
 * https://github.com/vadimdemedes/ink/issues/384
 */
export const withoutDeveloperMode: Patch = {
	name: 'without-developer-mode',
	why: 'nothing of the developer tools in the bundle, and no wait for them',
	file: 'ink/build/reconciler.js',
	apply: source =>
		replaceOnce(
			replaceOnce(source, "await import('./devtools.js');", ''),
			'const loaded = await loadPackageJson();',
			'const loaded = packageInfo;',
		),
};

import {type Patch, replaceOnce} from './patch.ts';

/**
 * Meow reads the package of the program for its help and its version, which are ours. What would put a package in order is
 * made as it is imported all the same: 5 ms at each start.
 * https://github.com/sindresorhus/meow/issues/104
 */
export const unreadPackage: Patch = {
	name: 'unread-package',
	why: 'nothing is prepared for a package that is not read',
	file: 'meow/build/dependencies.js',
	apply: source =>
		replaceOnce(
			replaceOnce(
				source,
				'var normalizeExports = requireNormalize();\nconst normalizePackageData = getDefaultExportFromCjs(normalizeExports);',
				'const normalizePackageData = data => getDefaultExportFromCjs(requireNormalize())(data);',
			),
			'\npromisify(execFile);\n',
			'\n',
		),
};

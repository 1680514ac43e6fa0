import {type Patch, replaceOnce} from './patch.ts';

/**
 * Ink tokenises every line of every frame anew, because its caches live for one frame. Kept across frames they save
 * 20–40 % of the CPU of an update; they are emptied once they have grown past what a few screens need.
 * https://github.com/vadimdemedes/ink/pull/835
 */
export const sharedOutputCaches: Patch = {
	name: 'shared-output-caches',
	why: 'unchanged lines are not tokenised again',
	file: 'ink/build/output.js',
	apply: source =>
		replaceOnce(
			replaceOnce(source, 'export default class Output {', 'let shared;\nexport default class Output {'),
			'caches = new OutputCaches();',
			'caches = shared !== undefined && shared.styledChars.size < 2000 && shared.widths.size < 4000 ? shared : (shared = new OutputCaches());',
		),
};

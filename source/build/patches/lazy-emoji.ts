import {type Patch, replaceOnce} from './patch.ts';

/**
 * Compiling `\p{RGI_Emoji}` takes 22 ms and is asked for by the first box-drawing character. A cluster of one UTF-16
 * unit is an RGI emoji exactly when it has emoji presentation, so the large expression is left to longer clusters.
 * https://github.com/oven-sh/bun/issues/37290
 */
export const lazyEmoji: Patch = {
	name: 'lazy-emoji',
	why: 'no 22 ms expression for a frame of box-drawing characters',
	file: 'string-width/index.js',
	apply: source =>
		replaceOnce(
			replaceOnce(
				source,
				'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
				`let rgiEmojiRegex;
const isRgiEmoji = segment =>
	segment.length === 1 ? /^\\p{Emoji_Presentation}$/u.test(segment) : (rgiEmojiRegex ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(segment);`,
			),
			'rgiEmojiRegex.test(segment)',
			'isRgiEmoji(segment)',
		),
};

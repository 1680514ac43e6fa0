import {type Patch, replaceOnce} from './patch.ts';

/**
 * Characters that take one column each and join with nothing: Latin-1, dashes and quotes, arrows, box drawing, blocks,
 * shapes and our own cross. Nothing here has emoji presentation. Kept as text: it goes into the bundle as it is.
 */
export const narrow = String.raw`\u0020-\u007E\u00A1-\u00AC\u00AE-\u00FF\u2010-\u2027\u2030-\u205E\u2190-\u21FF\u2500-\u25FC\u2716`;

/**
 * Every line of a frame has box-drawing characters in it, and each of those is segmented, looked up and tested for being
 * an emoji, the first time by an expression that takes 22 ms to compile. A text of narrow characters is as wide as it is
 * long; a cluster of one UTF-16 unit is an RGI emoji exactly when it has emoji presentation, so the large expression is
 * left to longer clusters. https://github.com/oven-sh/bun/issues/37290
 */
export const quickWidth: Patch = {
	name: 'quick-width',
	why: 'a frame of box-drawing characters is measured without segmenting it, and without a 22 ms expression',
	file: 'string-width/index.js',
	apply: source => {
		const lazy = replaceOnce(
			source,
			'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
			`let rgiEmojiRegex;
const isRgiEmoji = segment =>
	segment.length === 1 ? /^\\p{Emoji_Presentation}$/u.test(segment) : (rgiEmojiRegex ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(segment);`,
		);
		const asked = replaceOnce(lazy, 'rgiEmojiRegex.test(segment)', 'isRgiEmoji(segment)');
		return replaceOnce(
			asked,
			'if (/^[\\u0020-\\u007E]*$/.test(string)) {',
			`if (/^[\\u0020-\\u007E]*$/.test(string) || (ambiguousIsNarrow && /^[${narrow}]*$/.test(string))) {`,
		);
	},
};

import type {SafeText} from '../vocabulary.ts';

// Everything a terminal could take for more than a printable character: C0, DEL and C1 (Cc), format characters such as bidi
// controls, zero-width joiners, tags and annotations (Cf), lone surrogates (Cs), line and paragraph separators, and what is to
// be ignored where it is not known (variation selectors, fillers).
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const everyUnsafe = new RegExp(unsafe.source, 'gu');

// A whole escape sequence goes, not only its first byte: CSI, then the string sequences (OSC, DCS, SOS, PM, APC), then the short ones.
const sequences =
	/(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/**
 * The one door for text from outside (object fields, metrics labels, command output): returns it without control
 * characters, escape sequences, bidi and invisible characters, on one line, at most `limit` UTF-16 units long.
 */
export function safeText(from: string, limit = 1024): SafeText {
	const start = from.slice(0, limit * 4);
	const clean = unsafe.test(start) ? start.replace(sequences, '').replace(breaks, ' ').replace(everyUnsafe, '') : start;
	const isWhole = clean.length <= limit && start.length === from.length;
	return (isWhole ? clean : `${firstOf(clean, limit - 1)}…`) as SafeText;
}

/** The beginning of a text, never half a character. A copy: a slice would keep the whole text in memory. */
function firstOf(text: string, length: number): string {
	return Buffer.from(text.slice(0, length).replace(/[\ud800-\udbff]$/, '')).toString();
}

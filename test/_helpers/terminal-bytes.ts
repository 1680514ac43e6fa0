/** Every sequence that Ink, our skeleton and our own emphasis write; and the line ends between lines. */
const ours =
	/\u001b\[(?:\?(?:1049|25|2026|2004|7)[hl]|\d*[ABEGJK]|H|(?:[0-57-9]|[0-57-9]\d|38;5;\d{1,3}|38;2;\d{1,3};\d{1,3};\d{1,3})m|39m|27m|22m|1m|7m)|\r*\n\r*/g;
/** What `y` writes: a command, in base64. */
const copied = /\u001b\]52;c;[A-Za-z0-9+/=]*\u0007/g;
const forbidden = /[\p{Cc}\p{Bidi_Control}\u200b-\u200f\u2028\u2029\u2066-\u2069\ufeff\u{e0000}-\u{e007f}][^\p{Cc}]{0,12}/gu;

/** What was written to a terminal that none of us writes: sequences, control, bidi and invisible characters. */
export function foreignIn(written: string): readonly string[] {
	return written.replaceAll(copied, '').replaceAll(ours, '').match(forbidden) ?? [];
}

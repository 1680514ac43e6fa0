import {expect} from 'vitest';

/** Every sequence that Ink, our skeleton and our own emphasis write; and line ends, as the terminal driver doubles them. */
const ours =
	/\u001b\[(?:\?(?:1049|7|25|2026|2004)[hl]|\d*[ABEG]|J|2?K|(?:1;1)?H|(?:0|[39]\d|1|22|7|27|39|38;5;\d{1,3}|38;2;\d{1,3};\d{1,3};\d{1,3})m)|\r{0,2}\n/g;
/** What `y` writes. */
const copied = /\u001b\]52;c;([A-Za-z0-9+/=]*)\u0007/g;
const forbidden = /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u;

/** Fails where what was written to a terminal holds anything but text and the few sequences that are ours. */
export function expectOnlyOurs(written: string): void {
	const rest = written.replaceAll(copied, '').replaceAll(ours, '');
	const at = rest.search(forbidden);
	expect(at < 0 ? '' : JSON.stringify(rest.slice(Math.max(0, at - 40), at + 40))).toBe('');
	for (const [, encoded = ''] of written.matchAll(copied))
		expect(Buffer.from(encoded, 'base64').toString('utf8')).toMatch(/^kubectl [\x20-\x7e]+$/);
}

/**
 * A buffer that is filled from its end to its start, so that the length of a message is known when it is put before
 * it. There is one for everybody: only one writes at a time, and `written` copies what it has.
 */
let buffer = Buffer.allocUnsafe(65_536);
let at = buffer.length;

/** What `write` writes, as bytes of their own. */
export function written(write: () => void): Buffer {
	at = buffer.length;
	write();
	return Buffer.from(buffer.subarray(at));
}

function reserve(size: number): void {
	if (size <= at) return;
	const used = buffer.length - at;
	const grown = Buffer.allocUnsafe(Math.max(buffer.length * 2, used + size));
	buffer.copy(grown, grown.length - used, at);
	at = grown.length - used;
	buffer = grown;
}

/** A mark to give to `putHead` once the message that ends here is written. */
export function end(): number {
	return buffer.length - at;
}

/** Number and length of a field, before what was written since `mark`. */
export function putHead(field: number, mark: number): void {
	putVarint(buffer.length - at - mark);
	putVarint(field * 8 + 2);
}

export function putNumber(field: number, value: number): void {
	putVarint(value);
	putVarint(field * 8);
}

export function putVarint(value: number): void {
	reserve(10);
	if (value >= 0 && value < 0x80) {
		at -= 1;
		buffer[at] = value;
	} else if (value < 0) putNegative(value);
	else {
		let size = 1;
		for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size += 1;
		at -= size;
		let rest = value;
		for (let index = 0; index < size; index += 1) {
			buffer[at + index] = (rest % 0x80) | (index === size - 1 ? 0 : 0x80);
			rest = Math.floor(rest / 0x80);
		}
	}
}

/** Negative numbers take ten bytes. */
function putNegative(value: number): void {
	let rest = BigInt.asUintN(64, BigInt(value));
	at -= 10;
	for (let index = 0; index < 10; index += 1) {
		buffer[at + index] = Number(rest & 0x7fn) | (index === 9 ? 0 : 0x80);
		rest >>= 7n;
	}
}

export function putBytes(bytes: Uint8Array): void {
	reserve(bytes.length);
	at -= bytes.length;
	buffer.set(bytes, at);
}

/** The texts of objects are short and mostly plain: a loop is faster than a call into the encoder. */
export function putText(text: string): void {
	if (text.length > 64 || !putPlain(text)) putEncoded(text);
}

/** Says false, and leaves nothing behind, where a character takes more than a byte. */
function putPlain(text: string): boolean {
	reserve(text.length);
	const start = at - text.length;
	for (let index = 0; index < text.length; index += 1) {
		const code = text.charCodeAt(index);
		if (code > 0x7f) return false;
		buffer[start + index] = code;
	}
	at = start;
	return true;
}

function putEncoded(text: string): void {
	const size = Buffer.byteLength(text);
	reserve(size);
	at -= size;
	buffer.write(text, at, size);
}

/** Where in the bytes a reader is. */
export type Cursor = {readonly bytes: Buffer; at: number};

/** Wire types: https://protobuf.dev/programming-guides/encoding/#structure */
export const varintWire = 0;
export const lengthWire = 2;
const eightBytesWire = 1;
const fourBytesWire = 5;

/** Reads a length, and says where what it is the length of ends. */
export function endOf(cursor: Cursor): number {
	const length = varint(cursor);
	const end = cursor.at + length;
	if (!(length >= 0 && end <= cursor.bytes.length)) throw cutOff();
	return end;
}

/** Reads a number of up to 64 bits, with its sign. Beyond 2^53 it is not exact. */
export function varint(cursor: Cursor): number {
	let byte = next(cursor);
	let value = byte & 0x7f;
	if (byte < 0x80) return value;
	// What a negative number lacks to 2^64, exact where the number itself is too large to be.
	let lacking = ~byte & 0x7f;
	for (let factor = 0x80; byte >= 0x80; factor *= 0x80) {
		byte = next(cursor);
		value += (byte & 0x7f) * factor;
		if (factor < 2 ** 63) lacking += (~byte & 0x7f) * factor;
	}
	return value < 2 ** 63 ? value : -lacking - 1;
}

function next(cursor: Cursor): number {
	const byte = cursor.bytes[cursor.at++];
	if (byte === undefined) throw cutOff();
	return byte;
}

/** Passes over a field of this wire type. */
export function skip(cursor: Cursor, wire: number): void {
	if (wire === varintWire) varint(cursor);
	else if (wire === lengthWire) cursor.at = endOf(cursor);
	else if (wire === eightBytesWire) cursor.at += 8;
	else if (wire === fourBytesWire) cursor.at += 4;
	else throw new RangeError(`protobuf has no wire type ${wire}`);
}

/** What is thrown where bytes are missing. */
export function cutOff(): RangeError {
	return new RangeError('a protobuf message is cut off');
}

/** A field's value as it stands on the wire: a number, or the bytes of a string or of a message within. */
type Value = number | Buffer;

/** The fields of a protobuf message in their order, by number. Only what Kubernetes uses: varints and lengths. */
function fieldsOf(message: Buffer): Map<number, Value[]> {
	const found = new Map<number, Value[]>();
	let at = 0;
	const varint = (): number => {
		let value = 0n;
		for (let shift = 0n; ; shift += 7n) {
			const byte = message[at];
			if (byte === undefined) throw new Error('the protobuf message ends in the middle of a number');
			at += 1;
			value |= BigInt(byte & 0x7f) << shift;
			if (byte < 0x80) return Number(BigInt.asIntN(64, value));
		}
	};
	while (at < message.length) {
		const tag = varint();
		const wire = tag & 7;
		if (wire !== 0 && wire !== 2) throw new Error(`the protobuf message has a field of wire type ${wire}`);
		let value: Value = varint();
		if (wire === 2) {
			const end = at + value;
			if (end > message.length) throw new Error('the protobuf message ends in the middle of a field');
			value = message.subarray(at, end);
			at = end;
		}
		found.set(tag >> 3, [...(found.get(tag >> 3) ?? []), value]);
	}
	return found;
}

/** All values of a repeated field, as bytes. */
export function repeated(message: Buffer, field: number): Buffer[] {
	return (fieldsOf(message).get(field) ?? []).filter(value => Buffer.isBuffer(value));
}

/** Goes down from message to message by field numbers, always to the first of them. */
export function inside(message: Buffer, ...path: readonly number[]): Value | undefined {
	let value: Value | undefined = message;
	for (const field of path) {
		if (!Buffer.isBuffer(value)) return undefined;
		value = fieldsOf(value).get(field)?.[0];
	}
	return value;
}

/** The message at the end of a path; empty where there is none. */
export function messageAt(message: Buffer, ...path: readonly number[]): Buffer {
	const value = inside(message, ...path);
	return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
}

/** The text at the end of a path; empty where there is none, as protobuf has it. */
export function textAt(message: Buffer, ...path: readonly number[]): string {
	return messageAt(message, ...path).toString();
}

/** The number at the end of a path; 0 where there is none, as protobuf has it. */
export function numberAt(message: Buffer, ...path: readonly number[]): number {
	const value = inside(message, ...path);
	return typeof value === 'number' ? value : 0;
}

/** A map of texts, whose entries are messages of key and value. */
export function mapAt(message: Buffer, field: number): Record<string, string> {
	return Object.fromEntries(repeated(message, field).map(entry => [textAt(entry, 1), textAt(entry, 2)]));
}

/** What Kubernetes wraps every protobuf object in (runtime.Unknown behind four magic bytes). */
export function unwrap(body: Buffer): {apiVersion: string; kind: string; object: Buffer} {
	if (body.subarray(0, 4).toString('latin1') !== 'k8s\0') {
		throw new Error(`the magic bytes are missing; it begins with ${body.subarray(0, 16).toString('hex')}`);
	}
	const unknown = body.subarray(4);
	return {apiVersion: textAt(unknown, 1, 1), kind: textAt(unknown, 1, 2), object: messageAt(unknown, 2)};
}

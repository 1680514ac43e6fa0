/**
 * A message type: field number → JSON name and type. A name of `''` says that the fields of the message within stand
 * in the object itself (Go's inlined structs).
 */
export type MessageType = {readonly [field: number]: Field};
export type Field = readonly [name: string, type: FieldType] | readonly [name: string, type: FieldType, repeated: 'list'];
export type FieldType =
	| 'string'
	| 'int'
	| 'bool'
	/** Seconds and nanoseconds, RFC 3339 in JSON. */
	| 'time'
	| 'quantity'
	| 'intOrString'
	/** A message around JSON as it is (FieldsV1). */
	| 'json'
	| MessageType
	| {readonly map: 'string' | 'quantity'};

type Json = {readonly [key: string]: unknown};

/** Encodes an object. What its type does not know is left out. */
export function encode(type: MessageType, object: object): Buffer {
	const writer = new BackwardWriter();
	writeMessage(writer, type, object as Json);
	return writer.bytes();
}

/** Used again by every writer: only one writes at a time. */
let scratch = Buffer.allocUnsafe(65_536);

/** Written from the end to the start, so that the length of a message is known when it is put before it. */
class BackwardWriter {
	#buffer = scratch;
	#at = scratch.length;

	get position(): number {
		return this.#buffer.length - this.#at;
	}

	#reserve(size: number): void {
		if (size <= this.#at) return;
		const used = this.position;
		const grown = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, used + size));
		this.#buffer.copy(grown, grown.length - used, this.#at);
		this.#at = grown.length - used;
		this.#buffer = grown;
		scratch = grown;
	}

	varint(value: number): void {
		if (value < 0) {
			this.#bigVarint(BigInt.asUintN(64, BigInt(value)));
			return;
		}
		let size = 1;
		for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size += 1;
		this.#reserve(size);
		this.#at -= size;
		let rest = value;
		for (let index = 0; index < size; index += 1) {
			this.#buffer[this.#at + index] = (rest % 0x80) | (index === size - 1 ? 0 : 0x80);
			rest = Math.floor(rest / 0x80);
		}
	}

	/** Negative numbers take ten bytes. */
	#bigVarint(value: bigint): void {
		this.#reserve(10);
		this.#at -= 10;
		let rest = value;
		for (let index = 0; index < 10; index += 1) {
			this.#buffer[this.#at + index] = Number(rest & 0x7fn) | (index === 9 ? 0 : 0x80);
			rest >>= 7n;
		}
	}

	text(value: string): void {
		const size = Buffer.byteLength(value);
		this.#reserve(size);
		this.#at -= size;
		this.#buffer.write(value, this.#at, size);
	}

	raw(value: Uint8Array): void {
		this.#reserve(value.length);
		this.#at -= value.length;
		this.#buffer.set(value, this.#at);
	}

	number(field: number, value: number): void {
		this.varint(value);
		this.varint(field * 8);
	}

	/** What `write` writes, with its length and number before it. */
	within(field: number, write: () => void): void {
		const end = this.position;
		write();
		this.varint(this.position - end);
		this.varint(field * 8 + 2);
	}

	/** What was written, as a copy. */
	bytes(): Buffer {
		return Buffer.from(this.#buffer.subarray(this.#at));
	}
}

/** Fields of a type, highest number first, as they are written backward. */
const ordered = new WeakMap<MessageType, ReadonlyArray<readonly [number, Field]>>();

function fieldsOf(type: MessageType): ReadonlyArray<readonly [number, Field]> {
	const known =
		ordered.get(type) ??
		Object.entries(type)
			.map(([number, field]) => [Number(number), field] as const)
			.reverse();
	ordered.set(type, known);
	return known;
}

function writeMessage(writer: BackwardWriter, type: MessageType, object: Json): void {
	for (const [number, [name, fieldType, repeated]] of fieldsOf(type)) {
		const value = name === '' ? object : object[name];
		if (value === undefined || value === null) continue;
		if (repeated === undefined) writeField(writer, number, fieldType, value);
		else for (const item of (value as unknown[]).toReversed()) writeField(writer, number, fieldType, item);
	}
}

function writeField(writer: BackwardWriter, number: number, type: FieldType, value: unknown): void {
	if (type === 'string') writer.within(number, () => writer.text(String(value)));
	else if (type === 'int') writer.number(number, Number(value));
	else if (type === 'bool') writer.number(number, value === true ? 1 : 0);
	else if (type === 'time') writer.within(number, () => writeTime(writer, String(value)));
	else if (type === 'quantity') writer.within(number, () => writer.within(1, () => writer.text(String(value))));
	else if (type === 'intOrString') writer.within(number, () => writeIntOrString(writer, value));
	else if (type === 'json') writer.within(number, () => writer.within(1, () => writer.text(JSON.stringify(value))));
	else if (isMap(type)) writeMap(writer, number, type.map, value as Json);
	else writer.within(number, () => writeMessage(writer, type, value as Json));
}

function writeTime(writer: BackwardWriter, text: string): void {
	const at = Date.parse(text);
	const [, fraction = ''] = /\.(\d{1,9})/.exec(text) ?? [];
	if (fraction !== '') writer.number(2, Number(fraction.padEnd(9, '0')));
	writer.number(1, Math.floor(at / 1000));
}

function writeIntOrString(writer: BackwardWriter, value: unknown): void {
	if (typeof value === 'number') {
		writer.number(2, value);
		writer.number(1, 0);
	} else {
		writer.within(3, () => writer.text(String(value)));
		writer.number(1, 1);
	}
}

function writeMap(writer: BackwardWriter, number: number, of: 'string' | 'quantity', map: Json): void {
	for (const [key, value] of Object.entries(map).reverse()) {
		writer.within(number, () => {
			writeField(writer, 2, of, value);
			writer.within(1, () => writer.text(key));
		});
	}
}

/** Decodes a message. What its type does not know is skipped. @throws RangeError when it is cut off. */
export function decode(type: MessageType, bytes: Uint8Array): Record<string, unknown> {
	const object: Record<string, unknown> = {};
	readFields(bytes, (number, value) => {
		const field = type[number];
		if (field) assign(object, field, value);
	});
	return object;
}

type WireValue = number | Buffer;

function readFields(bytes: Uint8Array, take: (number: number, value: WireValue) => void): void {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let at = 0;
	const varint = (): number => {
		let value = 0n;
		for (let shift = 0n; ; shift += 7n) {
			const byte = buffer.readUInt8(at);
			at += 1;
			value |= BigInt(byte & 0x7f) << shift;
			if (byte < 0x80) return Number(BigInt.asIntN(64, value));
		}
	};
	while (at < buffer.length) {
		const tag = varint();
		const length = varint();
		if ((tag & 7) === 2) {
			if (length < 0 || at + length > buffer.length) throw new RangeError('a field is cut off');
			take(tag >> 3, buffer.subarray(at, at + length));
			at += length;
		} else if ((tag & 7) === 0) take(tag >> 3, length);
		else throw new RangeError(`wire type ${tag & 7} is not used by Kubernetes`);
	}
}

function assign(object: Record<string, unknown>, [name, type, repeated]: Field, value: WireValue): void {
	const read = readValue(type, value);
	if (name === '' || isMap(type)) {
		const target = name === '' ? object : ((object[name] ??= {}) as Record<string, unknown>);
		Object.assign(target, read);
	} else if (repeated !== undefined) ((object[name] ??= []) as unknown[]).push(read);
	// Go writes empty texts where JSON leaves them out.
	else if (read !== undefined && read !== '') object[name] = read;
}

function isMap(type: FieldType): type is {readonly map: 'string' | 'quantity'} {
	return typeof type === 'object' && 'map' in type;
}

function readValue(type: FieldType, value: WireValue): unknown {
	if (typeof value === 'number') return type === 'bool' ? value !== 0 : value;
	if (type === 'int' || type === 'bool') throw new RangeError('a number was expected');
	if (type === 'string') return value.toString();
	if (type === 'quantity') return innerText(value) || '0';
	if (type === 'json') return JSON.parse(innerText(value) || 'null');
	if (type === 'time') return readTime(value);
	if (type === 'intOrString') return readIntOrString(value);
	if (isMap(type)) {
		const {key = '', value: read = ''} = decode({1: ['key', 'string'], 2: ['value', type.map]}, value) as {
			key?: string;
			value?: string;
		};
		return {[key]: read};
	}
	return decode(type, value);
}

/** The text that is all there is in a message. */
function innerText(value: Buffer): string {
	return (decode({1: ['text', 'string']}, value) as {text?: string}).text ?? '';
}

/** A time that is not set is an empty message. */
function readTime(value: Buffer): string | undefined {
	if (value.length === 0) return undefined;
	const {seconds = 0, nanos = 0} = decode({1: ['seconds', 'int'], 2: ['nanos', 'int']}, value);
	const text = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
	return nanos === 0 ? `${text}Z` : `${text}.${String(nanos).padStart(9, '0').slice(0, 6)}Z`;
}

function readIntOrString(value: Buffer): number | string {
	const fields = decode({1: ['type', 'int'], 2: ['number', 'int'], 3: ['text', 'string']}, value);
	const {type = 0, number = 0, text = ''} = fields as {type?: number; number?: number; text?: string};
	return type === 1 ? text : number;
}

const magic = Buffer.from('k8s\0');
const envelope: MessageType = {1: ['type', {1: ['apiVersion', 'string'], 2: ['kind', 'string']}]};

/** An encoded object in its envelope: four magic bytes, then kind and version beside it (`runtime.Unknown`). */
export function wrap(apiVersion: string, kind: string, encoded: Uint8Array): Buffer {
	const writer = new BackwardWriter();
	writer.within(2, () => writer.raw(encoded));
	writeMessage(writer, envelope, {type: {apiVersion, kind}});
	writer.raw(magic);
	return writer.bytes();
}

/** Opens an envelope. @throws RangeError when it is none. */
export function unwrap(bytes: Uint8Array): {apiVersion: string; kind: string; encoded: Uint8Array} {
	if (!magic.equals(bytes.subarray(0, 4))) throw new RangeError('the magic bytes are missing');
	let encoded: Uint8Array = Buffer.alloc(0);
	readFields(bytes.subarray(4), (number, value) => {
		if (number === 2 && typeof value !== 'number') encoded = value;
	});
	const {type} = decode(envelope, bytes.subarray(4)) as {type?: {apiVersion?: string; kind?: string}};
	return {apiVersion: type?.apiVersion ?? '', kind: type?.kind ?? '', encoded};
}

/** One event of a watch: its length in four bytes, then a bare WatchEvent with the wrapped object in it. */
export function frameEvent(type: string, wrapped: Uint8Array): Buffer {
	const writer = new BackwardWriter();
	writer.within(2, () => writer.within(1, () => writer.raw(wrapped)));
	writer.within(1, () => writer.text(type));
	const length = Buffer.alloc(4);
	length.writeUInt32BE(writer.position);
	writer.raw(length);
	return writer.bytes();
}

/** The wrapped list of items that are encoded already, in pieces: only its head is made here. */
export function* wrapList(apiVersion: string, kind: string, head: Uint8Array, items: readonly Uint8Array[]): Generator<Buffer> {
	const lengths = items.map(item => itemHead(item.length));
	const size = items.reduce((sum, item, index) => sum + item.length + (lengths[index]?.length ?? 0), head.length);
	const start = new BackwardWriter();
	start.raw(head);
	start.varint(size);
	start.varint(2 * 8 + 2);
	writeMessage(start, envelope, {type: {apiVersion, kind}});
	start.raw(magic);
	yield start.bytes();
	for (const [index, item] of items.entries()) yield Buffer.concat([lengths[index] ?? Buffer.alloc(0), item]);
}

/** Number and length of an element of field 2, where every list has its items. */
function itemHead(length: number): Buffer {
	const writer = new BackwardWriter();
	writer.varint(length);
	writer.varint(2 * 8 + 2);
	return writer.bytes();
}

import {end, putBytes, putHead, putNumber, putText, putVarint, written} from './protobuf-writer.ts';

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
	return written(() => putMessage(type, object as Json));
}

/** Fields of a type, highest number first, as they are written backward. */
const ordered = new WeakMap<MessageType, ReadonlyArray<readonly [number, Field]>>();

function fieldsOf(type: MessageType): ReadonlyArray<readonly [number, Field]> {
	const known = ordered.get(type);
	if (known) return known;
	const fields = Object.entries(type).map(([number, field]) => [Number(number), field as Field] as const);
	ordered.set(type, fields.reverse());
	return fields;
}

function putMessage(type: MessageType, object: Json): void {
	for (const [number, [name, fieldType, repeated]] of fieldsOf(type)) {
		const value = name === '' ? object : object[name];
		if (value === undefined || value === null) continue;
		if (repeated === undefined) putField(number, fieldType, value);
		else {
			const items = value as unknown[];
			for (let index = items.length - 1; index >= 0; index -= 1) putField(number, fieldType, items[index]);
		}
	}
}

function putField(number: number, type: FieldType, value: unknown): void {
	if (type === 'int') return putNumber(number, Number(value));
	if (type === 'bool') return putNumber(number, value === true ? 1 : 0);
	if (isMap(type)) return putMap(number, type.map, value as Json);
	const mark = end();
	if (type === 'string') putText(String(value));
	else if (type === 'quantity') putInnerText(String(value));
	else if (type === 'json') putInnerText(JSON.stringify(value));
	else if (type === 'time') putTime(String(value));
	else if (type === 'intOrString') putIntOrString(value);
	else putMessage(type, value as Json);
	putHead(number, mark);
}

/** A text in a message of its own. */
function putInnerText(text: string): void {
	const mark = end();
	putText(text);
	putHead(1, mark);
}

function putTime(text: string): void {
	const [, fraction = ''] = /\.(\d{1,9})/.exec(text) ?? [];
	if (fraction !== '') putNumber(2, Number(fraction.padEnd(9, '0')));
	putNumber(1, Math.floor(Date.parse(text) / 1000));
}

function putIntOrString(value: unknown): void {
	const isText = typeof value === 'string';
	if (isText) {
		const mark = end();
		putText(value);
		putHead(3, mark);
	} else putNumber(2, Number(value));
	putNumber(1, isText ? 1 : 0);
}

function putMap(number: number, of: 'string' | 'quantity', map: Json): void {
	for (const key of Object.keys(map).reverse()) {
		const mark = end();
		putField(2, of, map[key]);
		putField(1, 'string', key);
		putHead(number, mark);
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

/** An object in the envelope of Kubernetes: four magic bytes, then kind and version beside it (`runtime.Unknown`). */
export function wrap(apiVersion: string, kind: string, type: MessageType, object: object): Buffer {
	return written(() => putWrapped(apiVersion, kind, type, object));
}

function putWrapped(apiVersion: string, kind: string, type: MessageType, object: object): void {
	const mark = end();
	putMessage(type, object as Json);
	putHead(2, mark);
	putMessage(envelope, {type: {apiVersion, kind}});
	putBytes(magic);
}

/** One event of a watch: its length in four bytes, then a bare WatchEvent with the wrapped object in it. */
export function frameEvent(event: string, apiVersion: string, kind: string, type: MessageType, object: object): Buffer {
	return written(() => {
		const mark = end();
		putWrapped(apiVersion, kind, type, object);
		putHead(1, mark);
		putHead(2, mark);
		putField(1, 'string', event);
		const length = Buffer.alloc(4);
		length.writeUInt32BE(end());
		putBytes(length);
	});
}

/** The wrapped list of items that are encoded already, in pieces: only its heads are made here. */
export function* wrapList(apiVersion: string, kind: string, head: Uint8Array, items: readonly Uint8Array[]): Generator<Buffer> {
	const heads = items.map(item => written(() => putItemHead(item.length)));
	const size = items.reduce((sum, item, index) => sum + item.length + (heads[index]?.length ?? 0), head.length);
	yield written(() => {
		putBytes(head);
		putItemHead(size);
		putMessage(envelope, {type: {apiVersion, kind}});
		putBytes(magic);
	});
	for (const [index, item] of items.entries()) yield Buffer.concat([heads[index] ?? Buffer.alloc(0), item]);
}

/** Number and length of field 2, where a list has its items and the envelope its object. */
function putItemHead(length: number): void {
	putVarint(length);
	putVarint(2 * 8 + 2);
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

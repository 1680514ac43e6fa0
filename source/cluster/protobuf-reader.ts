import type {FieldType, MessageSchema} from './kind.ts';
import type {Raw} from './raw.ts';
import {createStringCache} from './string-cache.ts';

/** Where in the bytes a reader is. */
type Cursor = {readonly bytes: Buffer; at: number};
type Field = {
	readonly name: string;
	readonly wire: number;
	/** What becomes of a field that comes again: the last one counts, all are kept, or each is an entry of a map. */
	readonly again: 'replaces' | 'list' | 'map';
	readonly read: (cursor: Cursor) => unknown;
};

const varintWire = 0;
const lengthWire = 2;
const strings = createStringCache();

/**
 * Reads the fields of a message that a schema names, and skips the others, into what JSON would have given; but times
 * are epoch milliseconds (`instant` takes both), and what is empty is left out. Throws `RangeError` where bytes are missing.
 */
export function readMessage(schema: MessageSchema, bytes: Buffer): Raw {
	return readFields(compiled(schema), {bytes, at: 0}, bytes.length) as Raw;
}

/** The fields of a message that are strings, bytes or messages: number and content, in their order. */
export function* partsOf(bytes: Buffer): Generator<readonly [number: number, part: Buffer]> {
	const cursor = {bytes, at: 0};
	while (cursor.at < bytes.length) {
		const tag = varint(cursor);
		if ((tag & 7) !== lengthWire) skip(cursor, tag & 7);
		else {
			const end = endOf(cursor);
			yield [tag >>> 3, bytes.subarray(cursor.at, end)];
			cursor.at = end;
		}
	}
}

function readFields(fields: readonly Field[], cursor: Cursor, end: number): Record<string, unknown> {
	const object: Record<string, unknown> = {};
	while (cursor.at < end) {
		const tag = varint(cursor);
		const field = fields[tag >>> 3];
		if (field === undefined || field.wire !== (tag & 7)) {
			skip(cursor, tag & 7);
			continue;
		}
		const value = field.read(cursor);
		if (value !== undefined) put(object, field, value);
	}
	if (cursor.at !== end) throw cutOff();
	return object;
}

function put(object: Record<string, unknown>, {name, again}: Field, value: unknown): void {
	const before = object[name];
	if (again === 'list' && Array.isArray(before)) before.push(value);
	else if (again === 'list') object[name] = [value];
	else if (again === 'map' && typeof before === 'object') Object.assign(before ?? {}, value);
	else object[name] = value;
}

const known = new WeakMap<MessageSchema, readonly Field[]>();

/** The fields of a schema by their numbers. */
function compiled(schema: MessageSchema): readonly Field[] {
	const before = known.get(schema);
	if (before !== undefined) return before;
	const fields: Field[] = [];
	known.set(schema, fields);
	for (const [number, {0: name, 1: type, length}] of Object.entries(schema)) {
		const wire = type === 'int' || type === 'bool' ? varintWire : lengthWire;
		const again = typeof type === 'object' && 'map' in type ? 'map' : length === 3 ? 'list' : 'replaces';
		fields[Number(number)] = {name, wire, again, read: readerOf(type)};
	}
	return fields;
}

const timeSchema: MessageSchema = {1: ['seconds', 'int'], 2: ['nanos', 'int']};
const quantitySchema: MessageSchema = {1: ['string', 'string']};
const intOrStringSchema: MessageSchema = {1: ['type', 'int'], 2: ['int', 'int'], 3: ['string', 'string']};

function readerOf(type: FieldType): Field['read'] {
	switch (type) {
		case 'string':
			return string;
		case 'int':
			return varint;
		case 'bool':
			return cursor => varint(cursor) !== 0;
		case 'time':
			return within(
				timeSchema,
				({seconds = 0, nanos = 0}) => Number(seconds) * 1000 + Math.floor(Number(nanos) / 1e6) || undefined,
			);
		case 'quantity':
			return within(quantitySchema, quantity => quantity.string);
		case 'intOrString':
			return within(intOrStringSchema, either => (either.type === 1 ? either.string : either.int));
	}
	if (isMap(type))
		return within({1: ['key', 'string'], 2: ['value', type.map]}, entry => ({[String(entry.key ?? '')]: entry.value ?? ''}));
	return within(type, message => message);
}

function isMap(type: MessageSchema | {readonly map: 'string' | 'quantity'}): type is {readonly map: 'string' | 'quantity'} {
	return 'map' in type;
}

/** Reads a message inside a message, and makes something of it. */
function within(schema: MessageSchema, make: (message: Record<string, unknown>) => unknown): Field['read'] {
	const fields = compiled(schema);
	return cursor => make(readFields(fields, cursor, endOf(cursor)));
}

function string(cursor: Cursor): string | undefined {
	const end = endOf(cursor);
	const start = cursor.at;
	cursor.at = end;
	return start === end ? undefined : strings(cursor.bytes, start, end);
}

/** Reads a length, and says where what it is the length of ends. */
function endOf(cursor: Cursor): number {
	const length = varint(cursor);
	const end = cursor.at + length;
	if (!(length >= 0 && end <= cursor.bytes.length)) throw cutOff();
	return end;
}

/** Reads a number of up to 64 bits, with its sign. Beyond 2^53 it is not exact. */
function varint(cursor: Cursor): number {
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

function skip(cursor: Cursor, wire: number): void {
	if (wire === varintWire) varint(cursor);
	else if (wire === lengthWire) cursor.at = endOf(cursor);
	else if (wire === 1) cursor.at += 8;
	else if (wire === 5) cursor.at += 4;
	else throw new RangeError(`protobuf has no wire type ${wire}`);
}

function cutOff(): RangeError {
	return new RangeError('a protobuf message is cut off');
}

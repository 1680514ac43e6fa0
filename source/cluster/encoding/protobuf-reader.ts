import type {FieldType, MessageSchema} from '../kind.ts';
import type {Raw} from '../raw.ts';
import {type Cursor, cutOff, endOf, lengthWire, skip, varint, varintWire} from './protobuf-wire.ts';
import {createStringCache} from './string-cache.ts';

/** Some bytes of a buffer that are a message. */
export type Part = {readonly bytes: Buffer; readonly start: number; readonly end: number};

type Message = Record<string, unknown>;
type Field = {readonly wire: number; readonly read: (message: Message, cursor: Cursor) => void};

const strings = createStringCache();

/**
 * Reads the fields of a message that a schema names, and skips the others, into what JSON would have given; but times
 * are epoch milliseconds (`instant` takes both), and what is empty is left out. Throws `RangeError` where bytes are missing.
 */
export function readMessage(schema: MessageSchema, {bytes, start, end}: Part): Raw {
	return readFields(compiled(schema), {bytes, at: start}, end) as Raw;
}

/** All fields of that number in a message whose content is a string, bytes or a message. */
export function* partsOf({bytes, start, end: last}: Part, number: number): Generator<Part> {
	const cursor = {bytes, at: start};
	while (cursor.at < last) {
		const tag = varint(cursor);
		if ((tag & 7) !== lengthWire) {
			skip(cursor, tag & 7);
			continue;
		}
		const end = endOf(cursor);
		if (tag >>> 3 === number) yield {bytes, start: cursor.at, end};
		cursor.at = end;
	}
}

function readFields(fields: readonly Field[], cursor: Cursor, end: number): Message {
	const message: Message = {};
	while (cursor.at < end) {
		const tag = varint(cursor);
		const field = fields[tag >>> 3];
		if (field?.wire === (tag & 7)) field.read(message, cursor);
		else skip(cursor, tag & 7);
	}
	if (cursor.at !== end) throw cutOff();
	return message;
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
		fields[Number(number)] = {wire, read: isMap(type) ? entryOf(name, type.map) : single(name, type, length === 3)};
	}
	return fields;
}

function single(name: string, type: Exclude<FieldType, MapType>, isList: boolean): Field['read'] {
	const read = readerOf(type);
	return (message, cursor) => {
		const value = read(cursor);
		if (value === undefined) return;
		const list = isList ? message[name] : undefined;
		if (Array.isArray(list)) list.push(value);
		else message[name] = isList ? [value] : value;
	};
}

function entryOf(name: string, type: MapType['map']): Field['read'] {
	const fields = compiled({1: ['key', 'string'], 2: ['value', type]});
	return (message, cursor) => {
		const {key, value} = readFields(fields, cursor, endOf(cursor));
		const entries = (message[name] as Message | undefined) ?? {};
		message[name] = entries;
		entries[(key as string | undefined) ?? ''] = value ?? '';
	};
}

type MapType = {readonly map: 'string' | 'quantity'};

function isMap(type: FieldType): type is MapType {
	return typeof type === 'object' && 'map' in type;
}

const quantityFields = compiled({1: ['text', 'string']});
const eitherFields = compiled({1: ['isString', 'bool'], 2: ['int', 'int'], 3: ['string', 'string']});

function readerOf(type: Exclude<FieldType, MapType>): (cursor: Cursor) => unknown {
	switch (type) {
		case 'string':
			return string;
		case 'int':
			return varint;
		case 'bool':
			return cursor => varint(cursor) !== 0;
		case 'time':
			return time;
		case 'quantity':
			return cursor => readFields(quantityFields, cursor, endOf(cursor)).text;
		case 'intOrString':
			return cursor => either(readFields(eitherFields, cursor, endOf(cursor)));
		default: {
			const fields = compiled(type);
			return cursor => readFields(fields, cursor, endOf(cursor));
		}
	}
}

/** Seconds and nanoseconds. No time is no time, not 1970. */
function time(cursor: Cursor): number | undefined {
	let milliseconds = 0;
	for (const end = endOf(cursor); cursor.at < end; ) {
		const tag = varint(cursor);
		if (tag === 0x08) milliseconds += varint(cursor) * 1000;
		else if (tag === 0x10) milliseconds += Math.floor(varint(cursor) / 1e6);
		else skip(cursor, tag & 7);
	}
	return milliseconds || undefined;
}

function either({isString, int, string}: Message): unknown {
	return isString === true ? string : int;
}

function string(cursor: Cursor): string | undefined {
	const end = endOf(cursor);
	const start = cursor.at;
	cursor.at = end;
	return start === end ? undefined : strings(cursor.bytes, start, end);
}

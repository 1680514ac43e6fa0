import {type Field, type FieldType, isMap, type MapType, type MessageType} from './message.ts';
import {end, putHead, putNumber, putText, written} from './writer.ts';

type Json = {readonly [key: string]: unknown};

/** Encodes an object. What its type does not know is left out. */
export function encode(type: MessageType, object: object): Buffer {
	return written(() => putMessage(type, object));
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

/** Puts the fields of an object before what is there. */
export function putMessage(type: MessageType, object: object): void {
	for (const [number, [name, fieldType, repeated]] of fieldsOf(type)) {
		const value = name === '' ? object : (object as Json)[name];
		if (value === undefined || value === null) continue;
		if (repeated === undefined) putField(number, fieldType, value);
		else {
			const items = value as unknown[];
			for (let index = items.length - 1; index >= 0; index -= 1) putField(number, fieldType, items[index]);
		}
	}
}

/** Puts one field, with its number, before what is there. */
export function putField(number: number, type: FieldType, value: unknown): void {
	if (type === 'int') putNumber(number, Number(value));
	else if (type === 'bool') putNumber(number, value === true ? 1 : 0);
	else if (isMap(type)) putMap(number, type.map, value as Json);
	else putContent(number, type, value);
}

/** A field whose content has a length. */
function putContent(number: number, type: Exclude<FieldType, 'int' | 'bool' | MapType>, value: unknown): void {
	const mark = end();
	if (type === 'string') putText(String(value));
	else if (type === 'quantity') putInnerText(String(value));
	else if (type === 'json') putInnerText(JSON.stringify(value));
	else if (type === 'time') putTime(String(value));
	else if (type === 'intOrString') putIntOrString(value);
	else putMessage(type, value as object);
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

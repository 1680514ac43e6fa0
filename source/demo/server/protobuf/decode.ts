import {type Field, type FieldType, isMap, type MessageType} from './message.ts';

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

/** Hands out the fields of a message in their order. */
export function readFields(bytes: Uint8Array, take: (number: number, value: WireValue) => void): void {
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
	if (name === '') Object.assign(object, read);
	else if (isMap(type)) object[name] = {...(object[name] as object | undefined), ...(read as object)};
	else if (repeated !== undefined) object[name] = [...((object[name] as unknown[] | undefined) ?? []), read];
	// Go writes empty texts where JSON leaves them out.
	else if (read !== undefined && read !== '') object[name] = read;
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

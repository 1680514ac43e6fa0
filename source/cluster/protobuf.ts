import type {Encoding} from './encoding.ts';
import type {MessageSchema} from './kind.ts';
import {partsOf, readMessage} from './protobuf-reader.ts';
import type {Raw} from './raw.ts';
import {frames} from './splitter.ts';

export const protobufType = 'application/vnd.kubernetes.protobuf';

// Field numbers: k8s.io/apimachinery v0.36 pkg/runtime and pkg/apis/meta/v1, generated.proto.
const listMeta: MessageSchema = {2: ['resourceVersion', 'string'], 3: ['continue', 'string']};
const bookmark: MessageSchema = {1: ['metadata', {6: ['resourceVersion', 'string'], 12: ['annotations', {map: 'string'}]}]};
const status: MessageSchema = {
	1: ['metadata', listMeta],
	3: ['message', 'string'],
	4: ['reason', 'string'],
	6: ['code', 'int'],
};
const list = {metadata: 1, items: 2};
const watchEvent = {type: 1, object: 2};
const rawExtension = {raw: 1};
const unknown = {raw: 2};
const magic = Buffer.from('k8s\0');

/** The protobuf of Kubernetes, for objects of one schema. */
export function protobuf(schema: MessageSchema): Encoding {
	return {
		splitter: frames,
		event: frame => {
			const event = new Map(partsOf(frame));
			const type = String(event.get(watchEvent.type) ?? '');
			const object = unwrap(part(event.get(watchEvent.object) ?? empty, rawExtension.raw));
			return {type, object: readMessage(schemaOf(type, schema), object)};
		},
		page: body => {
			const bytes = unwrap(body);
			return {metadata: readMessage(listMeta, part(bytes, list.metadata)), items: itemsIn(bytes, schema)};
		},
		object: body => readMessage(status, unwrap(body)),
	};
}

const empty = Buffer.alloc(0);

function schemaOf(type: string, ofObjects: MessageSchema): MessageSchema {
	if (type === 'ERROR') return status;
	return type === 'BOOKMARK' ? bookmark : ofObjects;
}

function* itemsIn(bytes: Buffer, schema: MessageSchema): Generator<Raw> {
	for (const [number, item] of partsOf(bytes)) if (number === list.items) yield readMessage(schema, item);
}

/** Objects stand in an envelope (`runtime.Unknown`) behind four bytes that say so. */
function unwrap(bytes: Buffer): Buffer {
	return bytes.subarray(0, magic.length).equals(magic) ? part(bytes.subarray(magic.length), unknown.raw) : bytes;
}

/** One field of a message; empty where it is missing, as protobuf has it. */
function part(bytes: Buffer, number: number): Buffer {
	for (const [at, found] of partsOf(bytes)) if (at === number) return found;
	return empty;
}

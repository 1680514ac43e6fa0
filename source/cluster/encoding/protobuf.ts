import type {MessageSchema} from '../kind.ts';
import type {Raw} from '../raw.ts';
import type {Encoding} from './encoding.ts';
import {type Part, partsOf, readMessage} from './protobuf-reader.ts';
import {frames} from './splitter.ts';

export const protobufType = 'application/vnd.kubernetes.protobuf';

// Field numbers: k8s.io/apimachinery v0.36 pkg/runtime and pkg/apis/meta/v1, generated.proto.
const listMeta: MessageSchema = {2: ['resourceVersion', 'string'], 3: ['continue', 'string'], 4: ['remainingItemCount', 'int']};
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
			const event = whole(frame);
			const type = textOf(only(event, watchEvent.type));
			const object = unwrapped(only(only(event, watchEvent.object), rawExtension.raw));
			return {type, object: readMessage(schemaOf(type, schema), object)};
		},
		page: body => {
			const page = unwrapped(whole(body));
			return {metadata: readMessage(listMeta, only(page, list.metadata)), items: objectsIn(page, schema)};
		},
		object: body => readMessage(status, unwrapped(whole(body))),
	};
}

function schemaOf(type: string, ofObjects: MessageSchema): MessageSchema {
	if (type === 'ERROR') return status;
	return type === 'BOOKMARK' ? bookmark : ofObjects;
}

function* objectsIn(page: Part, schema: MessageSchema): Generator<Raw> {
	for (const item of partsOf(page, list.items)) yield readMessage(schema, item);
}

/** Objects stand in an envelope (`runtime.Unknown`) behind four bytes that say so. */
function unwrapped(part: Part): Part {
	const {bytes, start, end} = part;
	const isWrapped = end - start >= magic.length && bytes.compare(magic, 0, magic.length, start, start + magic.length) === 0;
	return isWrapped ? only({bytes, start: start + magic.length, end}, unknown.raw) : part;
}

/** A field that is there once; empty where it is missing, as protobuf has it. */
function only(part: Part, number: number): Part {
	for (const found of partsOf(part, number)) return found;
	return {...part, start: part.end};
}

function whole(bytes: Buffer): Part {
	return {bytes, start: 0, end: bytes.length};
}

function textOf({bytes, start, end}: Part): string {
	return bytes.toString('latin1', start, end);
}

import {decode, readFields} from './decode.ts';
import {putField, putMessage} from './encode.ts';
import type {MessageType} from './message.ts';
import {end, putBytes, putHead, putVarint, written} from './writer.ts';

const magic = Buffer.from('k8s\0');
const envelope: MessageType = {1: ['type', {1: ['apiVersion', 'string'], 2: ['kind', 'string']}]};

/** An object in the envelope of Kubernetes: four magic bytes, then kind and version beside it (`runtime.Unknown`). */
export function wrap(apiVersion: string, kind: string, type: MessageType, object: object): Buffer {
	return written(() => putWrapped(apiVersion, kind, type, object));
}

function putWrapped(apiVersion: string, kind: string, type: MessageType, object: object): void {
	const mark = end();
	putMessage(type, object);
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

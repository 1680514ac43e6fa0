import type {KubeObject} from '../../model.ts';

export type EventType = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';

export type ListMeta = {
	readonly resourceVersion: string;
	readonly continue?: string;
	readonly remainingItemCount?: number;
};

export type Piece = string | Uint8Array;

/** How objects are written for one request: JSON, Table, metadata only, or protobuf; in one served version. */
export type Form = {
	readonly contentType: string;
	readonly watchType: string;
	readonly one: (object: KubeObject) => Piece;
	/** A list in pieces, so that a long one need not be whole in memory. */
	readonly list: (meta: ListMeta, items: readonly KubeObject[]) => Iterable<Piece>;
	/** One watch event with its framing. A Form that is used for a watch is used for this one only. */
	readonly event: (type: EventType, object: KubeObject) => Piece;
	/** The event that ends a watch with a failure. */
	readonly failure: (status: object) => Piece;
};

/** Joins texts with commas between a head and a tail, in pieces of about 64 KiB. */
export function* pieces(head: string, texts: Iterable<string>, tail: string): Generator<string> {
	let piece = head;
	let first = true;
	for (const text of texts) {
		piece += first ? text : `,${text}`;
		first = false;
		if (piece.length > 65_536) {
			yield piece;
			piece = '';
		}
	}
	yield piece + tail;
}

/** A piece as bytes, without a copy where it is some already. */
export function bytesOf(piece: Piece): Uint8Array {
	return typeof piece === 'string' ? Buffer.from(piece) : piece;
}

/** Maps lazily. */
export function* mapped<From, To>(from: Iterable<From>, to: (item: From) => To): Generator<To> {
	for (const item of from) yield to(item);
}

/** `{"type":…,"object":…}` and the end of the line. */
export function eventLine(type: EventType | 'ERROR', object: string): string {
	return `{"type":"${type}","object":${object}}\n`;
}

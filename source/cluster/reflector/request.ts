import type {Readable} from 'node:stream';
import type {StoredRecord} from '../../vocabulary.ts';
import {bytesOf} from '../bytes.ts';
import type {Encoding} from '../encoding/encoding.ts';
import {json} from '../encoding/json.ts';
import {protobuf, protobufType} from '../encoding/protobuf.ts';
import type {Kind} from '../kind.ts';
import type {Raw} from '../raw.ts';
import {Refusal, retryAfter} from '../refusal.ts';
import type {Answer, Transport} from '../transport.ts';

/** A kind at the version that is read, in all namespaces (`''`) or one. */
export type Resource<R extends StoredRecord> = {
	readonly transport: Transport;
	readonly kind: Kind<R>;
	readonly version: string;
	readonly namespace: string;
	/** What the server has at hand will do, be it a moment old. */
	readonly atHand?: true;
};

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** An answer that said yes: its bytes and how they are written. */
export type Opened = {readonly body: Readable; readonly encoding: Encoding};

const metadataOnly = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1, application/json';

/** Asks for one page of a list. `at` is the `continue` of the page before. Rejects with `Refusal` or `TransportError`. */
export function openList<R extends StoredRecord>(resource: Resource<R>, at: string, signal: AbortSignal): Promise<Opened> {
	// What is at hand comes in one piece, whatever the limit.
	return open(resource, resource.atHand ? {resourceVersion: 0} : {limit: 500, continue: at || undefined}, signal);
}

/**
 * Asks for a watch, from a resource version on or (undefined) with everything that is there first, as "WatchList".
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists
 */
export function openWatch<R extends StoredRecord>(
	resource: Resource<R>,
	from: string | undefined,
	seconds: number,
	signal: AbortSignal,
): Promise<Opened> {
	const start = from === undefined ? {sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan'} : {resourceVersion: from};
	return open(resource, {watch: true, allowWatchBookmarks: true, timeoutSeconds: seconds, ...start}, signal);
}

async function open<R extends StoredRecord>(resource: Resource<R>, query: Query, signal: AbortSignal): Promise<Opened> {
	const watching = query.watch === true;
	const headers = {accept: accepted(resource.kind, watching), ...(watching ? {} : {'accept-encoding': 'gzip'})};
	const answer = await resource.transport.call({path: pathOf(resource, query), headers, signal});
	// A body that breaks before anybody reads it must not end the program; whoever reads it is told.
	answer.body.on('error', () => {});
	const opened = {body: answer.body, encoding: encodingOf(answer, resource.kind)};
	if (answer.status === 200) return opened;
	throw await refused(answer, opened);
}

export function pathOf<R extends StoredRecord>({kind, version, namespace}: Resource<R>, query: Query): string {
	const root = kind.group === '' ? `/api/${version}` : `/apis/${kind.group}/${version}`;
	const place = namespace === '' ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
	const all = {...query, labelSelector: kind.labelSelector, fieldSelector: kind.fieldSelector};
	const given = Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
	return `${root}${place}/${kind.plural}?${new URLSearchParams(given).toString()}`;
}

function accepted<R extends StoredRecord>(kind: Kind<R>, watching: boolean): string {
	if (kind.metadataOnly) return metadataOnly;
	if (kind.protobuf === undefined) return 'application/json';
	return `${protobufType}${watching ? ';stream=watch' : ''}, application/json`;
}

function encodingOf<R extends StoredRecord>({headers}: Answer, {protobuf: schema}: Kind<R>): Encoding {
	return schema !== undefined && headers['content-type']?.startsWith(protobufType) ? protobuf(schema) : json;
}

async function refused(answer: Answer, {body, encoding}: Opened): Promise<Refusal> {
	const wait = retryAfter(answer.headers['retry-after']);
	const bytes = await bytesOf(body, 65_536).catch(() => Buffer.alloc(0));
	return new Refusal(answer.status, statusIn(bytes, encoding), wait);
}

function statusIn(bytes: Buffer, encoding: Encoding): Raw | undefined {
	try {
		return encoding.object(bytes);
	} catch {
		// A proxy's page, not a Status: the number is all there is.
		return undefined;
	}
}

import type {Exchange} from './exchange.ts';
import {protobufType} from './forms/pod-form.ts';
import {decode} from './protobuf/decode.ts';
import {unwrap} from './protobuf/envelope.ts';
import {postedMessages} from './protobuf/meta.ts';
import {podMessage} from './protobuf/pod.ts';
import {badRequest, Refusal, unsupportedMediaType} from './status.ts';

export type Json = Record<string, unknown>;

const largest = 3 * 2 ** 20;

/** The type of the body without its parameters; JSON where nothing is said. */
export function bodyType({request}: Pick<Exchange, 'request'>): string {
	return (request.headers['content-type'] ?? 'application/json').split(';')[0]?.trim() ?? '';
}

/** The body as bytes. @throws Refusal 413 when it is too long. */
export async function readBody({request}: Pick<Exchange, 'request'>): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		chunks.push(chunk as Buffer);
		size += (chunk as Buffer).length;
		if (size > largest) throw new Refusal(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${largest}`);
	}
	return Buffer.concat(chunks);
}

/** The object that was sent, as JSON, YAML or protobuf; undefined for an empty body. */
export async function readObject(
	exchange: Pick<Exchange, 'request'>,
	kind: string,
	type = bodyType(exchange),
): Promise<Json | undefined> {
	const bytes = await readBody(exchange);
	if (bytes.length === 0) return undefined;
	switch (type) {
		case 'application/json':
			return parseJson(bytes.toString(), kind);
		case 'application/yaml':
			return parseYaml(bytes.toString());
		case protobufType:
			return parseProtobuf(bytes);
		default:
			throw unsupportedMediaType();
	}
}

function parseJson(text: string, kind: string): Json {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
		throw new SyntaxError('not an object');
	} catch (error) {
		const why = error instanceof Error ? error.message : '';
		throw badRequest(
			`the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${why}`,
		);
	}
}

/** YAML is rare here: its library is loaded only then. */
export async function parseYaml(text: string): Promise<Json> {
	const {load} = await import('js-yaml');
	try {
		return (load(text) ?? {}) as Json;
	} catch (error) {
		throw badRequest(`error decoding YAML: ${error instanceof Error ? error.message : ''}`);
	}
}

function parseProtobuf(bytes: Buffer): Json {
	try {
		const {apiVersion, kind, encoded} = unwrap(bytes);
		const type = kind === 'Pod' ? podMessage : postedMessages[kind];
		if (type) return {apiVersion, kind, ...decode(type, encoded)};
	} catch {
		throw badRequest('the object provided is unrecognized: it is no protobuf message');
	}
	throw unsupportedMediaType();
}

import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {protobuf} from '../../../source/cluster/encoding/protobuf.ts';
import {readMessage} from '../../../source/cluster/encoding/protobuf-reader.ts';
import {frames} from '../../../source/cluster/encoding/splitter.ts';
import type {MessageSchema} from '../../../source/cluster/kind.ts';
import type {Raw} from '../../../source/cluster/raw.ts';
import {instant} from '../../../source/cluster/raw.ts';
import {recordOf} from '../../../source/cluster/reflector/projection.ts';
import {createRandom} from '../../../source/demo/random.ts';
import {podForm} from '../../../source/demo/server/forms/pod-form.ts';
import {encode} from '../../../source/demo/server/protobuf/encode.ts';
import {homelab} from '../../../source/demo/worlds/homelab/homelab.ts';
import {podKind} from '../../../source/workloads/pod.ts';

const schema: MessageSchema = {
	1: ['name', 'string'],
	2: ['count', 'int'],
	3: ['ready', 'bool'],
	4: ['since', 'time'],
	5: ['size', 'quantity'],
	6: ['port', 'intOrString'],
	7: ['labels', {map: 'string'}],
	8: ['requests', {map: 'quantity'}],
	9: ['parts', {1: ['name', 'string'], 2: ['index', 'int']}, 'list'],
	10: ['words', 'string', 'list'],
	11: ['inner', {}],
	300: ['far', 'string'],
};
// (No label may be called `__proto__`, which a plain object cannot take.)
const words = fc.string({unit: 'grapheme', minLength: 1}).filter(word => word !== '__proto__');
const message = fc.record(
	{
		name: words,
		count: fc.oneof(fc.integer(), fc.maxSafeInteger()),
		ready: fc.boolean(),
		since: fc
			.date({min: new Date('1971-01-01'), max: new Date('2100-01-01'), noInvalidDate: true})
			.map(date => date.toISOString()),
		size: fc.constantFrom('100m', '2Gi', '1'),
		port: fc.oneof(fc.integer({min: 1, max: 65_535}), words),
		labels: fc.dictionary(words, words, {minKeys: 1}),
		requests: fc.dictionary(words, fc.constantFrom('100m', '2Gi'), {minKeys: 1}),
		parts: fc.array(fc.record({name: words, index: fc.integer({min: 1})}), {minLength: 1}),
		words: fc.array(words, {minLength: 1}),
		far: words,
	},
	{requiredKeys: []},
);

const read = (of: MessageSchema, bytes: Buffer) => readMessage(of, {bytes, start: 0, end: bytes.length});

test('reads what was written, times as milliseconds', () => {
	fc.assert(
		fc.property(message, written => {
			const found = read(schema, encode(schema, written));
			const expected = {...written, ...(written.since !== undefined && {since: Date.parse(written.since)})};
			expect(found).toEqual(expected);
			expect(instant(found.since)).toBe(instant(written.since as unknown as Raw));
		}),
	);
});

test('skips the fields it does not know', () => {
	fc.assert(
		fc.property(message, written => {
			const few: MessageSchema = {1: ['name', 'string'], 300: ['far', 'string']};
			const {name, far} = written;
			expect(read(few, encode(schema, written))).toEqual(JSON.parse(JSON.stringify({name, far})));
		}),
	);
});

test('a message that is cut says so, or reads as a shorter one; it is never read beyond its end', () => {
	fc.assert(
		fc.property(message, fc.nat(), (written, at) => {
			const bytes = encode(schema, written);
			const cut = bytes.subarray(0, bytes.length === 0 ? 0 : at % bytes.length);
			try {
				read(schema, cut);
			} catch (error) {
				expect(error).toBeInstanceOf(RangeError);
			}
		}),
	);
});

test('any bytes at all are read or refused', () => {
	const pods = protobuf(podKind.protobuf ?? {});
	fc.assert(
		fc.property(fc.uint8Array({maxLength: 300}), bytes => {
			for (const read of [pods.object, pods.event, (body: Buffer) => [...pods.page(body).items]]) {
				try {
					read(Buffer.from(bytes));
				} catch (error) {
					expect(error).toBeInstanceOf(RangeError);
				}
			}
		}),
		{numRuns: 1000},
	);
});

describe('pods', () => {
	const pods = homelab
		.objects(Date.now(), createRandom(1))
		.filter(({kind}) => kind === 'Pod')
		.map((pod, at) => ({
			...pod,
			metadata: {...pod.metadata, resourceVersion: `${at + 1}`, creationTimestamp: '2026-11-21T00:00:00Z'},
		}));
	const encoding = protobuf(podKind.protobuf ?? {});
	const bytesOf = (piece: string | Uint8Array) => Buffer.from(piece as Uint8Array);
	const fromJson = pods.map(pod => recordOf(podKind, 'v1', pod as unknown as Raw));
	expect(pods.length).toBeGreaterThan(20);

	test('a watch gives the same records as JSON does, however its bytes are cut', () => {
		const stream = Buffer.concat(pods.map(pod => bytesOf(podForm.event('ADDED', pod))));
		fc.assert(
			fc.property(fc.integer({min: 1, max: 5000}), size => {
				const split = encoding.splitter();
				const events = [];
				for (let at = 0; at < stream.length; at += size) {
					for (const frame of split(stream.subarray(at, at + size))) events.push(encoding.event(frame));
				}
				expect(events.map(({type}) => type)).toEqual(pods.map(() => 'ADDED'));
				expect(events.map(({object}) => recordOf(podKind, 'v1', object))).toEqual(fromJson);
			}),
			{numRuns: 10},
		);
	});

	test('a list gives the same records as JSON does', () => {
		const meta = {resourceVersion: '77', continue: 'next'};
		const page = encoding.page(Buffer.concat([...podForm.list(meta, pods)].map(bytesOf)));
		expect(page.metadata).toEqual(meta);
		expect([...page.items].map(object => recordOf(podKind, 'v1', object))).toEqual(fromJson);
	});

	test('bookmarks and failures are read too', () => {
		const metadata = {name: '', resourceVersion: '9', annotations: {'k8s.io/initial-events-end': 'true'}};
		const [marked] = frames()(bytesOf(podForm.event('BOOKMARK', {apiVersion: 'v1', kind: 'Pod', metadata})));
		expect(encoding.event(marked ?? Buffer.alloc(0))).toMatchObject({
			type: 'BOOKMARK',
			object: {metadata: {resourceVersion: '9', annotations: {'k8s.io/initial-events-end': 'true'}}},
		});
		const expired = {kind: 'Status', code: 410, message: 'too old', reason: 'Expired'};
		const [failed] = frames()(bytesOf(podForm.failure(expired)));
		expect(encoding.event(failed ?? Buffer.alloc(0))).toMatchObject({type: 'ERROR', object: {code: 410, message: 'too old'}});
	});
});

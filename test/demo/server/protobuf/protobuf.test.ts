import {assert, constantFrom, dictionary, integer, property, string} from 'fast-check';
import {describe, expect, test} from 'vitest';
import {podForm} from '../../../../source/demo/server/forms/pod-form.ts';
import {decode} from '../../../../source/demo/server/protobuf/decode.ts';
import {encode} from '../../../../source/demo/server/protobuf/encode.ts';
import {unwrap} from '../../../../source/demo/server/protobuf/envelope.ts';
import type {MessageType} from '../../../../source/demo/server/protobuf/message.ts';
import {podMessage} from '../../../../source/demo/server/protobuf/pod.ts';
import {mapAt, messageAt, numberAt, unwrap as open, repeated, textAt} from '../../../conformance/wire.ts';
import {runningPod} from '../../../control-plane/running-pod.ts';

const everything: MessageType = {
	1: ['text', 'string'],
	2: ['number', 'int'],
	3: ['flag', 'bool'],
	4: ['at', 'time'],
	5: ['amount', 'quantity'],
	6: ['either', 'intOrString'],
	7: ['fields', 'json'],
	8: ['labels', {map: 'string'}],
	9: ['requests', {map: 'quantity'}],
	10: ['names', 'string', 'list'],
	11: ['inner', {1: ['name', 'string'], 20: ['more', {1: ['deep', 'int']}, 'list']}],
	300: ['', {1: ['inlined', 'string']}],
};

const full = {
	text: 'käse 🧀',
	number: -5,
	flag: true,
	at: '2026-01-02T03:04:05Z',
	amount: '100m',
	either: 'http',
	fields: {'f:spec': {}},
	labels: {a: 'b', c: ''},
	requests: {cpu: '1', 'nvidia.com/gpu': '2'},
	names: ['one', 'two'],
	inner: {name: 'n', more: [{deep: 1}, {deep: 2 ** 40}]},
	inlined: 'yes',
};

describe('protobuf', () => {
	test('what is encoded is decoded', () => {
		expect(decode(everything, encode(everything, full))).toEqual(full);
		expect(decode(everything, encode(everything, {either: 8080, at: '2026-01-02T03:04:05.123456Z'}))).toEqual({
			either: 8080,
			at: '2026-01-02T03:04:05.123456Z',
		});
	});

	test('any text, number and map', () => {
		const text = string({unit: 'binary', minLength: 1, maxLength: 200});
		const key = text.filter(each => each !== '__proto__');
		const round = property(
			text,
			integer(),
			dictionary(key, text),
			constantFrom(0, 127, 128, 2 ** 31, 2 ** 45),
			(said, number, labels, size) => {
				const object = {text: said, number, labels, inner: {more: [{deep: size}]}};
				const expected = {text: Buffer.from(said).toString(), number, inner: {more: [{deep: size}]}};
				expect(decode(everything, encode(everything, object))).toMatchObject(expected);
				expect(Object.keys((decode(everything, encode(everything, object)).labels ?? {}) as object)).toHaveLength(
					new Set(Object.keys(labels).map(key => Buffer.from(key).toString())).size,
				);
			},
		);
		assert(round);
	});

	test('unknown fields are skipped, cut-off messages are refused', () => {
		const bytes = encode(everything, full);
		expect(decode({1: ['text', 'string']}, bytes)).toEqual({text: full.text});
		expect(() => decode(everything, bytes.subarray(0, -1))).toThrow(RangeError);
		expect(() => unwrap(bytes)).toThrow(RangeError);
	});

	test('a message longer than the buffer it is written in', () => {
		const text = 'x'.repeat(300_000);
		expect(decode(everything, encode(everything, {text, names: [text, 'end']}))).toEqual({text, names: [text, 'end']});
	});
});

/** A time that is not set is `null` in JSON and nothing in protobuf. */
const withoutNull = (_: string, value: unknown) => (value === null ? undefined : value);

describe('pods', () => {
	const pod = runningPod({index: 999, namespace: 'default', node: 'node-1', managedFields: true});

	test('a pod has its fields where k8s.io/api puts them', () => {
		const {apiVersion, kind, object} = open(Buffer.from(podForm.one(pod as never)));
		expect({apiVersion, kind}).toEqual({apiVersion: 'v1', kind: 'Pod'});
		expect(textAt(object, 1, 1)).toBe(pod.metadata.name);
		expect(mapAt(messageAt(object, 1), 11)).toEqual(pod.metadata.labels);
		expect(textAt(object, 2, 10)).toBe('node-1');
		expect(textAt(object, 3, 1)).toBe(pod.status.phase);
		expect(numberAt(object, 1, 8, 1)).toBe(Date.parse(pod.metadata.creationTimestamp) / 1000);
	});

	test('nothing of a pod is lost', () => {
		const {kind: _kind, apiVersion: _apiVersion, ...whole} = JSON.parse(JSON.stringify(pod), withoutNull) as typeof pod;
		expect(decode(podMessage, encode(podMessage, pod))).toEqual(whole);
	});

	test('a list is one envelope around all its pods', () => {
		const pieces = [...podForm.list({resourceVersion: '7', continue: 'next', remainingItemCount: 3}, [pod, pod] as never)];
		const {kind, object} = open(Buffer.concat(pieces.map(piece => Buffer.from(piece))));
		expect(kind).toBe('PodList');
		expect([textAt(object, 1, 2), textAt(object, 1, 3), numberAt(object, 1, 4)]).toEqual(['7', 'next', 3]);
		expect(repeated(object, 2).map(item => textAt(item, 1, 1))).toEqual([pod.metadata.name, pod.metadata.name]);
	});

	test('an event says its length, its type and carries the envelope', () => {
		const frame = Buffer.from(podForm.event('MODIFIED', pod as never));
		expect(frame.readUInt32BE(0)).toBe(frame.length - 4);
		const event = frame.subarray(4);
		expect(textAt(event, 1)).toBe('MODIFIED');
		expect(textAt(open(messageAt(event, 2, 1)).object, 1, 1)).toBe(pod.metadata.name);
	});
});

import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {LastKnown} from '../source/last-known.ts';
import {lastKnownOf, mostKept, textOf} from '../source/last-known-text.ts';
import {own} from '../source/vocabulary.ts';
import {knownOf} from './_helpers/known.ts';

test('what is written down is read again', () => {
	expect(lastKnownOf(textOf(knownOf(8)))).toEqual(knownOf(8));
	const little = {context: own('a'), server: own('b'), seenAt: 1, verdict: {state: 'ok', line: own('c')}} as const;
	expect(lastKnownOf(textOf(little))).toEqual(little);
});

test('names that mean something to the language are names', () => {
	const odd = new Map(['__proto__', 'constructor', 'toString'].map(name => [name, 1]));
	expect(lastKnownOf(textOf({...knownOf(1), gpus: odd}))?.gpus).toEqual(odd);
});

test('a cut text is nothing, wherever it is cut', () => {
	const text = textOf(knownOf(3)).trimEnd();
	for (let at = 0; at < text.length; at++) expect(lastKnownOf(text.slice(0, at))).toBeUndefined();
});

describe('what does not fit', () => {
	const kept = (nodes: number): LastKnown => {
		const text = textOf(knownOf(nodes));
		expect(Buffer.byteLength(text)).toBeLessThanOrEqual(mostKept);
		const read = lastKnownOf(text);
		if (read === undefined) throw new Error('it cannot be read');
		return read;
	};

	test('is nothing of a cluster of 300 nodes', () => {
		expect(kept(300)).toEqual(knownOf(300));
	});

	test('goes by importance: 1,000 nodes keep their addresses and the critical findings', () => {
		const {nodes, findings, flaps, sessions, cleared} = kept(1000);
		expect(nodes).toHaveLength(1000);
		expect(nodes?.at(-1)?.addresses).toEqual(knownOf(1000).nodes?.at(-1)?.addresses);
		expect(findings?.size).toBe(500);
		expect({flaps, sessions, cleared}).toEqual({flaps: undefined, sessions: undefined, cleared: undefined});
	});

	test('is missing rather than empty: nobody says "none" of it', () => {
		const {nodes, findings, verdict, etcd, vip} = kept(20_000);
		expect({nodes: nodes?.length, findings}).toEqual({nodes: 200, findings: undefined});
		expect({verdict, etcd, vip}).toEqual({verdict: knownOf(1).verdict, etcd: knownOf(1).etcd, vip: knownOf(1).vip});
	});
});

test.each([
	['', undefined],
	['null', undefined],
	['[]', undefined],
	['7', undefined],
	['{"schema": 2}', undefined],
])('%j is nothing that is known', (text, known) => {
	expect(lastKnownOf(text)).toBe(known);
});

test('another version is not read', () => {
	expect(lastKnownOf(textOf(knownOf(1)).replace('"schema":1', '"schema":2'))).toBeUndefined();
});

test('a part that is not what it should be is not known; the others are', () => {
	const whole = JSON.parse(textOf(knownOf(2))) as Record<string, unknown>;
	for (const part of ['nodes', 'findings', 'cleared', 'tiers', 'devices', 'gpus', 'sessions', 'flaps', 'etcd', 'vip'] as const) {
		for (const other of [7, 'text', null, true]) {
			const read = lastKnownOf(JSON.stringify({...whole, [part]: other}));
			expect(read).toEqual({...knownOf(2), [part]: undefined});
		}
	}
});

test('what may be probed is an address, and nothing else', () => {
	const whole = JSON.parse(textOf(knownOf(1))) as Record<string, unknown>;
	const nodes = [{name: 'a', addresses: ['10.0.0.1', 'evil.example', '10.0.0.1:22', '', 7, '::1', 'localhost']}];
	const vip = {address: 'evil.example', holder: 'nuc-1'};
	const read = lastKnownOf(JSON.stringify({...whole, nodes, vip}));
	expect(read?.nodes?.[0]?.addresses).toEqual(['10.0.0.1', '::1']);
	expect(read?.vip).toEqual({address: undefined, holder: 'nuc-1'});
});

test('whatever stands in the file, reading it throws nothing and gives text that can be printed', () => {
	const evil = fc.oneof(fc.string({unit: 'binary'}), fc.constantFrom('\u001b[2J', '\u202e', 'x\u009b1m', '\n'));
	const value = fc.oneof(fc.anything({key: evil, maxDepth: 4}), evil);
	const parts = Object.keys(knownOf(1));
	const file = fc.dictionary(fc.constantFrom(...parts), fc.oneof(value, fc.array(fc.dictionary(evil, value))));
	fc.assert(
		fc.property(file, evil, (random, name) => {
			const like = {
				...random,
				schema: 1,
				seenAt: 1,
				verdict: {state: 'ok', line: name},
				sessions: [name],
				nodes: [{name, ready: true, bootId: name}],
			};
			const text = JSON.stringify(like, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one));
			const read = lastKnownOf(text);
			const shown = [
				read?.verdict.line,
				...(read?.sessions ?? []),
				...(read?.nodes ?? []).flatMap(node => [node.name, node.bootId]),
			];
			const keys = [read?.findings, read?.tiers, read?.devices, read?.gpus, read?.flaps].flatMap(map => [...(map?.keys() ?? [])]);
			expect([...shown, ...keys].join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
		}),
	);
});

test('a secret in a title is not written down', () => {
	const title = own('bad credentials AWS_SECRET_ACCESS_KEY=abc/def"ghi');
	const findings = new Map([['backup-failing:tier-0', {firstSeen: 1, since: 1, severity: 'warning', title} as const]]);
	expect(lastKnownOf(textOf({...knownOf(1), findings}))?.findings?.get('backup-failing:tier-0')?.title).toBe(
		'bad credentials AWS_SECRET_ACCESS_KEY=[redacted]"ghi',
	);
});

import fc from 'fast-check';
import {expect, test} from 'vitest';
import {redacted} from '../../source/files/redaction.ts';

const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7\nabc+/=\n-----END RSA PRIVATE KEY-----';
const jwt = 'eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2lnbmF0dXJl_-';
const join = `K10${'a1b2c3d4'.repeat(8)}::server:5f3c9e`;
const age = `AGE-SECRET-KEY-1${'QPZRY9X8'.repeat(7)}`;

test.each([
	[`key ${pem} end`, 'key [redacted] end'],
	[pem.slice(0, 60), '[redacted]'],
	['-----BEGIN PRIVATE KEY----- MIIE on one line', '[redacted]'],
	[`Authorization: Bearer ${jwt}`, 'Authorization: Bearer [redacted]'],
	[`--token ${join} --server`, '--token [redacted] --server'],
	[`# ${age}`, '# [redacted]'],
	['AWS_SECRET_ACCESS_KEY=abc/def, next', 'AWS_SECRET_ACCESS_KEY=[redacted], next'],
	['DB_PASSWORD=hunter2', 'DB_PASSWORD=[redacted]'],
	['GITHUB_TOKEN: ghp_123', 'GITHUB_TOKEN: [redacted]'],
	['password=hunter2', 'password=[redacted]'],
])('%j loses its secret', (text, left) => {
	expect(redacted(text)).toBe(left);
	expect(redacted(left)).toBe(left);
});

test.each([
	'Ready turned Unknown (NodeStatusUnknown): Kubelet stopped posting node status.',
	'-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
	'secret "media/tls" not found',
	'MountVolume.SetUp failed for volume "token" : secret not found',
	'token expired',
	'K10 is a mountain, eyJ is nothing, tokens: 3',
])('%j stays as it is', text => {
	expect(redacted(text)).toBe(text);
});

test('no secret survives, wherever it stands, and JSON stays JSON', () => {
	const around = fc.string({unit: 'grapheme'});
	const secret = fc.constantFrom(
		[pem, 'MIIEpAIB'],
		[jwt, 'eyJpc3Mi'],
		[join, '5f3c9e'],
		[age, 'QPZRY9X8'],
		['X_KEY=hunter2', 'hunter2'],
	);
	fc.assert(
		fc.property(around, secret, around, (before, [whole = '', hidden = ''], after) => {
			const text = `${before} ${whole} ${after}`;
			expect(redacted(text)).not.toContain(hidden);
			const read: unknown = JSON.parse(redacted(JSON.stringify({title: text, next: 'kept'})));
			expect(read).toMatchObject({next: 'kept'});
			expect(JSON.stringify(read)).not.toContain(hidden);
		}),
	);
});

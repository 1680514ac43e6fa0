import fc from 'fast-check';
import {expect, test} from 'vitest';
import {lineRedaction, redacted, redaction} from '../../source/files/redaction.ts';

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
	['{"password": "hunter 2", "user": "me"}', '{"password": "[redacted]", "user": "me"}'],
	['Authorization: Bearer abcdef012345', 'Authorization: Bearer [redacted]'],
	['mounting https://backup:hunter2@nas-1/share', 'mounting https://backup:[redacted]@nas-1/share'],
	[`client-key-data: ${btoa(pem)}`, 'client-key-data: [redacted]'],
	[`tls.key ${btoa(pem)} there`, 'tls.key [redacted] there'],
	[
		'{"data":{"a":"aHVudGVyMg==","b.c":"eA=="},"kind":"Secret"}',
		'{"data":{"a":"[redacted]","b.c":"[redacted]"},"kind":"Secret"}',
	],
	[
		String.raw`{\"stringData\":{\"a\":\"x\\\"y\"},\"kind\":\"Secret\"}`,
		String.raw`{\"stringData\":{\"a\":\"[redacted]\"},\"kind\":\"Secret\"}`,
	],
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
	'{"data":{"color":"blue"},"kind":"ConfigMap"}',
	`certificate-authority-data: ${btoa('-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgI')}`,
	'https://nuc-1:6443/api/v1',
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

const secretYaml = `apiVersion: v1
data:
  password: aHVudGVyMg==
  user: bWU=
stringData:
  plain: hunter2
  file: |
    user: me
    hunter2
kind: Secret
metadata:
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"apiVersion":"v1","kind":"Secret","stringData":{"plain":"hunter2"}}
  name: login`;

const secretJson = JSON.stringify(
	{
		apiVersion: 'v1',
		data: {password: 'aHVudGVyMg==', 'user.name': 'bWU='},
		kind: 'Secret',
		metadata: {
			annotations: {last: JSON.stringify({kind: 'Secret', data: {password: 'aHVudGVyMg=='}})},
			name: 'login',
		},
	},
	undefined,
	4,
);

test.each([
	['YAML', secretYaml],
	['JSON', secretJson],
	['a list in YAML', `items:\n- ${secretYaml.replaceAll('\n', '\n  ')}\nkind: List`],
])('a Secret that is printed as %s loses its data, whole and line by line', (_, printed) => {
	const lines = printed.split('\n').map(lineRedaction());
	for (const left of [redacted(printed), lines.join('\n')]) {
		expect(left).not.toMatch(/hunter2|aHVudGVyMg|bWU=/);
		expect(left).toContain('login');
		expect(left.split('\n')).toHaveLength(lines.length);
	}
});

test('a private key that comes line by line is gone, and what follows is there', () => {
	const lines = `before\n${pem}\nafter`.split('\n').map(lineRedaction());
	expect(lines).toEqual(['before', '[redacted]', '[redacted]', '[redacted]', '[redacted]', 'after']);
});

test('what is known to be secret goes wherever it stands, also in base64', () => {
	const known = ['opaque-token-1', 'correct horse', pem];
	const text = `a opaque-token-1 b ${btoa('correct horse')} MIIEpAIBAAKCAQEA7 c`;
	expect(redaction(known)(text)).toBe('a [redacted] b [redacted] [redacted] c');
	expect(lineRedaction(known)(text)).toBe('a [redacted] b [redacted] [redacted] c');
});

test('what is too short to be a secret does not blot out everything', () => {
	expect(redaction(['a', ''])('banana')).toBe('banana');
});

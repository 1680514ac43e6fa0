import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {afterEach, expect, test} from 'vitest';
import {askJson} from '../../../source/cluster/ask.ts';
import type {ClusterTarget} from '../../../source/cluster/kubeconfig/target.ts';
import {connect} from '../../../source/cluster/line/connect.ts';
import type {Raw} from '../../../source/cluster/raw.ts';
import type {Transport} from '../../../source/cluster/transport.ts';
import {signedBy} from '../../_helpers/certificates.ts';
import {startServer, testAuthority} from '../server.ts';

const open: Array<() => unknown> = [];
afterEach(async () => {
	for (const close of open.splice(0).reverse()) await close();
});

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (issuer: string, expires: number) =>
	`${part({alg: 'RS256'})}.${part({iss: issuer, aud: 'midwatch', sub: 'me', iat: 1, exp: expires})}.x`;
const now = () => Math.floor(Date.now() / 1000);

/** An identity provider that refreshes tokens. */
async function startIssuer(): Promise<{readonly url: string; readonly refreshed: string[]}> {
	const {cert, key} = await signedBy(await testAuthority());
	const refreshed: string[] = [];
	const server = createServer({cert, key}, (asked, answer) => {
		let sent = '';
		asked.on('data', chunk => {
			sent += chunk;
		});
		asked.on('end', () => {
			answer.setHeader('content-type', 'application/json');
			if (asked.url === '/token') {
				refreshed.push(new URLSearchParams(sent).get('refresh_token') ?? '');
				answer.end(
					JSON.stringify({
						access_token: 'a',
						token_type: 'Bearer',
						expires_in: 3600,
						refresh_token: `next-${refreshed.length}`,
						id_token: jwt(url, now() + 3600),
					}),
				);
			} else
				answer.end(
					JSON.stringify({issuer: url, token_endpoint: `${url}/token`, id_token_signing_alg_values_supported: ['RS256']}),
				);
		});
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	open.push(() => server.close());
	const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {url, refreshed};
}

function line(target: ClusterTarget, authProvider: object): Transport {
	const transport = connect({...target, user: {authProvider: authProvider as Raw, impersonate: {}}}, {env: {}});
	open.push(transport.close);
	return transport;
}

test('an OIDC token that ran out is refreshed, once', async () => {
	const issuer = await startIssuer();
	const seen = new Set<string>();
	const {target, close} = await startServer({
		handler: (asked, answer) => {
			seen.add(asked.headers.authorization ?? '');
			answer.end('{}');
		},
	});
	open.push(close);
	const config = {
		'client-id': 'midwatch',
		'id-token': jwt(issuer.url, now() - 60),
		'refresh-token': 'first',
		'idp-issuer-url': issuer.url,
		'idp-certificate-authority-data': Buffer.from((await testAuthority()).cert).toString('base64'),
	};
	const transport = line(target, {name: 'oidc', config});
	for (let at = 0; at < 3; at++) await askJson(transport, {path: '/'});
	expect(issuer.refreshed).toEqual(['first']);
	expect(seen.size).toBe(1);
	expect([...seen][0]).toMatch(/^Bearer /);
});

test.each([
	[
		'without a refresh token',
		{name: 'oidc', config: {'id-token': jwt('https://x', 1)}},
		'the OIDC login of user tester in /home/tester/.kube/config has run out: log in with kubectl once',
	],
	[
		'with an issuer that is not there',
		{
			name: 'oidc',
			config: {'id-token': jwt('https://x', 1), 'client-id': 'x', 'refresh-token': 'x', 'idp-issuer-url': 'https://127.0.0.1:1'},
		},
		/^the OIDC login of user tester cannot be renewed: .*; log in with kubectl once$/,
	],
	[
		'of a cloud of old',
		{name: 'azure', config: {'cmd-path': '/bin/false'}},
		'the auth-provider azure of user tester in /home/tester/.kube/config is none that Kubernetes still has: use its exec plugin (kubelogin, gke-gcloud-auth-plugin)',
	],
])('a provider %s', async (_, provider, sentence) => {
	const {target, close} = await startServer();
	open.push(close);
	await expect(line(target, provider).call({path: '/'})).rejects.toMatchObject({
		reason: 'credentials',
		sentence: typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
	});
});

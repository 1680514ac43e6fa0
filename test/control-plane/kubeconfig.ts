import {writeFile} from 'node:fs/promises';
import type {KeyPair} from './certificates.ts';

/**
 * Writes a kubeconfig with one context, `real`, whose user has a client certificate. It is JSON, which is YAML, and
 * holds everything in itself.
 */
export async function writeKubeconfig(
	path: string,
	{server, ca, user, namespace}: {server: string; ca: string; user: KeyPair; namespace: string},
): Promise<string> {
	const base64 = (pem: string) => Buffer.from(pem).toString('base64');
	const config = {
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': 'real',
		clusters: [{name: 'real', cluster: {server, 'certificate-authority-data': base64(ca)}}],
		users: [{name: 'real', user: {'client-certificate-data': base64(user.certificate), 'client-key-data': base64(user.key)}}],
		contexts: [{name: 'real', context: {cluster: 'real', user: 'real', namespace}}],
	};
	await writeFile(path, `${JSON.stringify(config, undefined, '\t')}\n`, {mode: 0o600});
	return path;
}

import {readFileSync} from 'node:fs';
import type {ClusterTarget, Pem} from './target.ts';

function read(file: string): string {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch {
		return '';
	}
}

const textOf = (pem: Pem | undefined): string => (pem === undefined ? '' : 'pem' in pem ? pem.pem : read(pem.file));

/** What of a kubeconfig is never to be written down: tokens, passwords, keys, and what credential plugins are given. */
export function secretsOf({user: {token, tokenFile, basic, key, exec}}: ClusterTarget): readonly string[] {
	const given = Object.entries(exec?.env ?? {}).filter(([name]) => /token|secret|password|key/i.test(name));
	const found = [token, tokenFile && read(tokenFile), basic?.password, textOf(key), ...given.map(([, value]) => value)];
	return found.filter(each => each !== undefined).filter(each => each !== '');
}

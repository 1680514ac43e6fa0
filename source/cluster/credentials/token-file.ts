import {readFileSync} from 'node:fs';
import {own, say} from '../../vocabulary.ts';
import {KubeconfigError} from '../kubeconfig/error.ts';
import {pemText} from '../kubeconfig/pem.ts';
import type {ClusterTarget} from '../kubeconfig/target.ts';
import {codeOf} from '../line/error-code.ts';
import {safeText} from '../safe-text.ts';
import type {Credential, Issuer} from './credential.ts';

/** Kubelet renews a pod's token file long before it runs out, so a look each minute is enough (client-go does the same). */
const tokenFileEvery = 60_000;

/** What stands in the kubeconfig itself or in the files it names: certificate, token, token file, user and password. */
export const fromKubeconfig: Issuer = async target => {
	const {token, tokenFile, basic} = target.user;
	const base = baseOf(target);
	if (tokenFile !== undefined) return {credential: bearing(base, readToken(tokenFile)), until: Date.now() + tokenFileEvery};
	if (token !== undefined) return {credential: bearing(base, token), until: Number.POSITIVE_INFINITY};
	const authorization = basic && `Basic ${Buffer.from(`${basic.username}:${basic.password}`).toString('base64')}`;
	const headers = authorization === undefined ? base.headers : {...base.headers, authorization};
	return {credential: {...base, headers}, until: Number.POSITIVE_INFINITY};
};

/** What goes along whatever else the user has: the client certificate and whom to impersonate. */
export function baseOf({user, source}: ClusterTarget): Credential {
	const headers = {...user.impersonate};
	if (user.certificate === undefined || user.key === undefined) return {headers};
	return {
		headers,
		certificate: pemText(user.certificate, say`client certificate in ${source}`),
		key: pemText(user.key, say`client key in ${source}`),
	};
}

/** The same with a bearer token. */
export function bearing(base: Credential, token: string): Credential {
	return {...base, headers: {...base.headers, authorization: `Bearer ${token}`}};
}

function readToken(file: string): string {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch (error) {
		const why = codeOf(error) === 'ENOENT' ? own('is not there') : say`cannot be read (${safeText(codeOf(error))})`;
		throw new KubeconfigError(say`the token file ${safeText(file)} ${why}`, error);
	}
}

import type {OutgoingHttpHeaders} from 'node:http';
import {getCACertificates, setDefaultCACertificates} from 'node:tls';
import {own, say} from '../../vocabulary.ts';
import {KubeconfigError} from '../kubeconfig/error.ts';
import {pemText} from '../kubeconfig/pem.ts';
import type {ClusterTarget} from '../kubeconfig/target.ts';
import {entries, name, type Raw} from '../raw.ts';
import {safeText} from '../safe-text.ts';
import type {Issuer} from './credential.ts';
import {baseOf, bearing} from './token-file.ts';

/**
 * Credentials by `auth-provider: oidc`, whose refreshing `@kubernetes/client-node` does for us. Version 2.0.1 refreshes anew for
 * every request once the first token ran out (it takes "expires in" for "expires at"), so a token is kept here as long as it lasts.
 */
export async function fromProvider(target: ClusterTarget): Promise<Issuer> {
	const provider = target.user.authProvider;
	const kind = safeText(name(provider?.name), 60);
	if (kind !== 'oidc')
		throw new KubeconfigError(
			say`the auth-provider ${kind} of user ${safeText(target.userName)} in ${target.source} is none that Kubernetes still has: use its exec plugin (kubelogin, gke-gcloud-auth-plugin)`,
		);
	const {KubeConfig} = await import('@kubernetes/client-node/dist/config.js');
	const config = new KubeConfig();
	config.loadFromOptions({
		clusters: [{name: 'cluster', server: target.server.href, skipTLSVerify: true}],
		users: [{name: 'user', authProvider: {name: 'oidc', config: settings(provider)}}],
		contexts: [{name: 'context', cluster: 'cluster', user: 'user'}],
		currentContext: 'context',
	});
	return async () => {
		const headers: OutgoingHttpHeaders = {};
		await trusting(provider, () => config.applyToHTTPSOptions({headers})).catch((error: unknown) => {
			throw new KubeconfigError(
				say`the OIDC login of user ${safeText(target.userName)} cannot be renewed: ${safeText(String(error), 200)}; ${own('log in with kubectl once')}`,
				error,
			);
		});
		const token = tokenOf(headers);
		if (token === undefined)
			throw new KubeconfigError(
				say`the OIDC login of user ${safeText(target.userName)} in ${target.source} has run out: log in with kubectl once`,
			);
		return {credential: bearing(baseOf(target), token), until: runsOut(token)};
	};
}

/**
 * What client-node 2.0.1 gets to see: it hands the issuer's address on as it is, and openid-client takes only a `URL`;
 * with an authority for the issuer it uses a fetch of its own, whose answers openid-client does not take at all.
 */
function settings(provider: Raw | undefined): Record<string, unknown> {
	const issuer = name(provider?.config?.['idp-issuer-url']);
	const others = entries(provider?.config).filter(([key]) => !key.startsWith('idp-certificate-authority'));
	return {...Object.fromEntries(others), ...(URL.canParse(issuer) && {'idp-issuer-url': new URL(issuer)})};
}

/** Runs `work` while Node's own `fetch` trusts the issuer's authority too. Our line to the cluster names its authorities itself. */
async function trusting<T>(provider: Raw | undefined, work: () => Promise<T>): Promise<T> {
	const data = name(provider?.config?.['idp-certificate-authority-data']);
	const file = name(provider?.config?.['idp-certificate-authority']);
	const authority =
		data !== ''
			? Buffer.from(data, 'base64').toString()
			: file !== ''
				? pemText({file}, own('idp-certificate-authority'))
				: undefined;
	if (authority === undefined) return await work();
	const before = getCACertificates('default');
	setDefaultCACertificates([...before, authority]);
	try {
		return await work();
	} finally {
		setDefaultCACertificates(before);
	}
}

function tokenOf({Authorization: header}: OutgoingHttpHeaders): string | undefined {
	return typeof header === 'string' ? header.replace(/^Bearer /, '') : undefined;
}

/** Epoch milliseconds of a JWT's `exp`, a little early; a minute from now where there is none. */
function runsOut(token: string): number {
	try {
		const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {exp?: unknown};
		if (typeof claims.exp === 'number') return claims.exp * 1000 - 5_000;
	} catch {
		// Not a JWT.
	}
	return Date.now() + 60_000;
}

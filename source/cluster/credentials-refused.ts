import {X509Certificate} from 'node:crypto';
import {own, type SafeText, say} from '../vocabulary.ts';
import {since} from './certificate-failure.ts';
import type {Credential} from './credentials.ts';
import type {ClusterTarget} from './kubeconfig/target.ts';
import {safeText} from './safe-text.ts';
import {TransportError} from './transport.ts';

/** What to say when the server answered 401 and there is nothing newer to try. */
export function credentialsRefused(target: ClusterTarget, credential: Credential): TransportError {
	return new TransportError('credentials', sentence(target, credential));
}

function sentence(target: ClusterTarget, {certificate, headers}: Credential): SafeText {
	const {server, source, userName} = target;
	const where = safeText(server.host);
	const user = say`user ${safeText(userName || 'without a name')} in ${source}`;
	if (certificate !== undefined) {
		const {validTo} = new X509Certificate(certificate);
		if (Date.parse(validTo) < Date.now())
			return say`the client certificate of ${user} expired${since(validTo)}: fetch the kubeconfig again`;
	}
	if (certificate === undefined && headers.authorization === undefined)
		return say`${where} wants credentials, and the kubeconfig has none for ${user}`;
	return say`${where} does not accept the credentials of ${user}: ${own(target.user.exec ? 'log in again' : 'fetch the kubeconfig again')}`;
}

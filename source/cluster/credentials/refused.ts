import {own, type SafeText, say} from '../../vocabulary.ts';
import type {ClusterTarget} from '../kubeconfig/target.ts';
import {since} from '../line/certificate-failure.ts';
import {safeText} from '../safe-text.ts';
import {TransportError} from '../transport.ts';
import type {Credential} from './credential.ts';

/** What to say when the server answered 401 and there is nothing newer to try. */
export function credentialsRefused(target: ClusterTarget, credential: Credential): TransportError {
	return new TransportError('credentials', sentence(target, credential));
}

/** A connection that breaks, or a handshake that is refused, has a better reason where our certificate has run out. */
export function blamed(error: TransportError, target: ClusterTarget, credential: Credential): TransportError {
	const suspicious = error.reason === 'credentials' || error.reason === 'reset';
	return suspicious && ranOut(credential) !== undefined ? credentialsRefused(target, credential) : error;
}

/** When the client certificate ran out, as OpenSSL writes dates; undefined when it has not. */
function ranOut({certificate}: Credential): string | undefined {
	if (certificate === undefined) return undefined;
	const {validTo} = new (process.getBuiltinModule('node:crypto').X509Certificate)(certificate);
	return Date.parse(validTo) < Date.now() ? validTo : undefined;
}

function sentence(target: ClusterTarget, credential: Credential): SafeText {
	const {server, source, userName} = target;
	const where = safeText(server.host);
	const user = say`user ${safeText(userName || 'without a name')} in ${source}`;
	const end = ranOut(credential);
	// What matters first: the line is cut where a terminal ends.
	if (end !== undefined) return say`our client certificate expired${since(end)}: fetch the kubeconfig again (${user})`;
	if (credential.certificate === undefined && credential.headers.authorization === undefined)
		return say`${where} wants credentials, and the kubeconfig has none for ${user}`;
	return say`${where} does not accept the credentials of ${user}: ${own(target.user.exec ? 'log in again' : 'fetch the kubeconfig again')}`;
}

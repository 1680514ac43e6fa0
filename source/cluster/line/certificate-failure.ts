import type {X509Certificate} from 'node:crypto';
import {own, type SafeText, say} from '../../vocabulary.ts';
import type {ClusterTarget} from '../kubeconfig/target.ts';
import {safeText} from '../safe-text.ts';
import {TransportError} from '../transport.ts';
import {codeOf} from './error-code.ts';

/**
 * Why the server's certificate was not believed, and what to do; undefined where that is not what went wrong.
 * `look` fetches the certificate to tell what is in it.
 */
export async function certificateFailure(
	error: unknown,
	target: ClusterTarget,
	look: () => Promise<X509Certificate | undefined>,
): Promise<TransportError | undefined> {
	const sentence = sentences[codeOf(error)];
	if (sentence === undefined) return undefined;
	const certificate = await look().catch(() => undefined);
	return new TransportError('tls', sentence(target, certificate), error);
}

type Sentence = (target: ClusterTarget, certificate: X509Certificate | undefined) => SafeText;

const expired: Sentence = ({server}, certificate) =>
	say`the certificate of ${safeText(server.host)} expired${certificate ? since(certificate.validTo) : own('')}: renew it on the server, or set this machine's clock right`;
const early: Sentence = ({server}, certificate) =>
	say`the certificate of ${safeText(server.host)} is not valid before ${certificate ? day(certificate.validFrom) : own('a later time')}: set this machine's clock right`;
const otherAuthority: Sentence = ({server, tls, source}, certificate) => {
	const where = safeText(server.host);
	const issuer = certificate ? commonName(certificate.issuer) : own('somebody else');
	return tls.authority
		? say`the certificate of ${where} is signed by ${issuer}, not by the authority in ${source}: is it the right cluster, or was it set up anew? Fetch its kubeconfig again`
		: say`the certificate of ${where} is signed by ${issuer}, whom this machine does not trust: set certificate-authority in ${source}`;
};
const otherName: Sentence = ({server, tls}, certificate) =>
	say`the certificate of ${safeText(server.host)} is for ${certificate ? names(certificate) : own('other names')}, not for ${safeText(tls.serverName ?? server.hostname)}: use one of those with --server, or set tls-server-name`;

const sentences: Readonly<Record<string, Sentence>> = {
	CERT_HAS_EXPIRED: expired,
	CERT_NOT_YET_VALID: early,
	ERR_TLS_CERT_ALTNAME_INVALID: otherName,
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: otherAuthority,
	UNABLE_TO_GET_ISSUER_CERT: otherAuthority,
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: otherAuthority,
	DEPTH_ZERO_SELF_SIGNED_CERT: otherAuthority,
	SELF_SIGNED_CERT_IN_CHAIN: otherAuthority,
	CERT_SIGNATURE_FAILURE: otherAuthority,
	CERT_UNTRUSTED: otherAuthority,
	INVALID_CA: otherAuthority,
};

function commonName(distinguished: string): SafeText {
	return say`"${safeText(/^CN=(.*)$/m.exec(distinguished)?.[1] ?? distinguished.replaceAll('\n', ', '), 80)}"`;
}

function names({subjectAltName = ''}: X509Certificate): SafeText {
	const all = subjectAltName.split(', ').map(name => name.replace(/^(DNS|IP Address):/, ''));
	return safeText(all.slice(0, 8).join(', ') + (all.length > 8 ? ', …' : '')) || own('no name at all');
}

/** The day of a date as OpenSSL writes it. */
function day(date: string): SafeText {
	return own(new Date(date).toISOString().slice(0, 10));
}

/** ` 3 d ago (2026-11-18)` */
export function since(date: string): SafeText {
	const days = Math.floor((Date.now() - Date.parse(date)) / 86_400_000);
	return say` ${days > 0 ? say`${days} d ago` : own('today')} (${day(date)})`;
}

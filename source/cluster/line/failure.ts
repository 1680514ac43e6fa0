import {own, type SafeText, say} from '../../vocabulary.ts';
import {KubeconfigError} from '../kubeconfig/error.ts';
import {safeText} from '../safe-text.ts';
import {TransportError} from '../transport.ts';
import {codeOf} from './error-code.ts';

/** What an error of a socket or a stream means, in a sentence. `where` is the server's host and port. */
export function explain(error: unknown, where: SafeText): TransportError {
	if (error instanceof TransportError) return error;
	if (error instanceof KubeconfigError) return new TransportError('credentials', error.sentence, error);
	const [reason, sentence] = known[codeOf(error)] ?? [];
	if (reason !== undefined && sentence !== undefined) return new TransportError(reason, sentence(where), error);
	const message = safeText(error instanceof Error ? error.message : String(error), 200);
	return /^(ERR_SSL|ERR_TLS|ERR_OSSL|EPROTO|CERT|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED)/.test(codeOf(error))
		? new TransportError('tls', say`no TLS with ${where}: ${message}`, error)
		: new TransportError('reset', say`the connection to ${where} broke: ${message}`, error);
}

/** The connection ended without a word. */
export function cutOff(where: SafeText): TransportError {
	return new TransportError('reset', say`${where} closed the connection`);
}

type Known = readonly [reason: TransportError['reason'], sentence: (where: SafeText) => SafeText];
const unresolved: Known = [
	'unreachable',
	where => say`the name in ${where} cannot be resolved: check DNS, or give an address with --server`,
];
const noRoute: Known = ['unreachable', where => say`there is no way to ${where}: is this machine's network (or its VPN) up?`];
const reset: Known = ['reset', where => say`the connection to ${where} was cut`];
const badCertificate: Known = [
	'credentials',
	where => say`${where} refuses our client certificate: it may have expired, or be of another cluster; fetch the kubeconfig anew`,
];
const known: Readonly<Record<string, Known>> = {
	ECONNREFUSED: ['refused', where => say`nothing listens on ${where}: is the API server running, and the address right?`],
	ENOTFOUND: unresolved,
	EAI_AGAIN: unresolved,
	EHOSTUNREACH: noRoute,
	ENETUNREACH: noRoute,
	ENETDOWN: noRoute,
	ETIMEDOUT: ['timeout', where => say`${where} does not answer: is the machine up, and no firewall between?`],
	ECONNRESET: reset,
	EPIPE: reset,
	ECONNABORTED: reset,
	ERR_STREAM_PREMATURE_CLOSE: reset,
	ERR_HTTP2_STREAM_CANCEL: reset,
	ERR_SSL_WRONG_VERSION_NUMBER: [
		'tls',
		where => say`${where} does not speak TLS: should the server be http:// and not https://?`,
	],
	ERR_SSL_PACKET_LENGTH_TOO_LONG: [
		'tls',
		where => say`${where} does not speak TLS: should the server be http:// and not https://?`,
	],
	HPE_INVALID_CONSTANT: ['tls', where => say`${where} does not speak HTTP: should the server be https:// and not http://?`],
	ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: [
		'credentials',
		where => say`${where} wants a client certificate, and the kubeconfig has none for this user`,
	],
	ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: badCertificate,
	ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: badCertificate,
	ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: badCertificate,
	ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: badCertificate,
	ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE: badCertificate,
	ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: badCertificate,
	ERR_OSSL_X509_KEY_VALUES_MISMATCH: [
		'credentials',
		() => own("the user's client certificate and key do not belong together: fetch the kubeconfig anew"),
	],
	ERR_OSSL_PEM_NO_START_LINE: [
		'credentials',
		() => own("the user's client certificate or key is not PEM: fetch the kubeconfig anew"),
	],
};

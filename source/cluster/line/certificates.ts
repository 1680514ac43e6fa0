import type {Socket} from 'node:net';
import {TLSSocket} from 'node:tls';
import type {Term} from '../transport.ts';

/** Until when the certificates of a handshake are valid: the server's, and our own (PEM) where we have shown one. */
export function termsOf(socket: Socket, own: string | undefined): readonly Term[] {
	const serving = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
	const {X509Certificate} = process.getBuiltinModule('node:crypto');
	const client = own === undefined ? undefined : new X509Certificate(own);
	const terms = [
		serving && {what: 'API server' as const, certificate: serving},
		client && {what: 'own client certificate' as const, certificate: client},
	];
	return terms
		.filter(term => term !== undefined)
		.map(({what, certificate}) => ({
			what,
			issuedAt: certificate.validFromDate.getTime(),
			expiresAt: certificate.validToDate.getTime(),
		}));
}

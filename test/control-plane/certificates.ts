import {generateKeyPairSync} from 'node:crypto';
import {generate} from 'selfsigned';

/** A certificate and its private key, PEM. */
export type KeyPair = {readonly certificate: string; readonly key: string};

/** Who a client certificate speaks for: the API server takes the common name as user, the organisations as groups. */
export type Identity = {
	readonly user: string;
	readonly groups?: readonly string[];
	/** Seconds from now until it expires; a day unless said. May be negative: expired since then. */
	readonly validFor?: number;
	/** The namespace of the context in the kubeconfig; `default` unless said. */
	readonly namespace?: string;
};

const day = 24 * 60 * 60;

/** A certificate authority of our own. */
export async function makeAuthority(name: string): Promise<KeyPair> {
	const pem = await generate([{name: 'commonName', value: name}], {
		...elliptic(day),
		extensions: [
			{name: 'basicConstraints', cA: true, critical: true},
			{name: 'keyUsage', keyCertSign: true, cRLSign: true, digitalSignature: true, critical: true},
		],
	});
	return {certificate: pem.cert, key: pem.private};
}

/** A certificate for a server on 127.0.0.1. */
export async function issueServer(authority: KeyPair): Promise<KeyPair> {
	const pem = await generate([{name: 'commonName', value: 'kube-apiserver'}], {
		...elliptic(day),
		ca: {cert: authority.certificate, key: authority.key},
		extensions: [
			{name: 'basicConstraints', cA: false},
			{name: 'keyUsage', digitalSignature: true, keyEncipherment: true},
			{name: 'extKeyUsage', serverAuth: true},
			{
				name: 'subjectAltName',
				altNames: [
					{type: 2, value: 'localhost'},
					{type: 2, value: 'kubernetes.default.svc'},
					{type: 7, ip: '127.0.0.1'},
				],
			},
		],
	});
	return {certificate: pem.cert, key: pem.private};
}

/** A certificate that proves an identity. */
export async function issueClient(authority: KeyPair, {user, groups = [], validFor = day}: Identity): Promise<KeyPair> {
	const subject = [{name: 'commonName', value: user}, ...groups.map(value => ({name: 'organizationName', value}))];
	const pem = await generate(subject, {
		...elliptic(validFor),
		ca: {cert: authority.certificate, key: authority.key},
		extensions: [
			{name: 'basicConstraints', cA: false},
			{name: 'keyUsage', digitalSignature: true},
			{name: 'extKeyUsage', clientAuth: true},
		],
	});
	return {certificate: pem.cert, key: pem.private};
}

/** The key pair that signs service account tokens, PEM. */
export function makeTokenKeys(): {readonly privateKey: string; readonly publicKey: string} {
	return generateKeyPairSync('ec', {
		namedCurve: 'P-256',
		publicKeyEncoding: {type: 'spki', format: 'pem'},
		privateKeyEncoding: {type: 'sec1', format: 'pem'},
	});
}

function elliptic(validFor: number) {
	const now = Date.now();
	return {
		keyType: 'ec',
		curve: 'P-256',
		algorithm: 'sha256',
		// Already valid a while ago, also for whoever's clock is a little behind.
		notBeforeDate: new Date(Math.min(now, now + validFor * 1000) - 60 * 60 * 1000),
		notAfterDate: new Date(now + validFor * 1000),
	} as const;
}

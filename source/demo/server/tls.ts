import {generate} from 'selfsigned';

export type ServingCertificate = {readonly key: string; readonly cert: string; readonly ca: string};

const options = {keyType: 'ec', algorithm: 'sha256'} as const;

/** Nobody has just now given the server its certificate; milliseconds. */
const issuedBefore = 100 * 86_400_000;

/** A certificate for the loopback address, signed by an authority of its own. PEM, good for a year from some time ago. */
export async function makeCertificate(): Promise<ServingCertificate> {
	const notBeforeDate = new Date(Date.now() - issuedBefore);
	const authority = await generate([{name: 'commonName', value: 'midwatch demo'}], {
		...options,
		notBeforeDate,
		extensions: [
			{name: 'basicConstraints', cA: true, critical: true},
			{name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true},
		],
	});
	const serving = await generate([{name: 'commonName', value: 'kube-apiserver'}], {
		...options,
		notBeforeDate,
		ca: {key: authority.private, cert: authority.cert},
		extensions: [
			{name: 'basicConstraints', cA: false},
			{name: 'keyUsage', digitalSignature: true},
			{name: 'extKeyUsage', serverAuth: true},
			{
				name: 'subjectAltName',
				altNames: [
					{type: 2, value: 'localhost'},
					{type: 2, value: 'kubernetes'},
					{type: 7, ip: '127.0.0.1'},
					{type: 7, ip: '::1'},
				],
			},
		],
	});
	return {key: serving.private, cert: serving.cert, ca: authority.cert};
}

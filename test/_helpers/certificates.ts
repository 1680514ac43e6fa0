import {generate} from 'selfsigned';

/** PEM texts. */
export type Certificate = {readonly cert: string; readonly key: string};
export type Authority = Certificate;

type Wish = {readonly names?: readonly string[]; readonly from?: Date; readonly until?: Date; readonly commonName?: string};

/** A certificate authority of its own, with that common name. */
export async function newAuthority(commonName = 'test-ca'): Promise<Authority> {
	const made = await generate([{name: 'commonName', value: commonName}], {
		keyType: 'ec',
		algorithm: 'sha256',
		extensions: [
			{name: 'basicConstraints', cA: true, critical: true},
			{name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true},
		],
	});
	return {cert: made.cert, key: made.private};
}

/** A certificate for 127.0.0.1 and localhost, or for the names wished, signed by the authority. */
export async function signedBy(
	{cert, key}: Authority,
	{names = ['127.0.0.1', 'localhost'], from, until, commonName = 'kube-apiserver'}: Wish = {},
): Promise<Certificate> {
	const altNames = names.map(name => (/^[\d.]+$/.test(name) ? {type: 7 as const, ip: name} : {type: 2 as const, value: name}));
	const made = await generate([{name: 'commonName', value: commonName}], {
		keyType: 'ec',
		algorithm: 'sha256',
		ca: {key, cert},
		extensions: [{name: 'subjectAltName', altNames}],
		...(from && {notBeforeDate: from}),
		...(until && {notAfterDate: until}),
	});
	return {cert: made.cert, key: made.private};
}

/** Stands in the place of a secret. */
const gone = '[redacted]';

/** What a secret looks like, in text on one line or in JSON: none of these reaches over a quote. */
const secrets: readonly RegExp[] = [
	// Private keys, also one whose end was cut off.
	/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----(?:[^"\\]|\\[^"])*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$|(?=\\?"))/g,
	// JSON Web Tokens: service accounts, OpenID Connect.
	/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g,
	// Join tokens of k3s and RKE2.
	/\bK10[0-9a-f]{16,}::[\w.-]{1,64}:[^\s"\\]+/gi,
	/\bAGE-SECRET-KEY-1[0-9A-Z]{8,}/gi,
];

const secretNames = String.raw`\b\w{0,64}(?:TOKEN|PASSWORD|PASSWD|SECRET|_KEY|client-key-data)`;

/** The name stays, the value goes. */
const named: readonly RegExp[] = [
	// `AWS_SECRET_KEY=…`
	new RegExp(String.raw`(${secretNames}\s?[=:]\s?)(?!\[redacted\])[^\s"\\,;]+`, 'gi'),
	// `"password": "…"`, also in JSON that stands in JSON.
	new RegExp(String.raw`(${secretNames}\\?"\s?:\s?\\?")(?!\[redacted\])[^"\\]+`, 'gi'),
	/(\bBearer\s)[\w.~+/-]{8,}=*/gi,
	// Of an address: `https://user:…@host`.
	/(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/"]{1,64}:)(?!\[redacted\])[^\s@/"]+(?=@)/gi,
];

/** Base64 of PEM: in kubeconfigs, talosconfigs and Secrets. */
const encodedPem = /\bLS0tLS1CRUdJTi[\w+/]{16,}={0,2}/g;

/** `data` of a Secret as JSON, with its values in the third group of a pair; and the same inside a string of JSON. */
const inJson = [
	{
		data: /"(?:data|stringData)"\s*:\s*\{(?:\s*"(?:[^"\\]|\\.)*"\s*:\s*"(?:[^"\\]|\\.)*"\s*,?)*/g,
		pair: /("(?:[^"\\]|\\.)*"\s*:\s*")((?:[^"\\]|\\.)*)(?=")/g,
	},
	{
		data: /\\"(?:data|stringData)\\"\s*:\s*\{(?:\s*\\"(?:[^"\\]|\\\\(?:\\"|.))*\\"\s*:\s*\\"(?:[^"\\]|\\\\(?:\\"|.))*\\"\s*,?)*/g,
		pair: /(\\"(?:[^"\\]|\\\\(?:\\"|.))*\\"\s*:\s*\\")((?:[^"\\]|\\\\(?:\\"|.))*)(?=\\")/g,
	},
];

const isPrivate = (base64: string): boolean =>
	Buffer.from(base64.slice(0, 80), 'base64').toString('latin1').includes('PRIVATE KEY');

function withoutPatterns(text: string): string {
	let rest = secrets.reduce((left, secret) => left.replace(secret, gone), text);
	rest = rest.replace(encodedPem, pem => (isPrivate(pem) ? gone : pem));
	if (rest.includes('Secret'))
		for (const {data, pair} of inJson) rest = rest.replace(data, object => object.replace(pair, `$1${gone}`));
	return named.reduce((left, pattern) => left.replace(pattern, `$1${gone}`), rest);
}

/** Shorter ones would be found everywhere, and are guessed anyway. */
const shortest = 6;

/** Known values, the longest first: as they are, line by line, and in base64. */
function formsOf(values: readonly string[]): readonly string[] {
	const lines = values.flatMap(value => [value, ...value.split('\n').filter(line => !line.startsWith('-----'))]);
	const forms = lines.flatMap(line => [line.trim(), Buffer.from(line.trim()).toString('base64')]);
	return [...new Set(forms)].filter(form => form.length >= shortest).sort((a, b) => b.length - a.length);
}

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

const opening = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/;
const closing = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----/;
const dataBlock = /^(\s*)(?:- )?"?(data|stringData)"?:\s*\{?\s*$/;
const keyAndValue = /^(\s*"?[\w.-]+"?:\s+"?)(.*?)("?,?)$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})+$|^(?:[A-Za-z0-9+/]{4})*[A-Za-z0-9+/]{2,3}={1,2}$/;

/**
 * Takes secrets out of text that comes line by line, in order: private keys over several lines, and `data` and `stringData`
 * of Secrets as kubectl prints them in YAML and JSON. That a block of `data` is a Secret's stands below it; what is base64
 * in any such block goes. `values` are secrets that are known.
 */
export function lineRedaction(values: readonly string[] = []): Redact {
	const known = formsOf(values);
	let inKey = false;
	let block: {readonly indent: number; readonly all: boolean} | undefined;

	const inBlock = (line: string, all: boolean): string => {
		const [, start = '', value = '', end = ''] = keyAndValue.exec(line) ?? [];
		if (start === '') return all ? gone : line;
		return (all && !/^[|>][+-]?$/.test(value) && value !== '') || base64.test(value) ? `${start}${gone}${end}` : line;
	};

	return text => {
		const line = known.reduce((rest, value) => rest.replaceAll(value, gone), text);
		if (inKey) {
			inKey = !closing.test(line);
			return gone;
		}
		inKey = opening.test(line) && !closing.test(line);
		const indent = line.length - line.trimStart().length;
		if (block !== undefined && line.trim() !== '' && indent <= block.indent) block = undefined;
		if (block !== undefined) return withoutPatterns(inBlock(line, block.all));
		const [, , name] = dataBlock.exec(line) ?? [];
		if (name !== undefined) block = {indent, all: name === 'stringData'};
		return withoutPatterns(line);
	};
}

/** Takes secrets out of whole texts; `values` are secrets that are known. JSON stays JSON. */
export function redaction(values: readonly string[]): Redact {
	const known = formsOf(values);
	return text => {
		const rest = withoutPatterns(known.reduce((left, value) => left.replaceAll(value, gone), text));
		return rest.includes('\n') ? rest.split('\n').map(lineRedaction()).join('\n') : rest;
	};
}

/** A text without what looks like a secret; for all that is written to the disk. JSON stays JSON. */
export const redacted: Redact = redaction([]);

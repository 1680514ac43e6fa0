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
/** `AWS_SECRET_KEY=…`: the value goes, the name stays. */
const assignments = /\b(\w{0,64}(?:TOKEN|PASSWORD|PASSWD|SECRET|_KEY)\s?[=:]\s?)(?!\[redacted\])[^\s"\\,;]+/gi;

/** A text without what looks like a secret; for all that is written to the disk. JSON stays JSON. */
export function redacted(text: string): string {
	const withoutSecrets = secrets.reduce((rest, secret) => rest.replace(secret, '[redacted]'), text);
	return withoutSecrets.replace(assignments, '$1[redacted]');
}

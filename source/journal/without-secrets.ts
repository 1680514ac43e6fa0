/** A value with secrets taken out of every text in it, and what stands under the name of a secret. */
export function withoutSecrets<T>(value: T, redact: (text: string) => string): T {
	return cleaned(value, redact) as T;
}

const secretName = /(token|password|passwd|secret|_key)$/i;

function cleaned(value: unknown, redact: (text: string) => string): unknown {
	if (typeof value === 'string') return redact(value);
	if (Array.isArray(value)) return value.map(each => cleaned(each, redact));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, held]) => [
			name,
			typeof held === 'string' && secretName.test(name) ? '[redacted]' : cleaned(held, redact),
		]),
	);
}

/** The code of an error of Node or OpenSSL (`ECONNRESET`, `CERT_HAS_EXPIRED`); '' where it has none. */
export function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

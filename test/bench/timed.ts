/** Milliseconds that something takes. */
export async function timed(what: () => unknown): Promise<number> {
	const from = performance.now();
	await what();
	return performance.now() - from;
}

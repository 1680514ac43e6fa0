export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Epoch milliseconds as `metav1.Time`: RFC 3339, whole seconds, UTC. */
export function stamp(at: number): string {
	return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** Epoch milliseconds as `metav1.MicroTime`, as leases carry it. */
export function microStamp(at: number): string {
	return `${new Date(at).toISOString().slice(0, 23)}000Z`;
}

/** Epoch milliseconds of a stamp; -Infinity where there is none, so that it counts as long ago. */
export function instantOf(text: string | undefined): number {
	const at = Date.parse(text ?? '');
	return Number.isNaN(at) ? Number.NEGATIVE_INFINITY : at;
}

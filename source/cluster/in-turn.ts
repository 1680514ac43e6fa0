/** Works through what there is, so many at once. */
export async function inTurn<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
	const left = all.values();
	const worker = async () => {
		for (const one of left) await work(one);
	};
	await Promise.all(Array.from({length: Math.min(atOnce, all.length)}, worker));
}

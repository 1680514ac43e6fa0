/** How many letters must be added, dropped or replaced to make one of the other. */
function distance(from: string, to: string): number {
	let row = Array.from({length: to.length + 1}, (_, at) => at);
	for (let y = 0; y < from.length; y++) {
		const next = [y + 1];
		for (let x = 0; x < to.length; x++) {
			const [left = 0, above = 0, diagonal = 0] = [next[x], row[x + 1], row[x]];
			next.push(Math.min(left + 1, above + 1, diagonal + (from[y] === to[x] ? 0 : 1)));
		}
		row = next;
	}
	return row.at(-1) ?? 0;
}

/** The known word that was probably meant; undefined where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
	const far = (one: string) => distance(word.slice(0, 60).toLowerCase(), one.toLowerCase());
	const found = known.toSorted((a, b) => far(a) - far(b))[0];
	return found !== undefined && far(found) <= Math.max(2, found.length / 3) ? found : undefined;
}

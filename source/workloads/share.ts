const shared = new Map<string, string>();

/** The same text, once: each object brings its own copy of the same few hundred words and names, and there are 50,000 of them. */
export function share<T extends string>(text: T): T {
	const known = shared.get(text);
	if (known !== undefined) return known as T;
	if (shared.size > 20_000) shared.clear();
	shared.set(text, text);
	return text;
}

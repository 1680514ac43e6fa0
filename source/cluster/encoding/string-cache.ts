/** Makes strings of bytes, and gives the same string for the same bytes again where it still has it. */
export type StringCache = (bytes: Buffer, start: number, end: number) => string;

const slots = 8192;

// One less than a uid has, which never comes again.
const longest = 35;

/**
 * Objects say the same few hundred words over and over. Each word has one slot: it is compared byte by byte with what
 * was there last, which is quicker than making a string, and makes 50,000 pods share one name of their node.
 */
export function createStringCache(): StringCache {
	const known = Array.from({length: slots}, () => '');
	return (bytes, start, end) => {
		if (end - start > longest) return bytes.toString('utf8', start, end);
		const slot = hash(bytes, start, end);
		const last = known[slot] ?? '';
		if (spells(last, bytes, start, end)) return last;
		const made = bytes.toString('utf8', start, end);
		known[slot] = made;
		return made;
	};
}

/** Names differ in their ends. */
function hash(bytes: Buffer, start: number, end: number): number {
	let sum = end - start;
	for (let at = Math.max(start, end - 12); at < end; at++) sum = (Math.imul(sum, 31) + (bytes[at] ?? 0)) | 0;
	return (sum ^ (sum >>> 13)) & (slots - 1);
}

/** Whether these bytes are this text; for text beyond ASCII it says no, and the text is made again. */
function spells(text: string, bytes: Buffer, start: number, end: number): boolean {
	if (text.length !== end - start) return false;
	for (let at = 0; at < text.length; at++) {
		const byte = bytes[start + at] ?? 0;
		if (byte >= 0x80 || byte !== text.charCodeAt(at)) return false;
	}
	return true;
}

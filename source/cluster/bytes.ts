import type {Readable} from 'node:stream';

/** All bytes of a body, or the first `most` of them and what came with the last. */
export async function bytesOf(body: Readable, most = Number.POSITIVE_INFINITY): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of body as AsyncIterable<Buffer>) {
		chunks.push(chunk);
		size += chunk.length;
		if (size >= most) break;
	}
	return Buffer.concat(chunks);
}

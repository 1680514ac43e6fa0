/** Cuts a stream of bytes into whole pieces; keeps the unfinished one for the next chunk. */
export type Splitter = (chunk: Buffer) => Iterable<Buffer>;

// Far above what etcd lets an object be (1.5 MiB by default): whoever sends more is not an API server.
const mostBytes = 64 * 2 ** 20;

/** For streams of JSON: one line is one piece. */
export function lines(): Splitter {
	let unfinished: Buffer[] = [];
	let size = 0;
	return function* (chunk) {
		let start = 0;
		for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
			const rest = chunk.subarray(start, end);
			yield unfinished.length === 0 ? rest : Buffer.concat([...unfinished, rest]);
			unfinished = [];
			size = 0;
			start = end + 1;
		}
		if (start === chunk.length) return;
		unfinished.push(chunk.subarray(start));
		size = atMost(size + chunk.length - start);
	};
}

/** For streams of protobuf: four bytes of length, big-endian, go before each piece. */
export function frames(): Splitter {
	let unfinished: Buffer = Buffer.alloc(0);
	return function* (chunk) {
		let bytes = unfinished.length === 0 ? chunk : Buffer.concat([unfinished, chunk]);
		while (bytes.length >= 4) {
			const end = 4 + atMost(bytes.readUInt32BE(0));
			if (bytes.length < end) break;
			yield bytes.subarray(4, end);
			bytes = bytes.subarray(end);
		}
		unfinished = bytes;
	};
}

function atMost(size: number): number {
	if (size > mostBytes) throw new RangeError(`a piece of ${size} bytes in a watch; at most ${mostBytes} are read`);
	return size;
}

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
		let rest = chunk;
		if (unfinished.length > 0) {
			// Only what the piece still lacks is copied to it, not all that comes after it.
			const head = Buffer.concat([unfinished, chunk.subarray(0, lengthSize)]);
			const lacking = head.length < lengthSize ? chunk.length : endOfFrame(head) - unfinished.length;
			unfinished = Buffer.concat([unfinished, chunk.subarray(0, lacking)]);
			rest = chunk.subarray(lacking);
			if (!isWhole(unfinished)) return;
			yield unfinished.subarray(lengthSize);
		}
		while (isWhole(rest)) {
			const end = endOfFrame(rest);
			yield rest.subarray(lengthSize, end);
			rest = rest.subarray(end);
		}
		unfinished = rest;
	};
}

const lengthSize = 4;

function endOfFrame(bytes: Buffer): number {
	return lengthSize + atMost(bytes.readUInt32BE(0));
}

function isWhole(bytes: Buffer): boolean {
	return bytes.length >= lengthSize && bytes.length >= endOfFrame(bytes);
}

function atMost(size: number): number {
	if (size > mostBytes) throw new RangeError(`a piece of ${size} bytes in a watch; at most ${mostBytes} are read`);
	return size;
}

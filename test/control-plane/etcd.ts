/** The store below the API server, through etcd's JSON gateway. */
export type Etcd = {
	/** Rejects while it does not answer. */
	readonly isHealthy: () => Promise<void>;
	/** Forgets every revision before the newest. */
	readonly compact: () => Promise<void>;
	/** Writes values under keys, many in one transaction: a hundredfold faster than through the API server. */
	readonly put: (pairs: Iterable<readonly [key: string, value: string]>) => Promise<void>;
};

/** etcd refuses more operations in one transaction (`--max-txn-ops`). */
const operationsPerTransaction = 128;
const parallelTransactions = 4;

export function openEtcd(url: string): Etcd {
	const call = async (method: string, body: unknown): Promise<{header?: {revision?: string}}> => {
		const answer = await fetch(`${url}/v3/${method}`, {method: 'POST', body: JSON.stringify(body)});
		if (!answer.ok) throw new Error(`etcd answers ${answer.status} to ${method}: ${await answer.text()}`);
		return (await answer.json()) as {header?: {revision?: string}};
	};
	return {
		isHealthy: async () => {
			const answer = await fetch(`${url}/health`);
			if (!answer.ok) throw new Error(`etcd answers ${answer.status}`);
		},
		compact: async () => {
			const {header} = await call('kv/range', {key: base64('/')});
			await call('kv/compaction', {revision: header?.revision, physical: true});
		},
		put: async pairs => {
			const queue = batches(pairs, operationsPerTransaction);
			const work = async () => {
				for (const batch of queue) {
					const success = batch.map(([key, value]) => ({requestPut: {key: base64(key), value: base64(value)}}));
					await call('kv/txn', {success});
				}
			};
			await Promise.all(Array.from({length: parallelTransactions}, work));
		},
	};
}

function* batches<Item>(source: Iterable<Item>, size: number): Generator<Item[]> {
	let batch: Item[] = [];
	for (const item of source) {
		batch.push(item);
		if (batch.length < size) continue;
		yield batch;
		batch = [];
	}
	if (batch.length > 0) yield batch;
}

function base64(text: string): string {
	return Buffer.from(text).toString('base64');
}

import {createServer} from 'node:net';

/** Ports of 127.0.0.1 that nobody uses now. They are held until all are known, so that they differ. */
export async function freePorts<const Name extends string>(names: readonly Name[]): Promise<Record<Name, number>> {
	const held = names.map(name => ({name, server: createServer()}));
	const pairs = await Promise.all(held.map(async ({name, server}) => [name, await listen(server)] as const));
	await Promise.all(held.map(({server}) => new Promise(resolve => server.close(resolve))));
	return Object.fromEntries(pairs) as Record<Name, number>;
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', reject).listen(0, '127.0.0.1', () => {
			const address = server.address();
			if (address !== null && typeof address === 'object') resolve(address.port);
			else reject(new Error('a server that listens has no port'));
		});
	});
}

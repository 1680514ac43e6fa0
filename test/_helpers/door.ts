import {type AddressInfo, connect, createServer, type Socket} from 'node:net';

/** A door to a server that can be shut and opened again: while it is shut, nothing listens there. */
export type Door = {
	readonly server: string;
	readonly shut: () => Promise<void>;
	readonly open: () => Promise<void>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** Puts a door before an HTTPS server of this machine. */
export async function doorTo(address: string): Promise<Door> {
	const behind = Number(new URL(address).port);
	const sockets = new Set<Socket>();
	const keep = (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => {}).once('close', () => sockets.delete(socket));
		return socket;
	};
	const make = () =>
		createServer(socket => {
			const there = keep(connect(behind, '127.0.0.1'));
			const here = keep(socket);
			here.pipe(there).pipe(here);
			here.once('close', () => there.destroy());
			there.once('close', () => here.destroy());
		});
	let door = make();
	const listen = (port: number) => new Promise<void>(resolve => door.listen(port, '127.0.0.1', () => resolve()));
	await listen(0);
	const {port} = door.address() as AddressInfo;
	const shut = async () => {
		const closed = new Promise(resolve => door.close(resolve));
		for (const socket of sockets) socket.destroy();
		await closed;
	};
	return {
		server: `https://127.0.0.1:${port}`,
		shut,
		open: async () => {
			door = make();
			await listen(port);
		},
		[Symbol.asyncDispose]: async () => {
			if (door.listening) await shut();
		},
	};
}

import {connect} from 'node:net';

/**
 * An address that was knocked at, and what came of it. `silent`: nothing within the time; `unreachable`: no such host or no
 * way to it; `offline`: this machine is on no network that leads there.
 */
export type Probe = {
	readonly host: string;
	readonly port: number;
	readonly is: 'answers' | 'refuses' | 'silent' | 'unreachable' | 'offline';
};

const meanings: Readonly<Record<string, Probe['is']>> = {
	ECONNREFUSED: 'refuses',
	ECONNRESET: 'refuses',
	ENETUNREACH: 'offline',
	ENETDOWN: 'offline',
	EADDRNOTAVAIL: 'offline',
};

function knock(host: string, port: number, within: number): Promise<Probe> {
	return new Promise(resolve => {
		const socket = connect({host, port});
		const done = (is: Probe['is']) => {
			clearTimeout(timer);
			socket.destroy();
			resolve({host, port, is});
		};
		const timer = setTimeout(() => done('silent'), within);
		socket.once('connect', () => done('answers'));
		socket.once('error', ({code = ''}: NodeJS.ErrnoException) => done(meanings[code] ?? 'unreachable'));
	});
}

/**
 * Knocks at all of these at once, with TCP alone and nothing said, each for so many milliseconds. Whoever calls sees to it
 * that they are servers of the kubeconfig or known nodes of its cluster, and nothing else.
 */
export function probe(
	targets: ReadonlyArray<{readonly host: string; readonly port: number}>,
	within: number,
): Promise<readonly Probe[]> {
	return Promise.all(targets.map(({host, port}) => knock(host, port, within)));
}

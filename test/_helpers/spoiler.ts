import type {IncomingMessage, ServerResponse} from 'node:http';
import {Agent, request} from 'node:https';
import {buffer} from 'node:stream/consumers';
import {startServer} from '../cluster/server.ts';

/** One request on its way to the server behind. */
export type Passing = {readonly method: string; readonly path: string; readonly body: string};

/** What becomes of a request: it is passed on, answered in the server's place, lost before or after the server has heard it, or never answered. */
export type Fate =
	| 'pass'
	| 'lost'
	| 'answer lost'
	| 'hung'
	| {readonly status: number; readonly body: object; readonly headers?: Readonly<Record<string, string>>};

/** A way to a server on which things go wrong. */
export type Spoiler = {
	readonly server: string;
	/** Everything that was asked so far. */
	readonly passed: readonly Passing[];
	/** From now on. */
	readonly spoil: (fate: (passing: Passing) => Fate) => void;
	/** PEM of who vouches for it. */
	readonly ca: string;
} & AsyncDisposable;

/** Stands before an HTTPS server of this machine, and passes everything on until it is told otherwise. */
export async function spoilerBefore(address: string, ca: string): Promise<Spoiler> {
	const agent = new Agent({ca, keepAlive: true});
	const passed: Passing[] = [];
	let fateOf: (passing: Passing) => Fate = () => 'pass';

	const forward = async (asked: IncomingMessage, body: Buffer): Promise<IncomingMessage> => {
		const own = Object.entries(asked.headers).filter(([name]) => !name.startsWith(':') && !['host', 'connection'].includes(name));
		const {promise, resolve, reject} = Promise.withResolvers<IncomingMessage>();
		const headers = {...Object.fromEntries(own), 'content-length': `${body.length}`};
		const there = request(new URL(asked.url ?? '/', address), {method: asked.method, headers, agent}, resolve);
		there.once('error', reject).end(body);
		asked.once('close', () => there.destroy());
		return promise;
	};
	const handle = async (asked: IncomingMessage, answer: ServerResponse): Promise<void> => {
		const body = await buffer(asked);
		const passing = {method: asked.method ?? 'GET', path: asked.url ?? '/', body: body.toString()};
		passed.push(passing);
		const fate = fateOf(passing);
		if (fate === 'lost') return void answer.destroy();
		if (fate === 'hung') return;
		if (typeof fate === 'object') {
			answer.writeHead(fate.status, {'content-type': 'application/json', ...fate.headers});
			answer.end(JSON.stringify(fate.body));
			return;
		}
		const heard = await forward(asked, body);
		if (fate === 'answer lost') {
			await buffer(heard);
			answer.destroy();
			return;
		}
		const hop = ['connection', 'keep-alive', 'transfer-encoding'];
		answer.writeHead(
			heard.statusCode ?? 502,
			Object.fromEntries(Object.entries(heard.headers).filter(([name]) => !hop.includes(name))),
		);
		answer.flushHeaders();
		heard.on('error', () => answer.destroy());
		answer.on('close', () => heard.destroy());
		heard.pipe(answer);
	};
	const server = await startServer({handler: (asked, answer) => void handle(asked, answer).catch(() => answer.destroy())});
	return {
		server: server.url.href,
		ca: server.target.tls.authority && 'pem' in server.target.tls.authority ? server.target.tls.authority.pem : '',
		passed,
		spoil: fate => {
			fateOf = fate;
		},
		[Symbol.asyncDispose]: async () => {
			agent.destroy();
			await server.close();
		},
	};
}

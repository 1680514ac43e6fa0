import {once} from 'node:events';
import type {ServerResponse} from 'node:http';
import {createServer, request} from 'node:https';
import type {AddressInfo} from 'node:net';
import type {EmbeddedCluster} from '../../source/demo/model.ts';
import {makeCertificate} from '../../source/demo/server/tls.ts';
import {configOf} from './checking.ts';

/** What becomes of a request instead of its answer. */
export type Fault = (response: ServerResponse) => void;

/** A server in front of a cluster that passes everything on but what a path is like. */
export async function standBefore({server, ca, token}: EmbeddedCluster, path: RegExp, fault: Fault) {
	const {ca: own, ...serving} = await makeCertificate();
	const front = createServer(serving, (asked, response) => {
		const {url = '', method, headers} = asked;
		if (path.test(url)) return fault(response);
		const passed = request(new URL(url, server), {method, headers, ca}, answer => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		passed.on('error', () => response.destroy());
		response.on('close', () => passed.destroy());
		asked.pipe(passed);
	});
	front.listen(0, '127.0.0.1');
	await once(front, 'listening');
	const {port} = front.address() as AddressInfo;
	const name = 'homelab';
	const authority = Buffer.from(own).toString('base64');
	const part = {
		context: {name, context: {cluster: name, user: name}},
		user: {name, user: {token}},
		at: {name, cluster: {server: `https://127.0.0.1:${port}`, 'certificate-authority-data': authority}},
	};
	return {
		kubeconfig: configOf([part], name),
		[Symbol.asyncDispose]: async () => {
			front.closeAllConnections();
			front.close();
			await once(front, 'close');
		},
	};
}

import {once} from 'node:events';
import {connect as connectTls} from 'node:tls';
import {expect, onTestFinished, test} from 'vitest';
import {exchange, Unsent} from '../../../source/cluster/line/exchange.ts';
import {http2Connection} from '../../../source/cluster/line/http2.ts';
import {own} from '../../../source/vocabulary.ts';
import {startServer, testAuthority} from '../server.ts';

test('what is asked on a session that is closed already was not sent, and can be asked elsewhere', async () => {
	const server = await startServer({speaks: 'h2'});
	onTestFinished(server.close);
	const ca = (await testAuthority()).cert;
	const socket = connectTls({host: '127.0.0.1', port: server.port, ca, ALPNProtocols: ['h2']});
	await once(socket, 'secureConnect');
	const connection = http2Connection(socket, server.url, {lost: () => {}, draining: () => {}});
	connection.retire();
	const outgoing = {method: 'GET', path: '/hello', headers: {}, body: undefined};
	const asking = exchange(connection, outgoing, {path: '/hello'}, own('there'), () => {});
	await expect(asking).rejects.toBeInstanceOf(Unsent);
});

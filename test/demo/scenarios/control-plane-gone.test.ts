import {connect} from 'node:net';
import {expect, it} from 'vitest';
import {scenarios, worlds} from '../../../source/demo/catalog.ts';
import {startEmbedded} from '../../../source/demo/embedded.ts';
import {eventually} from '../../conformance/subject.ts';

it('refuses every connection from the start, until it is back', async () => {
	const scenario = scenarios.find(({id}) => id === 'control-plane-gone');
	const world = worlds.find(({id}) => id === scenario?.worlds[0]);
	if (!scenario || !world) throw new Error('There is no such scenario.');
	const cluster = await startEmbedded({world, scenario});
	try {
		const port = Number(new URL(cluster.server).port);
		const knock = () =>
			new Promise<string>(resolve => {
				const socket = connect(port, '127.0.0.1', () => {
					socket.destroy();
					resolve('answers');
				});
				socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
			});
		expect(await knock()).toBe('ECONNREFUSED');
		cluster.stage.server.refuse = false;
		await eventually(async () => expect(await knock()).toBe('answers'));
	} finally {
		await cluster.close();
	}
});

import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Hands} from '../../source/actions/hands.ts';
import {connect} from '../../source/cluster/line/connect.ts';
import {makeReader} from '../../source/cluster/read-once.ts';
import type {EmbeddedCluster} from '../../source/demo/model.ts';
import {defaults} from '../../source/settings.ts';
import type {RawName} from '../../source/vocabulary.ts';
import {targetOf} from '../cluster/server.ts';

/** A cluster, and who may do everything there. */
export type Where = Pick<EmbeddedCluster, 'server' | 'ca' | 'token'>;

export type Wish = Partial<Hands> & {
	/** Another user than the administrator. */
	readonly token?: string;
	/** Another way to the server: through a door, or through something that spoils answers. */
	readonly server?: string;
	/** Who vouches for that one, PEM. */
	readonly ca?: string;
};

/** Hands on the embedded cluster, over a connection of their own and with a home of their own, both gone at the end of the scope. */
export function handsOn(cluster: Where, {token = cluster.token, server = cluster.server, ca = cluster.ca, ...more}: Wish = {}) {
	const home = mkdtempSync(join(tmpdir(), 'midwatch-hands-'));
	const target = targetOf(new URL(server), undefined, {
		tls: {insecure: false, authority: {pem: ca}},
		user: {token, impersonate: {}},
	});
	const transport = connect(target, {env: {}});
	const now = () => Date.now() + transport.line().skew;
	const hands: Hands = {
		transport,
		now,
		reader: () => makeReader(transport, now),
		settings: defaults,
		context: 'test' as RawName,
		namespace: 'default' as RawName,
		place: {context: 'test', server: cluster.server, authority: cluster.ca},
		environment: {XDG_STATE_HOME: join(home, 'state'), XDG_CONFIG_HOME: join(home, 'config')},
		by: 'anna@bridge',
		version: '0.0.0-test',
		demo: false,
		readOnly: false,
		from: 'command line',
		...more,
	};
	return {
		...hands,
		[Symbol.dispose]: () => {
			transport.close();
			rmSync(home, {recursive: true, force: true});
		},
	};
}

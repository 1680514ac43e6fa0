import type {Hands} from '../../source/actions/hands.ts';
import {loadKubeconfig} from '../../source/cluster/kubeconfig/load.ts';
import {connect} from '../../source/cluster/line/connect.ts';
import {makeReader} from '../../source/cluster/read-once.ts';
import {defaults} from '../../source/settings.ts';
import type {RawName} from '../../source/vocabulary.ts';
import type {ControlPlane} from './start.ts';

/** What an action takes hold of, for the administrator of a control plane. */
export async function handsOn({kubeconfig, server, ca}: ControlPlane): Promise<Hands & {readonly close: () => void}> {
	const target = await loadKubeconfig({path: kubeconfig, env: {}});
	const transport = connect(target, {env: {}});
	const now = () => Date.now() + transport.line().skew;
	return {
		transport,
		now,
		reader: () => makeReader(transport, now),
		settings: defaults,
		context: target.contextName,
		namespace: 'default' as RawName,
		place: {context: target.contextName, server, authority: ca},
		environment: {},
		by: 'tester@here',
		version: '0.0.0-test',
		demo: false,
		readOnly: false,
		from: 'command line',
		close: transport.close,
	};
}

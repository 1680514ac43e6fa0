import {openCluster} from '../cluster/cluster.ts';
import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import {connect} from '../cluster/line/connect.ts';
import {scrapes, systems} from '../findings/systems.ts';
import {type Background, type LiveWorld, openWorld} from '../findings/world.ts';

declare const MIDWATCH_VERSION: string;

/** A cluster being read, and what is known of it. */
export type Watched = {readonly world: LiveWorld; readonly close: () => void};

/** Connects and begins to read. `interactive` says whether a credential plugin may ask the person at the terminal. */
export function watchCluster(target: ClusterTarget, interactive: boolean, background?: Background): Watched {
	const transport = connect(target, {version: MIDWATCH_VERSION, interactive});
	transport.open();
	const cluster = openCluster({transport, namespace: target.namespace, systems, scrapes});
	const world = openWorld(cluster, background);
	return {
		world,
		close: () => {
			world.close();
			cluster.close();
		},
	};
}

import {type Cluster, openCluster} from '../cluster/cluster.ts';
import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import {connect} from '../cluster/line/connect.ts';
import {scrapes, systems} from '../findings/systems.ts';
import {type Background, type LiveWorld, openWorld} from '../findings/world.ts';
import {keepYoungGenerationSmall} from './young-generation.ts';

declare const MIDWATCH_VERSION: string;

/** A cluster being read, and what is known of it. */
export type Watched = {readonly world: LiveWorld; readonly close: () => void};

/**
 * Connects and begins to read. `interactive` says whether a credential plugin may ask the person at the terminal; a `hurry`
 * asks at once whether the server is well, rather than after a second, and reads what there is too much of in outline.
 */
export function readCluster(target: ClusterTarget, interactive: boolean, hurry = false): Cluster {
	if (hurry) keepYoungGenerationSmall();
	const transport = connect(target, {version: MIDWATCH_VERSION, interactive, ...(hurry ? {probeAfter: 0} : {})});
	transport.open();
	return openCluster({transport, namespace: target.namespace, systems, scrapes, once: hurry});
}

/** The world of a cluster that is being read already. */
export function watchWorld(cluster: Cluster, background?: Background): Watched {
	const world = openWorld(cluster, background);
	return {
		world,
		close: () => {
			world.close();
			cluster.close();
		},
	};
}

/** Connects, reads, and tells the world. */
export function watchCluster(target: ClusterTarget, interactive: boolean, background?: Background): Watched {
	return watchWorld(readCluster(target, interactive), background);
}

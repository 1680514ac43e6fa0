import {type Cluster, openCluster} from '../cluster/cluster.ts';
import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import {connect} from '../cluster/line/connect.ts';
import {scrapes, systems} from '../findings/systems.ts';
import {type Background, type LiveWorld, openWorld} from '../findings/world.ts';
import {keepYoungGenerationSmall} from './young-generation.ts';

declare const MIDWATCH_VERSION: string;

/** A cluster being read, and what is known of it. */
export type Watched = {readonly world: LiveWorld; readonly close: () => void};

/** How a cluster is read; as for a dashboard unless told. */
type Reading = {
	/** For one look: whether the server is well is asked at once, rather than after a second. */
	readonly once?: boolean;
	/** What there is too much of is read in outline, where whole it would take too long. */
	readonly outline?: boolean;
};

/** Connects and begins to read. `interactive` says whether a credential plugin may ask the person at the terminal. */
export function readCluster(target: ClusterTarget, interactive: boolean, {once = false, outline = false}: Reading = {}): Cluster {
	if (outline) keepYoungGenerationSmall();
	const transport = connect(target, {version: MIDWATCH_VERSION, interactive, ...(once ? {probeAfter: 0} : {})});
	transport.open();
	return openCluster({transport, namespace: target.namespace, systems, scrapes, once: outline});
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

/** Connects, reads, and tells the world, for one look at it. */
export function watchOnce(target: ClusterTarget, background?: Background): Watched {
	return watchWorld(readCluster(target, false, {once: true}), background);
}

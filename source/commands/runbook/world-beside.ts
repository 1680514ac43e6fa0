import {openCluster} from '../../cluster/cluster.ts';
import type {ClusterTarget} from '../../cluster/kubeconfig/target.ts';
import type {Transport} from '../../cluster/transport.ts';
import {scrapes, systems} from '../../findings/systems.ts';
import type {LiveWorld} from '../../findings/world.ts';
import {isClearedIn} from '../../runbooks/walk/cleared.ts';
import {followFinding, type Told} from '../../runbooks/walk/follow-finding.ts';
import {keepingOf} from '../background.ts';
import {watchWorld} from '../watch.ts';

/** What is wrong on the cluster, for whoever is about something else there: read from when it is first asked for. */
export type WorldBeside = {
	/** Whether a finding is there no more; undefined while nobody can tell. */
	readonly isCleared: (finding: string) => boolean | undefined;
	/** Follows one finding, and when it was acknowledged (epoch ms): told anew whenever either changes. */
	readonly follow: (name: string, told: Told) => void;
	readonly close: () => void;
};

/** Makes a world out of a line that is there already. */
export function worldBeside(target: ClusterTarget, transport: Transport): WorldBeside {
	let opening: Promise<LiveWorld | undefined> | undefined;
	let world: LiveWorld | undefined;
	let isClosed = false;
	let close = () => {};
	const begin = async (): Promise<LiveWorld | undefined> => {
		const keeping = await keepingOf(target, process.env).catch(() => undefined);
		if (isClosed) return undefined;
		const cluster = openCluster({transport, namespace: target.namespace, systems, scrapes});
		const watched = watchWorld(cluster, keeping);
		close = watched.close;
		world = watched.world;
		return world;
	};
	const read = (): Promise<LiveWorld | undefined> => {
		opening ??= begin();
		return opening;
	};
	return {
		isCleared: name => {
			// Nobody reads it as a resource: the line itself tells.
			if (name === 'apiserver-unreachable') return transport.line().is === 'up';
			void read();
			return world === undefined ? undefined : isClearedIn(world.current().ledger, name);
		},
		follow: (name, told) => {
			void read().then(live => {
				if (live !== undefined) followFinding(live, name, told);
			});
		},
		close: () => {
			isClosed = true;
			close();
		},
	};
}

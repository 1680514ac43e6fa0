import {openCluster} from '../cluster/cluster.ts';
import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import type {Transport} from '../cluster/transport.ts';
import type {Finding} from '../findings/finding.ts';
import {scrapes, systems} from '../findings/systems.ts';
import type {LiveWorld} from '../findings/world.ts';
import {isClearedIn} from '../runbooks/walk/cleared.ts';
import {keepingOf} from './background.ts';
import {watchWorld} from './watch.ts';

/** What is wrong on the cluster, for whoever is about something else there: read from when it is first asked for. */
export type WorldBeside = {
	/** Whether a finding is there no more; undefined while nobody can tell. */
	readonly isCleared: (finding: string) => boolean | undefined;
	/** Follows one finding, and when it was acknowledged (epoch ms): told anew whenever either changes. */
	readonly follow: (name: string, told: (finding: Finding, acknowledgedAt: number | undefined) => void) => void;
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
				if (live === undefined) return;
				let [last, lastAt]: [Finding | undefined, number | undefined] = [undefined, undefined];
				const look = () => {
					const {ledger, incidents} = live.current();
					const found = ledger.findings.find(each => each.name === name);
					const at = incidents.marks.get(name)?.at;
					if (found !== undefined && (found !== last || at !== lastAt)) told(found, at);
					[last, lastAt] = [found, at];
				};
				live.subscribe(look);
				look();
			});
		},
		close: () => {
			isClosed = true;
			close();
		},
	};
}

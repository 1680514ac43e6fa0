import type {Cluster} from '../cluster/cluster.ts';
import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import type {MeanRecovery} from '../findings/targets.ts';
import type {PictureSource} from '../interface/shell/model.ts';
import type {picturesOf} from '../interface/shell/picture.ts';
import type {Settings} from '../settings.ts';
import {own, type SafeText} from '../vocabulary.ts';
import {type Marking, markFindings} from './marking.ts';
import {watchOutage} from './outage.ts';
import {readRecoveries} from './recoveries.ts';
import {rememberWorld} from './remembering.ts';
import {measurePods} from './top-pods.ts';
import type {Kept} from './unkept.ts';
import {type Watched, watchWorld} from './watch.ts';

/** One cluster while it is looked at: its pictures, and what is kept of it. */
export type Session = {
	readonly target: ClusterTarget;
	readonly cluster: Cluster;
	readonly world: Watched['world'];
	readonly source: PictureSource;
	readonly mark: Marking['mark'];
	/** Stops reading, and keeps what was known last. */
	readonly close: () => Promise<void>;
};

export type SessionOptions = {
	readonly target: ClusterTarget;
	/** Being read already. */
	readonly cluster: Cluster;
	readonly kept: Kept;
	readonly demo: boolean;
	/** Given with `--read-only`. */
	readonly readOnly: boolean;
	/** Handed over, since it is loaded while the cluster connects. */
	readonly picturesOf: typeof picturesOf;
};

/** What may not be done here, in a word for the header. */
function guardWords({guards: {readOnly, deny, confirm}}: Settings, asked: boolean): SafeText | undefined {
	if (readOnly || asked) return own('read-only');
	return deny.length > 0 || confirm !== undefined ? own('guarded') : undefined;
}

/** Begins to look at a cluster. */
export function openSession({target, cluster, kept, demo, readOnly, picturesOf: pictures}: SessionOptions): Session {
	let recoveries: readonly MeanRecovery[] = [];
	const {world, close} = watchWorld(cluster, {...kept, recoveries: () => recoveries});
	void readRecoveries(process.env, target).then(found => {
		recoveries = found;
		if (found.length > 0) world.renew();
	});
	const remembering = rememberWorld(world, target.contextName, kept);
	const marking = markFindings(world, kept);
	const outage = watchOutage(cluster, remembering.last);
	const source = pictures(
		world,
		{context: target.contextName, server: target.server, demo, guard: guardWords(kept.settings, readOnly)},
		{
			outage,
			last: remembering.last,
			measure: (node, changed) => measurePods(node, cluster, changed),
			complaints: kept.complaints,
		},
	);
	return {
		target,
		cluster,
		world,
		source,
		mark: marking.mark,
		close: async () => {
			source.attend?.(undefined);
			marking.close();
			outage.close();
			await remembering.close();
			close();
		},
	};
}

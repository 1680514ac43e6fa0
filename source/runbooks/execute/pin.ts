import {load} from 'js-yaml';
import {pinnedKubeconfig} from '../../cluster/kubeconfig/pinned.ts';
import type {ClusterTarget} from '../../cluster/kubeconfig/target.ts';
import type {Raw} from '../../cluster/raw.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {type PinnedFiles, readTalosconfig, writePinned} from '../../files/pinned-files.ts';
import type {Environment} from '../../files/places.ts';
import {type SafeText, say} from '../../vocabulary.ts';

/** The context that all commands of a run are held to. */
export type Pinned = {
	readonly context: string;
	/** Writes the configurations of it, anew for each command: the one before may have changed them. */
	readonly write: () => Promise<PinnedFiles>;
	/** What could not be pinned and was therefore taken away. */
	readonly note?: SafeText;
};

/** Of a talosconfig, the context that goes by the name of the cluster, as Talos writes it; empty where there is none. */
async function pinnedTalosconfig(environment: Environment, clusterName: string): Promise<object | undefined> {
	const text = await readTalosconfig(environment);
	if (text === undefined) return undefined;
	try {
		const context = (load(text) as Raw | undefined)?.contexts?.[clusterName];
		return context === undefined ? undefined : {context: clusterName, contexts: {[clusterName]: context}};
	} catch {
		return undefined;
	}
}

/**
 * Pins the context of a target for a run, as it is now, by private configurations in its folder that hold nothing else.
 * @throws KubeconfigError where the context is gone or leads elsewhere by now
 */
export async function pinContext(target: ClusterTarget, folder: string, environment: Environment): Promise<Pinned> {
	const [kubeconfig, talos] = await Promise.all([pinnedKubeconfig(target), pinnedTalosconfig(environment, target.clusterName)]);
	const write = () => writePinned(folder, kubeconfig, talos ?? {});
	const context = target.contextName || 'pinned';
	if (talos !== undefined) return {context, write};
	return {
		context,
		write,
		note: say`talosctl is given no context: the talosconfig has none called ${safeText(target.clusterName, 120)}.`,
	};
}

import {stillTrue, type Told} from '../reuse.ts';
import {keyOf, memoised, own, type SafeText} from '../vocabulary.ts';
import type {PodRecord} from '../workloads/pod.ts';
import {type Claimants, claimsOfPod} from './claimants.ts';
import type {NodeStanding} from './standing.ts';
import type {VolumeFact} from './volume.ts';
import type {MountFailure} from './warnings.ts';

/** A machine outside of the cluster's own storage that volumes live on: NFS, NAS, iSCSI. */
export type ServerFact = Told & {
	/** The name it goes by, after aliases. */
	readonly shown: SafeText;
	/** The volumes of claims that live on it. */
	readonly volumes: readonly VolumeFact[];
	/** Mounts from it that fail. */
	readonly failures: readonly MountFailure[];
	/** Pods on its volumes that began to hang within ten minutes of each other, on two nodes or more; else none. */
	readonly failing: readonly PodRecord[];
	/** It does not serve where mounts say so on two nodes; it may not where its pods hang together on two. */
	readonly is: 'down' | 'suspected' | 'not accused';
};

export type ServerInput = {
	readonly volumes: readonly VolumeFact[];
	readonly failures: readonly MountFailure[];
	readonly claimants: Claimants;
	readonly nodes: ReadonlyMap<string, NodeStanding>;
};

const byPersistentVolume = memoised(
	(volumes: readonly VolumeFact[]) => new Map(volumes.map(fact => [fact.volume?.name as string, fact])),
);

const nobody = own('');
/** What begins within so many milliseconds is taken to have one reason. */
const together = 10 * 60_000;

/** Whoever waits for a server hangs: a container that ends by itself had what it needed. */
function hangs({trouble, ended}: PodRecord): boolean {
	if (trouble?.is === 'creating') return true;
	return trouble?.is === 'not ready' && (ended?.at ?? 0) < trouble.since;
}

const sinceOf = ({trouble}: PodRecord) => trouble?.since ?? 0;
const nodesOf = (pods: readonly PodRecord[]) => new Set(pods.map(({node}) => node));

/** The pods that began to fail with the last one, where they do on two nodes or more. */
function failedTogether(pods: readonly PodRecord[]): readonly PodRecord[] {
	const oldestFirst = pods.toSorted((a, b) => sinceOf(a) - sinceOf(b));
	for (const last of oldestFirst.toReversed()) {
		const group = oldestFirst.filter(pod => sinceOf(pod) <= sinceOf(last) && sinceOf(last) - sinceOf(pod) <= together);
		if (nodesOf(group).size > 1) return group;
	}
	return [];
}

function judged(mounts: readonly MountFailure[], failing: readonly PodRecord[]): ServerFact['is'] {
	const nodes = new Set(mounts.map(({node}) => node).filter(node => node !== ''));
	if (nodes.size > 1) return 'down';
	return failing.length > 0 ? 'suspected' : 'not accused';
}

/** Every server that claimed volumes live on, and what speaks against it. */
export function serverFacts(input: ServerInput, previous: readonly ServerFact[]): readonly ServerFact[] {
	const {volumes, failures, claimants, nodes} = input;
	const served = volumes.filter(({volume, server}) => volume?.phase === 'Bound' && server !== '');
	if (served.length === 0) return [];
	const byServer = Map.groupBy(served, ({server}) => server);
	const ofClaim = new Map(served.map(fact => [fact.shown as string, fact.server]));
	const stands = (node: string) => nodes.get(node)?.word !== 'silent' && nodes.get(node)?.word !== 'not ready';
	const accused = ({volume, driver, isRefused, node}: MountFailure) =>
		driver === '' && !isRefused && stands(node) ? (byPersistentVolume(volumes).get(volume)?.server ?? nobody) : nobody;
	const against = Map.groupBy(failures, accused);
	// What is known to fail for another reason is no sign.
	const explained = new Set((against.get(nobody) ?? []).map(({event}) => keyOf(event.about.namespace, event.about.name)));
	const suspects = [...claimants.records]
		.filter(([key]) => !explained.has(key))
		.flatMap(([, pods]) => pods.filter(pod => hangs(pod) && stands(pod.node)));
	const before = new Map(previous.map(fact => [fact.shown, fact]));
	return [...byServer]
		.map(([shown, living]) => {
			const mounts = against.get(shown) ?? [];
			const failing = failedTogether(suspects.filter(pod => claimsOfPod(pod).some(claim => ofClaim.get(claim) === shown)));
			const from = [...living, ...mounts.map(({event}) => event), ...failing];
			const is = judged(mounts, failing);
			const fact = {shown, volumes: living, failures: mounts, failing, is, from, asOf: 0, turnsAt: Number.POSITIVE_INFINITY};
			return stillTrue(before.get(shown), from, 0) ?? fact;
		})
		.sort((a, b) => (a.shown < b.shown ? -1 : 1));
}

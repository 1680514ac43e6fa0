import {sameList, stillTrue, type Told} from '../reuse.ts';
import {settled, stillSettled} from '../settled.ts';
import {momentOf} from '../together.ts';
import {compareHealth, memoised, type Reading, type SourceState} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import {type ClaimCauses, claimCauses} from './causes.ts';
import {byClaim} from './claimants.ts';
import {type DiskFact, diskFacts} from './disks.ts';
import {type DriverFact, missingDrivers, pluginsOf} from './drivers.ts';
import type {StorageInput} from './input.ts';
import {keptList, keptStandings} from './kept.ts';
import type {ClaimRecord, StorageClassRecord} from './kubernetes.ts';
import {type PendingFact, pendingFact} from './pending.ts';
import {type ServerFact, serverFacts} from './servers.ts';
import {type TierFact, type TierParts, tierFact} from './tier.ts';
import type {VolumeFact} from './volume.ts';
import {longhornRuns, tellVolumes} from './volumes.ts';
import {failuresTurnAt, type MountFailure, mountFailures, warningsOfClaim} from './warnings.ts';

const sources = [
	'classes',
	'volumes',
	'claims',
	'attachments',
	'csiNodes',
	'longhornVolumes',
	'longhornNodes',
	'replicas',
	'engines',
	'warnings',
	'claimants',
] as const;

export type StorageFacts = Told & {
	readonly tiers: readonly TierFact[];
	readonly volumes: readonly VolumeFact[];
	readonly pending: readonly PendingFact[];
	/** Claims whose volume is gone. */
	readonly lost: readonly ClaimRecord[];
	readonly disks: readonly DiskFact[];
	/** Drivers that nodes miss. */
	readonly drivers: readonly DriverFact[];
	readonly servers: readonly ServerFact[];
	readonly claimCauses: ClaimCauses;
	/** What keeps pods from their volumes now. */
	readonly failures: readonly MountFailure[];
	/** Classes marked as default, the one that wins first. */
	readonly defaults: readonly StorageClassRecord[];
	/** False while no longhorn-manager is ready: what Longhorn says is frozen. */
	readonly longhornRuns: boolean;
	readonly states: Readonly<Record<(typeof sources)[number], SourceState>>;
	readonly limitedTo: Reading<ClaimRecord>['limitedTo'];
	readonly nodes: StorageInput['nodes'];
	/** The earliest moment at which something here changes without an event, epoch ms. */
	readonly changesAt: number;
};

/** Waiting claims by the key of their row. */
export const claimsByKey = memoised((pending: readonly PendingFact[]) => new Map(pending.map(fact => [fact.key, fact])));

function tellPending(input: StorageInput, previous: StorageFacts | undefined): readonly PendingFact[] {
	const {classes, volumes, claims} = input;
	const {claimants, warnings} = input;
	const now = momentOf(claims.state, input.now);
	const known = claimsByKey(previous?.pending ?? []);
	return [...claims.records]
		.filter(([, {phase, volume}]) => phase === 'Pending' || (phase === 'Lost' && !volumes.records.has(volume)))
		.map(([key, claim]) => {
			const [storageClass, volume] = [classes.records.get(claim.className ?? ''), volumes.records.get(claim.volume)];
			const [pods, noted] = [byClaim(claimants).get(key) ?? [], warningsOfClaim(warnings, key)];
			const from = [claim, storageClass, volume, isKnown(classes.state), isKnown(volumes.state), ...pods, ...noted];
			const before = known.get(`claim/${key}`);
			return stillTrue(before, from, now) ?? pendingFact(key, claim, {classes, volumes, pods, warnings: noted}, from, now);
		});
}

const worstVolumeFirst = (a: VolumeFact, b: VolumeFact) => compareHealth(a.health, b.health) || (a.shown < b.shown ? -1 : 1);

type OfTiers = Pick<StorageFacts, 'volumes' | 'pending' | 'disks' | 'drivers' | 'servers'>;

function tellTiers(
	input: StorageInput,
	{volumes, pending, disks, drivers, servers}: OfTiers,
	previous: StorageFacts | undefined,
): readonly TierFact[] {
	const volumesOf = Map.groupBy(volumes, ({tier}) => tier);
	const pendingOf = Map.groupBy(pending, ({tier}) => tier);
	const classes = [...input.classes.records.values()].map(({name}) => name);
	const known = new Map(previous?.tiers.map(tier => [tier.key, tier]));
	return [...new Set([...classes, ...volumesOf.keys(), ...pendingOf.keys()])].map(name => {
		const storageClass = input.classes.records.get(name);
		const parts: TierParts = {
			name,
			storageClass,
			volumes: (volumesOf.get(name) ?? []).sort(worstVolumeFirst),
			pending: pendingOf.get(name) ?? [],
			disks,
			drivers: drivers.filter(({driver}) => driver === storageClass?.provisioner),
			servers: servers.filter(server => server.volumes.some(({tier}) => tier === name)),
		};
		const from = [storageClass, ...parts.volumes, ...parts.pending, ...disks, ...parts.drivers, ...parts.servers];
		return stillTrue(known.get(`tier/${name}`), from, input.now) ?? tierFact(parts, from, input.now);
	});
}

/** The newest one wins, then the first by name: Kubernetes' own rule (`pkg/volume/util/storageclass.go`). */
function defaultsOf({classes}: StorageInput): readonly StorageClassRecord[] {
	const marked = [...classes.records.values()].filter(({isDefault}) => isDefault);
	return marked.sort((a, b) => b.createdAt - a.createdAt || (a.name < b.name ? -1 : 1));
}

const lostOf = ({claims}: StorageInput): readonly ClaimRecord[] =>
	[...claims.records.values()].filter(({phase}) => phase === 'Lost');

/** What is known of the storage tiers. Give it its last answer: what is still true stays the same object. */
export function storageFacts(read: StorageInput, previous?: StorageFacts): StorageFacts {
	const nodes = keptStandings(previous?.nodes, read.nodes);
	const input = {...read, nodes};
	const {now, aliases, claims, claimants, longhornNodes, warnings} = input;
	const readings = sources.map(source => input[source]);
	const plugins = pluginsOf(input);
	const from = [...readings, longhornRuns(input), ...plugins, nodes, aliases];
	const before = stillSettled(previous, from, now);
	if (before !== undefined) return before;
	const failures = sameList(previous?.failures, mountFailures(warnings, claimants, now));
	const volumes = sameList(previous?.volumes, tellVolumes(input, failures, previous?.volumes ?? []));
	const pending = sameList(previous?.pending, tellPending(input, previous));
	const lost = keptList(previous?.lost, [claims], () => lostOf(input));
	const disks = keptList(previous?.disks, [longhornNodes], () => [...longhornNodes.records.values()].flatMap(diskFacts));
	const places = [input.csiNodes, input.attachments, longhornNodes, ...plugins, failures, nodes];
	const drivers = keptList(previous?.drivers, places, known => missingDrivers({...input, failures}, known));
	const witnesses = [volumes, failures, claimants, nodes];
	const servers = keptList(previous?.servers, witnesses, known => serverFacts({...input, volumes, failures}, known));
	const tiers = sameList(previous?.tiers, tellTiers(input, {volumes, pending, disks, drivers, servers}, previous));
	const changesAt = [...volumes, ...pending].reduce(
		(at, {turnsAt}) => (turnsAt > now ? Math.min(at, turnsAt) : at),
		failuresTurnAt(failures, claimants),
	);
	return settled(previous, {
		tiers,
		volumes,
		pending,
		lost,
		disks,
		drivers,
		servers,
		failures,
		claimCauses: claimCauses({volumes, pending, lost, drivers}, previous?.claimCauses),
		defaults: sameList(previous?.defaults, defaultsOf(input)),
		longhornRuns: longhornRuns(input),
		states: Object.fromEntries(sources.map(source => [source, input[source].state])) as StorageFacts['states'],
		limitedTo: claims.limitedTo,
		nodes,
		changesAt,
		from,
		asOf: now,
		turnsAt: changesAt,
	});
}

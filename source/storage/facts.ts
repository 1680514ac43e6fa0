import {sameList, stillTrue, type Told} from '../reuse.ts';
import {settled, stillSettled} from '../settled.ts';
import {momentOf} from '../together.ts';
import {compareHealth, memoised, type RawName, type Reading, type SafeText, type SourceState} from '../vocabulary.ts';
import {isKnown, shownName} from '../words.ts';
import {type Controllers, controllerRunning} from '../workloads/controllers.ts';
import {diskFacts} from './disks.ts';
import type {AttachmentRecord, ClaimRecord, CsiNodeRecord, PersistentVolumeRecord, StorageClassRecord} from './kubernetes.ts';
import type {LonghornNodeRecord, LonghornVolumeRecord} from './longhorn.ts';
import {type PendingFact, pendingFact} from './pending.ts';
import {type TierFact, type TierParts, tierFact} from './tier.ts';
import {longhornDriver, type NodeStanding, type VolumeParts} from './verdict.ts';
import {type VolumeFact, volumeFact} from './volume.ts';

export type StorageInput = {
	readonly classes: Reading<StorageClassRecord>;
	readonly volumes: Reading<PersistentVolumeRecord>;
	readonly claims: Reading<ClaimRecord>;
	readonly attachments: Reading<AttachmentRecord>;
	readonly csiNodes: Reading<CsiNodeRecord>;
	readonly longhornVolumes: Reading<LonghornVolumeRecord>;
	readonly longhornNodes: Reading<LonghornNodeRecord>;
	/** The pods of longhorn-manager, which keeps what Longhorn says true. */
	readonly controllers: Controllers;
	/** Nodes by name; empty while they are not known. */
	readonly nodes: ReadonlyMap<string, NodeStanding>;
	/** Epoch ms on the server's clock. */
	readonly now: number;
};

const sources = ['classes', 'volumes', 'claims', 'attachments', 'csiNodes', 'longhornVolumes', 'longhornNodes'] as const;

export type StorageFacts = Told & {
	readonly tiers: readonly TierFact[];
	readonly volumes: readonly VolumeFact[];
	readonly pending: readonly PendingFact[];
	/** Classes marked as default, the one that wins first. */
	readonly defaults: readonly StorageClassRecord[];
	/** False while no longhorn-manager is ready: what Longhorn says is frozen. */
	readonly longhornRuns: boolean;
	readonly states: Readonly<Record<(typeof sources)[number], SourceState>>;
	readonly limitedTo: Reading<ClaimRecord>['limitedTo'];
	/** The earliest moment at which something here changes without an event, epoch ms. */
	readonly changesAt: number;
};

const attachmentsByVolume = memoised((attachments: Reading<AttachmentRecord>) =>
	Map.groupBy(attachments.records.values(), attachment => attachment.volume),
);
const longhornByName = memoised(
	(volumes: Reading<LonghornVolumeRecord>) => new Map([...volumes.records.values()].map(volume => [volume.name, volume])),
);

const longhornRuns = ({controllers}: StorageInput) => controllerRunning(controllers, 'longhorn-manager') !== false;

function longhornIs(input: StorageInput): VolumeParts['longhornIs'] {
	if (!isKnown(input.longhornVolumes.state)) return 'not seen';
	return longhornRuns(input) ? 'known' : 'frozen';
}

function partsOf(
	volume: PersistentVolumeRecord | undefined,
	longhorn: LonghornVolumeRecord | undefined,
	input: StorageInput,
): VolumeParts {
	const claim = volume?.claim || longhorn?.claim || '';
	return {
		volume,
		longhorn,
		claim: input.claims.records.get(claim),
		attachments: (volume && attachmentsByVolume(input.attachments).get(volume.name)) ?? [],
		node: input.nodes.get(volume?.pinnedTo || longhorn?.node || ''),
		longhornIs: longhornIs(input),
	};
}

/** Every volume once: those of Kubernetes with what Longhorn says of them, then those only Longhorn knows. */
function volumeParts(input: StorageInput): readonly VolumeParts[] {
	const {volumes, longhornVolumes} = input;
	const behind = ({driver, handle}: PersistentVolumeRecord) =>
		driver === longhornDriver ? longhornByName(longhornVolumes).get(handle) : undefined;
	const isAlone = ({volume}: LonghornVolumeRecord) =>
		volume === '' || (volumes.state.is !== 'loading' && !volumes.records.has(volume));
	return [
		...[...volumes.records.values()].map(volume => partsOf(volume, behind(volume), input)),
		...[...longhornVolumes.records.values()].filter(isAlone).map(longhorn => partsOf(undefined, longhorn, input)),
	];
}

/** Volumes and waiting claims by the key of their row. */
export const byKey = memoised((volumes: readonly VolumeFact[]) => new Map(volumes.map(fact => [fact.key, fact])));
export const claimsByKey = memoised((pending: readonly PendingFact[]) => new Map(pending.map(fact => [fact.key, fact])));

function tellVolumes(input: StorageInput, previous: StorageFacts | undefined): readonly VolumeFact[] {
	const now = momentOf(input.volumes.state, input.now);
	const known = byKey(previous?.volumes ?? []);
	return volumeParts(input).map(parts => {
		const {volume, longhorn, claim, attachments, node} = parts;
		const from = [volume, longhorn, claim, node?.word, node?.since, parts.longhornIs, ...attachments];
		const before = known.get(`volume/${volume?.name ?? longhorn?.name ?? ''}`);
		return stillTrue(before, from, now) ?? volumeFact(parts, from, now);
	});
}

function tellPending(input: StorageInput, previous: StorageFacts | undefined): readonly PendingFact[] {
	const {classes, volumes, claims} = input;
	const now = momentOf(claims.state, input.now);
	const known = claimsByKey(previous?.pending ?? []);
	return [...claims.records]
		.filter(([, claim]) => claim.phase === 'Pending')
		.map(([key, claim]) => {
			const [storageClass, volume] = [classes.records.get(claim.className ?? ''), volumes.records.get(claim.volume)];
			const from = [claim, storageClass, volume, isKnown(classes.state), isKnown(volumes.state)];
			const before = known.get(`claim/${key}`);
			return stillTrue(before, from, now) ?? pendingFact(key, claim, {classes, volumes}, from, now);
		});
}

/**
 * Ready nodes on which a driver should be registered and is not: where a volume is to be attached, and where Longhorn runs.
 * CSINode alone is not proof of health: kubelet leaves its entries alone when it starts.
 */
function withoutDriver({csiNodes, attachments, longhornNodes, nodes}: StorageInput, driver: string): readonly SafeText[] {
	if (!isKnown(csiNodes.state)) return [];
	const attached = [...attachments.records.values()].filter(({attacher}) => attacher === driver).map(({node}) => node);
	const running = driver === longhornDriver ? [...longhornNodes.records.values()].map(({name}) => name) : [];
	const isMissing = (node: RawName) =>
		nodes.get(node)?.word === 'ready' && csiNodes.records.get(node)?.drivers.some(name => name === driver) !== true;
	return [...new Set([...attached, ...running])]
		.filter(isMissing)
		.sort()
		.map(name => shownName({name}));
}

const worstVolumeFirst = (a: VolumeFact, b: VolumeFact) => compareHealth(a.health, b.health) || (a.shown < b.shown ? -1 : 1);

function tellTiers(
	input: StorageInput,
	volumes: readonly VolumeFact[],
	pending: readonly PendingFact[],
	previous: StorageFacts | undefined,
): readonly TierFact[] {
	const disks = [...input.longhornNodes.records.values()].flatMap(diskFacts);
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
			withoutDriver: withoutDriver(input, storageClass?.provisioner ?? ''),
		};
		const from = [storageClass, ...parts.volumes, ...parts.pending, ...disks, ...parts.withoutDriver];
		return stillTrue(known.get(`tier/${name}`), from, input.now) ?? tierFact(parts, from, input.now);
	});
}

/** The newest one wins, then the first by name: Kubernetes' own rule (`pkg/volume/util/storageclass.go`). */
function defaultsOf({classes}: StorageInput): readonly StorageClassRecord[] {
	const marked = [...classes.records.values()].filter(({isDefault}) => isDefault);
	return marked.sort((a, b) => b.createdAt - a.createdAt || (a.name < b.name ? -1 : 1));
}

/** What is known of the storage tiers. Give it its last answer: what is still true stays the same object. */
export function storageFacts(input: StorageInput, previous?: StorageFacts): StorageFacts {
	const {now, nodes} = input;
	const readings = sources.map(source => input[source]);
	const from = [...readings, longhornRuns(input), nodes];
	const before = stillSettled(previous, from, now);
	if (before !== undefined) return before;
	const volumes = sameList(previous?.volumes, tellVolumes(input, previous));
	const pending = sameList(previous?.pending, tellPending(input, previous));
	const tiers = sameList(previous?.tiers, tellTiers(input, volumes, pending, previous));
	const changesAt = [...volumes, ...pending].reduce(
		(at, {turnsAt}) => (turnsAt > now ? Math.min(at, turnsAt) : at),
		Number.POSITIVE_INFINITY,
	);
	return settled(previous, {
		tiers,
		volumes,
		pending,
		defaults: sameList(previous?.defaults, defaultsOf(input)),
		longhornRuns: longhornRuns(input),
		states: Object.fromEntries(sources.map(source => [source, input[source].state])) as StorageFacts['states'],
		limitedTo: input.claims.limitedTo,
		changesAt,
		from,
		asOf: now,
		turnsAt: changesAt,
	});
}

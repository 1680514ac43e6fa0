import {safeText} from '../cluster/safe-text.ts';
import {stillTrue} from '../reuse.ts';
import {momentOf} from '../together.ts';
import {memoised, own, type Reading, type SafeText} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import {controllerRunning} from '../workloads/controllers.ts';
import {byClaim} from './claimants.ts';
import {copiesOf, engineOf} from './copies.ts';
import type {StorageInput} from './input.ts';
import {keptGroups} from './kept.ts';
import type {AttachmentRecord, PersistentVolumeRecord} from './kubernetes.ts';
import type {LonghornVolumeRecord} from './longhorn.ts';
import type {EngineRecord, ReplicaRecord} from './replica.ts';
import {longhornDriver, type VolumeParts} from './verdict.ts';
import {type VolumeFact, volumeFact} from './volume.ts';
import type {MountFailure} from './warnings.ts';

const attachmentsByVolume = keptGroups(({volume}: AttachmentRecord) => volume);
const replicasByVolume = keptGroups(({volume}: ReplicaRecord) => volume);
const enginesByVolume = keptGroups(({volume}: EngineRecord) => volume);
const none: readonly never[] = [];
const longhornByName = memoised(
	(volumes: Reading<LonghornVolumeRecord>) => new Map([...volumes.records.values()].map(volume => [volume.name, volume])),
);
const heldElsewhere = memoised(
	(failures: readonly MountFailure[]) =>
		new Map(failures.filter(failure => failure.isHeldElsewhere).map(failure => [failure.volume, failure])),
);

/** False while no longhorn-manager is ready. */
export const longhornRuns = ({controllers}: StorageInput): boolean =>
	controllerRunning(controllers, 'longhorn-manager') !== false;

function longhornIs(input: StorageInput): VolumeParts['longhornIs'] {
	if (!isKnown(input.longhornVolumes.state)) return 'not seen';
	return longhornRuns(input) ? 'known' : 'frozen';
}

/** The server by the name it goes by. */
function serverOf(volume: PersistentVolumeRecord | undefined, {aliases}: StorageInput): SafeText {
	const server = volume?.server ?? own('');
	return Object.hasOwn(aliases, server) ? safeText(aliases[server] ?? '', 253) : server;
}

/** All that stands around volumes, by what it is found by. */
function surroundings(input: StorageInput, failures: readonly MountFailure[], previous: readonly VolumeFact[]) {
	const {claims, attachments, replicas, engines, claimants, nodes} = input;
	return {
		input,
		nodes,
		claims: claims.records,
		attachments: attachmentsByVolume(attachments),
		replicas: replicasByVolume(replicas),
		engines: enginesByVolume(engines),
		copiesAreSeen: isKnown(replicas.state) && isKnown(engines.state),
		waiting: byClaim(claimants),
		held: heldElsewhere(failures),
		longhornIs: longhornIs(input),
		known: byName(previous),
		now: momentOf(input.volumes.state, input.now),
	};
}

/** Tells a volume, or finds it told before. */
function tellVolume(
	volume: PersistentVolumeRecord | undefined,
	longhorn: LonghornVolumeRecord | undefined,
	around: ReturnType<typeof surroundings>,
): VolumeFact {
	const {nodes, now, longhornIs} = around;
	const path = volume?.claim || longhorn?.claim || '';
	const replicas = around.replicas.get(longhorn?.name ?? '') ?? none;
	const engines = around.engines.get(longhorn?.name ?? '') ?? none;
	const isSeen = replicas.length > 0 && around.copiesAreSeen;
	const parts = {
		volume,
		longhorn,
		claim: around.claims.get(path),
		attachments: around.attachments.get(volume?.name ?? '') ?? none,
		node: nodes.get(volume?.pinnedTo || longhorn?.node || ''),
		longhornIs,
		waiting: around.waiting.get(path) ?? none,
		heldElsewhere: around.held.get(volume?.name ?? ''),
		server: serverOf(volume, around.input),
	};
	const {claim, attachments, node, heldElsewhere: held, server, waiting} = parts;
	const from = [
		volume,
		longhorn,
		claim,
		attachments,
		node?.word,
		node?.since,
		longhornIs,
		held,
		server,
		replicas,
		engines,
		isSeen,
	];
	const all: readonly unknown[] = [...from, ...waiting, ...replicas.map(replica => nodes.get(replica.node)?.word)];
	const before = around.known.get(volume?.name ?? longhorn?.name ?? '');
	const still = stillTrue(before, all, now);
	if (still !== undefined) return still;
	const engine = engineOf(engines);
	return volumeFact({...parts, engine, copies: isSeen ? copiesOf(replicas, engine, nodes) : undefined}, all, now);
}

/** Every volume once: those of Kubernetes with what Longhorn says of them, then those only Longhorn knows. */
export function tellVolumes(
	input: StorageInput,
	failures: readonly MountFailure[],
	previous: readonly VolumeFact[],
): readonly VolumeFact[] {
	const {volumes, longhornVolumes} = input;
	const around = surroundings(input, failures, previous);
	const named = longhornByName(longhornVolumes);
	const behind = ({driver, handle}: PersistentVolumeRecord) => (driver === longhornDriver ? named.get(handle) : undefined);
	const isAlone = ({volume}: LonghornVolumeRecord) =>
		volume === '' || (volumes.state.is !== 'loading' && !volumes.records.has(volume));
	return [
		...[...volumes.records.values()].map(volume => tellVolume(volume, behind(volume), around)),
		...[...longhornVolumes.records.values()].filter(isAlone).map(longhorn => tellVolume(undefined, longhorn, around)),
	];
}

const byName = memoised(
	(volumes: readonly VolumeFact[]) =>
		new Map<string, VolumeFact>(volumes.map(fact => [fact.volume?.name ?? fact.longhorn?.name ?? '', fact])),
);

/** Volumes by the key of their row. */
export const volumesByKey = memoised((volumes: readonly VolumeFact[]) => new Map(volumes.map(fact => [fact.key, fact])));

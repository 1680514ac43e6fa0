import {safeText} from '../cluster/safe-text.ts';
import {stillTrue} from '../reuse.ts';
import {momentOf} from '../together.ts';
import {memoised, own, type Reading, type SafeText} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import {controllerRunning} from '../workloads/controllers.ts';
import {byClaim} from './claimants.ts';
import {copiesOf, engineByVolume, replicasByVolume} from './copies.ts';
import type {StorageInput} from './input.ts';
import type {AttachmentRecord, PersistentVolumeRecord} from './kubernetes.ts';
import type {LonghornVolumeRecord} from './longhorn.ts';
import {longhornDriver, type VolumeParts} from './verdict.ts';
import {type VolumeFact, volumeFact} from './volume.ts';
import type {MountFailure} from './warnings.ts';

const attachmentsByVolume = memoised((attachments: Reading<AttachmentRecord>) =>
	Map.groupBy(attachments.records.values(), attachment => attachment.volume),
);
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

/** What Longhorn keeps of a volume, and what that is made from. */
function inLonghorn({replicas, engines, nodes}: StorageInput, longhorn: LonghornVolumeRecord | undefined) {
	const records = (longhorn && replicasByVolume(replicas).get(longhorn.name)) ?? [];
	const engine = longhorn && engineByVolume(engines).get(longhorn.name);
	const isSeen = records.length > 0 && isKnown(replicas.state) && isKnown(engines.state);
	const from = [isSeen, engine, ...records.flatMap(record => [record, nodes.get(record.node)?.word])];
	return {engine, copies: isSeen ? () => copiesOf(records, engine, nodes) : () => undefined, from};
}

/** The server by the name it goes by. */
function serverOf(volume: PersistentVolumeRecord | undefined, {aliases}: StorageInput): SafeText {
	const server = volume?.server ?? own('');
	return Object.hasOwn(aliases, server) ? safeText(aliases[server] ?? '', 253) : server;
}

type Context = {
	readonly input: StorageInput;
	readonly failures: readonly MountFailure[];
	readonly known: ReadonlyMap<string, VolumeFact>;
};

/** Tells a volume, or finds it told before. */
function tellVolume(
	volume: PersistentVolumeRecord | undefined,
	longhorn: LonghornVolumeRecord | undefined,
	{input, failures, known}: Context,
): VolumeFact {
	const {claims, attachments, nodes, claimants} = input;
	const path = volume?.claim || longhorn?.claim || '';
	const behind = inLonghorn(input, longhorn);
	const parts = {
		volume,
		longhorn,
		claim: claims.records.get(path),
		attachments: (volume && attachmentsByVolume(attachments).get(volume.name)) ?? [],
		node: nodes.get(volume?.pinnedTo || longhorn?.node || ''),
		longhornIs: longhornIs(input),
		engine: behind.engine,
		waiting: byClaim(claimants).get(path) ?? [],
		heldElsewhere: volume && heldElsewhere(failures).get(volume.name),
		server: serverOf(volume, input),
	};
	const {claim, node, server} = parts;
	const around = [...parts.attachments, ...parts.waiting, parts.heldElsewhere, ...behind.from];
	const from = [volume, longhorn, claim, node?.word, node?.since, parts.longhornIs, server, ...around];
	const now = momentOf(input.volumes.state, input.now);
	const before = known.get(`volume/${volume?.name ?? longhorn?.name ?? ''}`);
	return stillTrue(before, from, now) ?? volumeFact({...parts, copies: behind.copies()}, from, now);
}

/** Every volume once: those of Kubernetes with what Longhorn says of them, then those only Longhorn knows. */
export function tellVolumes(
	input: StorageInput,
	failures: readonly MountFailure[],
	previous: readonly VolumeFact[],
): readonly VolumeFact[] {
	const {volumes, longhornVolumes} = input;
	const context = {input, failures, known: volumesByKey(previous)};
	const behind = ({driver, handle}: PersistentVolumeRecord) =>
		driver === longhornDriver ? longhornByName(longhornVolumes).get(handle) : undefined;
	const isAlone = ({volume}: LonghornVolumeRecord) =>
		volume === '' || (volumes.state.is !== 'loading' && !volumes.records.has(volume));
	return [
		...[...volumes.records.values()].map(volume => tellVolume(volume, behind(volume), context)),
		...[...longhornVolumes.records.values()].filter(isAlone).map(longhorn => tellVolume(undefined, longhorn, context)),
	];
}

/** Volumes by the key of their row. */
export const volumesByKey = memoised((volumes: readonly VolumeFact[]) => new Map(volumes.map(fact => [fact.key, fact])));

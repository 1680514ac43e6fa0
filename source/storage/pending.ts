import {safeText} from '../cluster/safe-text.ts';
import type {Told} from '../reuse.ts';
import {own, type RawName, type Reading, type SafeText, type Subject, say} from '../vocabulary.ts';
import {ageTurns, isKnown, shownName, shownPath} from '../words.ts';
import type {EventRecord} from '../workloads/event.ts';
import type {PodRecord} from '../workloads/pod.ts';
import type {ClaimRecord, PersistentVolumeRecord, StorageClassRecord} from './kubernetes.ts';
import {type Verdict, verdict} from './verdict.ts';

/** A claim that has no volume: none yet, or none any more. */
export type PendingFact = Told & {
	readonly key: string;
	readonly tier: RawName;
	readonly shown: SafeText;
	readonly claim: ClaimRecord;
	/** Undefined where the class is not known, or none is named. */
	readonly storageClass: StorageClassRecord | undefined;
	/** The broken link between it and a volume to be; undefined while it only waits for a first pod, and where it lost one. */
	readonly reason: SafeText | undefined;
	readonly verdict: Verdict;
	/** What was noted down about it, and the pods that wait with it. */
	readonly warnings: readonly EventRecord[];
	readonly pods: readonly PodRecord[];
	/** Its volume is made where its pod will be, and the pod has no node. */
	readonly waitsForNode: boolean;
	readonly subject: Subject;
};

/** What a claim is looked up in. */
export type ClaimContext = {
	readonly classes: Reading<StorageClassRecord>;
	readonly volumes: Reading<PersistentVolumeRecord>;
	/** Pods that mount it, and wait for it or for something else. */
	readonly pods: readonly PodRecord[];
	/** What was noted down about it, the newest first. */
	readonly warnings: readonly EventRecord[];
};

/** A claim may wait this long for its volume before it is worth a warning, in milliseconds. */
export const patience = 2 * 60_000;

/** Why the claim named a volume and yet has none. */
function namedVolume(claim: ClaimRecord, {volumes}: ClaimContext): SafeText {
	const volume = volumes.records.get(claim.volume);
	if (volume === undefined)
		return isKnown(volumes.state) ? own('the volume it names does not exist') : own('waits for the volume it names');
	return volume.claim === '' ? own('waits to be bound') : say`${shownName(volume)} belongs to ${safeText(volume.claim)}`;
}

const handmade = 'kubernetes.io/no-provisioner';

const isLost = ({phase}: ClaimRecord) => phase === 'Lost';

/** The broken link between a claim and its volume, in words; undefined while it is only waiting for a first pod. */
function reasonOf(claim: ClaimRecord, context: ClaimContext, isUnplaced: boolean): SafeText | undefined {
	const {classes, pods} = context;
	if (isLost(claim)) return undefined;
	if (claim.volume !== '') return namedVolume(claim, context);
	if (claim.className === undefined) return own('no class named, and no default class');
	if (claim.className === '') return own('waits for a volume without a class');
	const storageClass = classes.records.get(claim.className);
	if (storageClass === undefined)
		return isKnown(classes.state) ? say`no class ${shownName({name: claim.className})}` : own('waits for its volume');
	if (isUnplaced && pods.length === 0) return undefined;
	if (storageClass.provisioner === handmade) return own('no volume of this class is free');
	return isUnplaced ? own('waits for its pod to get a node') : say`waits for ${storageClass.provisioner}`;
}

function verdictOf(claim: ClaimRecord, reason: SafeText | undefined, [newest]: readonly EventRecord[], now: number): Verdict {
	if (isLost(claim)) return verdict('bad', 'claim lost', 0, own('the claim lost its volume'));
	if (reason === undefined) return verdict('idle', 'waiting', claim.createdAt, own('waits for a first pod'));
	const isLate = now - claim.createdAt >= patience;
	return verdict(isLate ? 'warn' : 'idle', 'pending', claim.createdAt, newest?.message ?? reason);
}

/** Tells one claim without a volume at `now` (epoch ms). */
export function pendingFact(
	key: string,
	claim: ClaimRecord,
	context: ClaimContext,
	from: readonly unknown[],
	now: number,
): PendingFact {
	const {classes, pods, warnings} = context;
	const storageClass = classes.records.get(claim.className ?? '');
	const isUnplaced = claim.volume === '' && storageClass?.waitsForConsumer === true && !claim.hasConsumer;
	const reason = reasonOf(claim, context, isUnplaced);
	const deadline = claim.createdAt + patience;
	return {
		key: `claim/${key}`,
		tier: claim.className ?? ('' as RawName),
		shown: shownPath(claim),
		claim,
		storageClass,
		reason,
		pods,
		warnings,
		waitsForNode: isUnplaced && storageClass.provisioner !== handmade,
		verdict: verdictOf(claim, reason, warnings, now),
		subject: {resource: 'persistentvolumeclaims', namespace: claim.namespace, name: claim.name},
		from,
		asOf: now,
		turnsAt: Math.min(ageTurns(claim.createdAt, now), deadline > now ? deadline : Number.POSITIVE_INFINITY),
	};
}

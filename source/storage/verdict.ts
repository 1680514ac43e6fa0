import {compareHealth, type Health, own, type RawName, type SafeText, say} from '../vocabulary.ts';
import {shownName} from '../words.ts';
import type {PodRecord} from '../workloads/pod.ts';
import {type Copy, hangsOnLostNodes, rebuildWords} from './copies.ts';
import type {AttachmentRecord, ClaimRecord, PersistentVolumeRecord} from './kubernetes.ts';
import type {LonghornVolumeRecord} from './longhorn.ts';
import type {EngineRecord} from './replica.ts';
import type {NodeStanding} from './standing.ts';
import type {MountFailure} from './warnings.ts';

/** One thing that is to be said of a volume, a claim or a disk. */
export type Verdict = {
	readonly health: Health;
	/** In the field's own words: `degraded`, `no copy`. Counted over a tier. */
	readonly word: SafeText;
	/** Epoch ms, 0 when nothing tells. */
	readonly since: number;
	readonly why: SafeText;
};

/** All that is known of one volume. */
export type VolumeParts = {
	readonly volume: PersistentVolumeRecord | undefined;
	readonly longhorn: LonghornVolumeRecord | undefined;
	readonly claim: ClaimRecord | undefined;
	readonly attachments: readonly AttachmentRecord[];
	/** The standing of the node it is in use on, or pinned to. */
	readonly node: NodeStanding | undefined;
	/** Whether Longhorn's volumes can be seen, and whether somebody still keeps them up to date. */
	readonly longhornIs: 'known' | 'frozen' | 'not seen';
	/** Longhorn's copies of it, the whole ones first; undefined while they cannot be seen. */
	readonly copies: readonly Copy[] | undefined;
	readonly engine: EngineRecord | undefined;
	/** Pods that mount it and do not run as they should. */
	readonly waiting: readonly PodRecord[];
	/** A pod that cannot have it, because another node holds it still. */
	readonly heldElsewhere: MountFailure | undefined;
	/** The server it lives on, by the name it goes by; `''` where it lives on none. */
	readonly server: SafeText;
};

export const longhornDriver = 'driver.longhorn.io';
/** An attachment that takes longer than this is stuck; so is a resize after the second. Milliseconds. */
export const attachTakes = 6 * 60_000;
export const resizeTakes = 10 * 60_000;

/** Makes a verdict of our own words. */
export function verdict(health: Health, word: string, since = 0, why: SafeText = own('')): Verdict {
	return {health, word: own(word), since, why};
}

function robustness(longhorn: LonghornVolumeRecord, {copies = [], waiting}: VolumeParts): Verdict {
	const {state} = longhorn;
	const isWanted = longhorn.isWanted || waiting.length > 0;
	switch (longhorn.robustness) {
		case 'faulted':
			return verdict(state !== 'detached' || isWanted ? 'bad' : 'warn', 'faulted', 0, own('no usable copy is left'));
		case 'degraded':
			return hangsOnLostNodes(copies)
				? verdict('bad', 'degraded', longhorn.degradedAt, own('the last healthy copy is on a node that is not ready'))
				: verdict('warn', 'degraded', longhorn.degradedAt, rebuildWords(copies));
		case 'healthy':
			return verdict('ok', 'healthy');
		default:
			if (state === 'attached')
				return verdict('warn', 'robustness unknown', 0, own('attached, yet Longhorn cannot tell its copies'));
			// Without an engine nobody watches the copies: `unknown` is what a detached volume always says.
			return {health: 'idle', word: state === '' ? own('detached') : state, since: 0, why: own('')};
	}
}

function longhornVerdicts(parts: VolumeParts): readonly Verdict[] {
	const {volume, longhorn, longhornIs} = parts;
	if (longhorn === undefined) {
		if (volume?.driver !== longhornDriver || volume.phase !== 'Bound') return [];
		if (longhornIs === 'not seen') return [verdict('unknown', 'not seen', 0, own("Longhorn's volumes cannot be read"))];
		return [verdict('bad', 'missing', 0, own('Longhorn has no such volume'))];
	}
	const said = robustness(longhorn, parts);
	const {unscheduled} = longhorn;
	const fits = unscheduled && {
		...verdict('warn', 'copy not placed', unscheduled.since),
		why: unscheduled.message || unscheduled.reason,
	};
	const now = longhornIs === 'frozen' ? frozen(said) : said;
	return fits === undefined ? [now] : [now, fits];
}

/** What was bad stays so; what was fine is no longer known to be. */
function frozen(said: Verdict): Verdict {
	const why = say`longhorn-manager is not running; last said: ${said.word}`;
	return said.health === 'bad' || said.health === 'warn' ? {...said, why} : {...verdict('unknown', 'frozen'), why};
}

function phaseVerdict({volume}: VolumeParts): Verdict | undefined {
	switch (volume?.phase) {
		case 'Failed':
			return verdict('bad', 'failed', volume.since, volume.message);
		case 'Released':
			return verdict('risk', 'released', volume.since, own('its claim is gone, its data is kept'));
		case 'Available':
			return verdict('idle', 'unclaimed', volume.since);
		default:
			return undefined;
	}
}

function claimVerdict({claim, attachments}: VolumeParts, now: number): Verdict | undefined {
	if (claim?.phase === 'Lost') return verdict('bad', 'claim lost', 0, own('the claim lost its volume'));
	if (claim?.resize === undefined) return undefined;
	const {at, text} = claim.resize;
	if (claim.resizeFailed) return verdict('warn', 'resize failed', at, text);
	if (claim.resizeNeedsPod && attachments.length === 0) return verdict('idle', 'resized at next mount', at, text);
	return now - at >= resizeTakes ? verdict('warn', 'resize stuck', at, text) : verdict('idle', 'resizing', at, text);
}

function attachmentVerdict({volume, attachments}: VolumeParts, now: number): Verdict | undefined {
	const on = ({node}: AttachmentRecord) => shownName({name: node});
	for (const attachment of attachments) {
		const {attachError, detachError} = attachment;
		if (attachError) return verdict('warn', 'attach failed', attachError.at, say`to ${on(attachment)}: ${attachError.text}`);
		if (detachError) return verdict('warn', 'detach failed', detachError.at, say`from ${on(attachment)}: ${detachError.text}`);
	}
	const [first, second] = attachments;
	if (volume?.oneNodeAtATime === true && first && second) {
		const why = say`${on(first)} and ${on(second)}, yet it may be used on one node at a time`;
		return verdict('warn', 'on two nodes', Math.max(first.createdAt, second.createdAt), why);
	}
	const waiting = attachments.find(attachment => !attachment.attached);
	if (waiting === undefined) return undefined;
	const isStuck = now - waiting.createdAt >= attachTakes;
	return verdict(isStuck ? 'warn' : 'idle', isStuck ? 'attach stuck' : 'attaching', waiting.createdAt, say`to ${on(waiting)}`);
}

function nodeVerdict({volume, longhorn, node}: VolumeParts): Verdict | undefined {
	if (node?.word !== 'silent' && node?.word !== 'not ready') return undefined;
	const why = volume?.pinnedTo
		? say`it can be used on ${volume.pinnedTo} only`
		: say`attached to ${shownName({name: longhorn?.node ?? ('' as RawName)})}`;
	return verdict('warn', `node ${node.word}`, node.since, why);
}

/** What would be lost with one machine. */
function copiesVerdict({volume, longhorn}: VolumeParts): Verdict | undefined {
	if (longhorn !== undefined) {
		return longhorn.replicas === 1 ? verdict('risk', 'single copy', 0, own('one replica')) : undefined;
	}
	if (volume === undefined || volume.phase !== 'Bound') return undefined;
	if (volume.pinnedTo !== '') return verdict('risk', 'no copy', 0, say`only on ${volume.pinnedTo}`);
	if (volume.driver === 'local' || volume.driver === 'hostPath')
		return verdict('risk', 'no copy', 0, own('on the disk of one node'));
	return volume.server === '' ? undefined : verdict('risk', 'one server', 0, say`on ${volume.server}`);
}

/** Everything there is to say of a volume, worst first; at least one verdict. `now` in epoch ms. */
export function verdictsOf(parts: VolumeParts, now: number): readonly [Verdict, ...Verdict[]] {
	const said = [
		nodeVerdict(parts),
		...longhornVerdicts(parts),
		phaseVerdict(parts),
		claimVerdict(parts, now),
		attachmentVerdict(parts, now),
		copiesVerdict(parts),
	].filter(item => item !== undefined);
	const [first, ...rest] = said.sort((a, b) => compareHealth(a.health, b.health));
	return first === undefined ? [verdict('ok', 'bound')] : [first, ...rest];
}

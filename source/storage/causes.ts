import {nameOf} from '../diagnosis.ts';
import {keyOf, memoised, type RawName} from '../vocabulary.ts';
import {shownPath} from '../words.ts';
import type {DriverFact} from './drivers.ts';
import type {ClaimRecord} from './kubernetes.ts';
import type {PendingFact} from './pending.ts';
import type {VolumeFact} from './volume.ts';

/** Names of the findings that would explain trouble with a claim, by `namespace/claim`, the nearest first. */
export type ClaimCauses = ReadonlyMap<string, readonly string[]>;

/** What trouble with a claim can come from. */
type Origins = {
	readonly volumes: readonly VolumeFact[];
	readonly pending: readonly PendingFact[];
	readonly lost: readonly ClaimRecord[];
	readonly drivers: readonly DriverFact[];
};

/** Nodes without which the volume cannot be had. */
const nodesOf = ({volume, longhorn}: VolumeFact): ReadonlyArray<string> =>
	[volume?.pinnedTo ?? '', longhorn?.node ?? ''].filter(node => node !== '');

const ofVolume = memoised((fact: VolumeFact): readonly string[] => {
	const {shown, server} = fact;
	return [
		nameOf('attachment-stuck', shown),
		...(fact.longhorn === undefined ? [] : [nameOf('volume-faulted', shown)]),
		...(server === '' ? [] : [nameOf('storage-server-down', server)]),
		...nodesOf(fact).map(node => nameOf('node-not-ready', node)),
	];
});

/** A claim whose pod has no node yet is no reason for that: it is the other way round. */
const ofPending = memoised(({shown, waitsForNode}: PendingFact): readonly string[] =>
	waitsForNode ? [] : [nameOf('claim-pending', shown)],
);

/** The missing drivers that keep a volume from where it is wanted. */
function missing({volume, attachments, waiting}: VolumeFact, drivers: readonly DriverFact[]): readonly string[] {
	const places = new Set<RawName>([...attachments, ...waiting].map(({node}) => node));
	return drivers
		.filter(({driver, node}) => driver === volume?.driver && places.has(node))
		.map(({shown}) => nameOf('csi-driver-missing', shown));
}

const same = (a: readonly string[] | undefined, b: readonly string[]) =>
	a === b || (a !== undefined && a.length === b.length && a.every((name, at) => name === b[at]));

/**
 * What would explain trouble with a claim: for each `namespace/claim` the names of findings, the nearest first. Give it its
 * last answer: where nothing changed, it is the same object.
 */
export function claimCauses({volumes, pending, lost, drivers}: Origins, before: ClaimCauses | undefined): ClaimCauses {
	const causes = new Map<string, readonly string[]>();
	for (const fact of pending) causes.set(keyOf(fact.claim.namespace, fact.claim.name), ofPending(fact));
	for (const claim of lost) causes.set(keyOf(claim.namespace, claim.name), [nameOf('claim-lost', shownPath(claim))]);
	for (const fact of volumes) {
		const claim = fact.volume?.claim || fact.longhorn?.claim || '';
		if (claim === '' || causes.has(claim)) continue;
		const without = drivers.length === 0 ? [] : missing(fact, drivers);
		causes.set(claim, without.length === 0 ? ofVolume(fact) : [...without, ...ofVolume(fact)]);
	}
	const isSame = before?.size === causes.size && [...causes].every(([claim, names]) => same(before.get(claim), names));
	return isSame ? before : causes;
}

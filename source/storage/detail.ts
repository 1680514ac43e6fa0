import {type Detail, keyOf, type Reading, say} from '../vocabulary.ts';
import {age, bytes, shownName, shownPath} from '../words.ts';
import type {EventRecord} from '../workloads/event.ts';
import type {PodRecord} from '../workloads/pod.ts';
import {eventLines, evidenceLines, line, said} from './detail-lines.ts';
import {claimsByKey, type StorageFacts} from './facts.ts';
import type {PendingFact} from './pending.ts';
import {pendingSymptoms} from './symptoms/claim.ts';
import {tierDetail} from './tier-detail.ts';
import type {VolumeFact} from './volume.ts';
import {volumeDetail} from './volume-detail.ts';
import {volumesByKey} from './volumes.ts';

/** What else is told where it was read. */
export type Aside = {
	/** Warnings about anything: those about a volume, its claim and the pods that wait for it are told. */
	readonly warnings?: Reading<EventRecord> | undefined;
};

const podNames = (pods: readonly PodRecord[]) => pods.map(pod => `Pod ${keyOf(pod.namespace, pod.name)}`);

/** Whose events belong to a volume. */
const namesOf = ({volume, longhorn, waiting}: VolumeFact): readonly string[] => [
	`PersistentVolumeClaim ${volume?.claim || longhorn?.claim || ''}`,
	`PersistentVolume ${volume?.name ?? ''}`,
	`Volume ${longhorn === undefined ? '' : keyOf(longhorn.namespace, longhorn.name)}`,
	...podNames(waiting),
];

function eventsAbout(names: readonly string[], warnings: Reading<EventRecord> | undefined): readonly EventRecord[] {
	const wanted = new Set(names);
	// Events about what has no namespace are kept in `default`; what they are about has none.
	return [...(warnings?.records.values() ?? [])].filter(({kind, about}) =>
		wanted.has(`${kind} ${keyOf(about.namespace, about.name)}`),
	);
}

function claimDetail(fact: PendingFact, events: readonly EventRecord[], now: number): Detail {
	const {shown, verdict, claim, pods, storageClass} = fact;
	const lines = [
		said('state', verdict, now),
		...line('class', claim.className && shownName({name: claim.className})),
		...line('provisioner', storageClass?.provisioner),
		...line('asks for', bytes(claim.requested)),
		...line('age', age(claim.createdAt, now)),
		...pods.flatMap(pod => line('pod', say`${shownPath(pod)}: ${pod.status}`)),
	];
	return {
		title: say`claim ${shown}`,
		sections: [
			{title: 'State', lines},
			{title: 'Evidence', lines: evidenceLines(pendingSymptoms(fact))},
			{title: 'Recent events', lines: eventLines(events, now)},
		].filter(section => section.lines.length > 0),
	};
}

/** Everything known of a tier, volume or waiting claim by the key of its row; undefined when there is no such row. */
export function storageDetail(facts: StorageFacts, key: string, now: number, {warnings}: Aside = {}): Detail | undefined {
	const tier = facts.tiers.find(candidate => candidate.key === key);
	if (tier !== undefined) return tierDetail(tier, facts, now);
	const volume = volumesByKey(facts.volumes).get(key);
	if (volume !== undefined) return volumeDetail(volume, facts.volumes, eventsAbout(namesOf(volume), warnings), now);
	const fact = claimsByKey(facts.pending).get(key);
	if (fact === undefined) return undefined;
	const {claim, pods} = fact;
	const names = [`PersistentVolumeClaim ${keyOf(claim.namespace, claim.name)}`, ...podNames(pods)];
	return claimDetail(fact, warnings === undefined ? fact.warnings : eventsAbout(names, warnings), now);
}

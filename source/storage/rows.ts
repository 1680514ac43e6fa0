import {type Cell, type Column, compareHealth, memoised, own, type RawName, type Row, type SafeText, say} from '../vocabulary.ts';
import {age, bytes, join, percent, unknown} from '../words.ts';
import type {Capacity} from './disks.ts';
import type {PendingFact} from './pending.ts';
import type {TierFact} from './tier.ts';
import type {Verdict} from './verdict.ts';
import type {VolumeFact} from './volume.ts';

export const columns: readonly Column[] = [
	{id: 'tier', title: 'TIER', priority: 0, min: 8, max: 36},
	{id: 'kind', title: 'KIND', priority: 2, min: 8, max: 24},
	{id: 'volumes', title: 'VOLS', align: 'right', priority: 1},
	{id: 'health', title: 'HEALTH', priority: 0, min: 18, grow: true},
	{id: 'used', title: 'USED', align: 'right', priority: 1},
	{id: 'promised', title: 'PROMISED', align: 'right', priority: 3},
	{id: 'size', title: 'SIZE', align: 'right', priority: 4},
	{id: 'reclaim', title: 'RECLAIM', priority: 5},
];

/** A verdict with its age: `degraded 24m`. Words that hold every day have none. */
export function verdictWords({word, since, health}: Verdict, now: number): SafeText {
	return since === 0 || health === 'risk' ? word : say`${word} ${age(since, now)}`;
}

const sentence = (said: Verdict, now: number): SafeText => join([verdictWords(said, now), said.why], ': ');

/** The worst first. What all volumes of a tier share needs no number: `no copy`, but `2 degraded`. */
function healthWords({tallies, verdicts, volumes, pending}: TierFact): SafeText {
	const all = volumes.length + pending.length;
	const told = tallies
		.filter(tally => tally.health !== 'ok' && tally.health !== 'idle')
		.map(({health, word, count}) => ({health, word: count === all && health === 'risk' ? word : say`${count} ${word}`}));
	const worstFirst = [...told, ...verdicts].sort((a, b) => compareHealth(a.health, b.health));
	return join(worstFirst.map(({word}) => word)) || own(all === 0 ? 'no volumes' : 'ok');
}

const share = (part: number, of: number): number | undefined => (of > 0 ? part / of : undefined);

function usedCell(capacity: Capacity | undefined): Cell {
	const used = capacity && share(capacity.used, capacity.maximum);
	return {text: percent(used), sort: used ?? -1};
}

function promisedCell(capacity: Capacity | undefined): Cell {
	const promised = capacity && share(capacity.scheduled, capacity.schedulable);
	return {text: percent(promised), sort: promised ?? -1};
}

const sizeOf = (volumes: readonly VolumeFact[]) => volumes.reduce((sum, {size}) => sum + (size ?? 0), 0);

const tierRow = memoised((tier: TierFact): Row => {
	const {storageClass, volumes, capacity, health} = tier;
	const size = sizeOf(volumes);
	return {
		key: tier.key,
		health,
		about: tier.shown,
		cells: [
			{text: storageClass?.isDefault ? say`${tier.shown} *` : tier.shown},
			{text: tier.kind},
			{text: say`${volumes.length}`, sort: volumes.length},
			{text: healthWords(tier), health},
			usedCell(capacity),
			promisedCell(capacity),
			{text: size === 0 ? unknown : bytes(size), sort: size},
			{text: storageClass?.reclaim || unknown},
		],
		...(storageClass && {
			subject: {resource: 'storageclasses.storage.k8s.io', namespace: '' as RawName, name: storageClass.name},
		}),
	};
});

const blank: Cell = {text: own('')};

const volumeRow = memoised((fact: VolumeFact): Row => {
	const {key, health, verdicts, place, size, subject, asOf} = fact;
	return {
		key,
		health,
		subject,
		about: fact.shown,
		under: `tier/${fact.tier}`,
		cells: [
			{text: fact.shown},
			{text: place === '' ? own('') : say`on ${place}`},
			blank,
			{text: sentence(verdicts[0], asOf), health},
			blank,
			blank,
			{text: bytes(size), sort: size ?? 0},
			blank,
		],
	};
});

const pendingRow = memoised((fact: PendingFact): Row => {
	const {key, verdict, claim, subject, asOf} = fact;
	return {
		key,
		health: verdict.health,
		subject,
		about: fact.shown,
		under: `tier/${fact.tier}`,
		cells: [
			{text: fact.shown},
			{text: own('claim')},
			blank,
			{text: sentence(verdict, asOf), health: verdict.health},
			blank,
			blank,
			{text: bytes(claim.requested), sort: claim.requested ?? 0},
			blank,
		],
	};
});

const needsEyes = ({health}: {readonly health: Row['health']}) => health === 'bad' || health === 'warn';
const isWaitingForPod = ({verdict}: PendingFact) => verdict.word === 'waiting';

/** The tier, and under it what is wrong right now: so that a volume turning degraded is seen by the name of its claim. */
function rowsOfTier(tier: TierFact): readonly Row[] {
	const children = [
		...tier.volumes.filter(needsEyes).map(volumeRow),
		...tier.pending.filter(fact => !isWaitingForPod(fact)).map(pendingRow),
	];
	return [tierRow(tier), ...children.sort((a, b) => compareHealth(a.health, b.health))];
}

const worstFirst = (a: TierFact, b: TierFact) => compareHealth(a.health, b.health) || (a.shown < b.shown ? -1 : 1);
/** Worst tier first, then by name; the rows under a tier stay with it. */
export const rowsOf = memoised((tiers: readonly TierFact[]) => tiers.toSorted(worstFirst).flatMap(rowsOfTier));

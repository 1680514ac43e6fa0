import type {Told} from '../reuse.ts';
import {compareHealth, type Health, own, type RawName, type SafeText, say, worst} from '../vocabulary.ts';
import {count, join, shownName} from '../words.ts';
import {type Capacity, capacityOf, type DiskFact} from './disks.ts';
import type {DriverFact} from './drivers.ts';
import type {StorageClassRecord} from './kubernetes.ts';
import type {PendingFact} from './pending.ts';
import {isLonghorn, kindOf} from './provisioner.ts';
import type {ServerFact} from './servers.ts';
import {type Verdict, verdict} from './verdict.ts';
import type {VolumeFact} from './volume.ts';

/** How many volumes or claims of a tier say the same. */
export type Tally = {readonly word: SafeText; readonly health: Health; readonly count: number};

export type TierFact = Told & {
	readonly key: string;
	readonly shown: SafeText;
	/** Undefined for volumes without a class, or whose class is gone. */
	readonly storageClass: StorageClassRecord | undefined;
	readonly kind: SafeText;
	readonly volumes: readonly VolumeFact[];
	readonly pending: readonly PendingFact[];
	/** Undefined where nothing can be summed without counting one disk twice. */
	readonly capacity: Capacity | undefined;
	/** The drivers without which volumes of this tier cannot be mounted on some node. */
	readonly drivers: readonly DriverFact[];
	/** Worst first. */
	readonly tallies: readonly Tally[];
	/** What is said of the tier itself: its disks, its driver. */
	readonly verdicts: readonly Verdict[];
	readonly health: Health;
};

/** What a tier is made of. */
export type TierParts = {
	readonly name: RawName;
	readonly storageClass: StorageClassRecord | undefined;
	readonly volumes: readonly VolumeFact[];
	readonly pending: readonly PendingFact[];
	readonly disks: readonly DiskFact[];
	readonly drivers: readonly DriverFact[];
	/** The servers its volumes live on. */
	readonly servers: readonly ServerFact[];
};

function talliesOf(verdicts: readonly Verdict[]): readonly Tally[] {
	const counts = new Map<string, Tally>();
	for (const {word, health} of verdicts) {
		const key = `${health} ${word}`;
		counts.set(key, {word, health, count: (counts.get(key)?.count ?? 0) + 1});
	}
	return [...counts.values()].sort((a, b) => compareHealth(a.health, b.health));
}

/** The worst disk speaks for all; a single one of several is named. */
function diskVerdicts(capacity: Capacity | undefined): readonly Verdict[] {
	const troubled = (capacity?.disks ?? []).filter(disk => disk.verdict.health !== 'ok');
	const [first, ...others] = troubled.toSorted((a, b) => compareHealth(a.verdict.health, b.verdict.health));
	if (first === undefined) return [];
	const why = others.length === 0 ? first.shown : say`${first.shown} and ${others.length} more`;
	return [{...first.verdict, why: join([why, first.verdict.why], ': ')}];
}

function driverVerdicts(drivers: readonly DriverFact[]): readonly Verdict[] {
	const nodes = drivers.map(({node}) => shownName({name: node}));
	const [only, another] = nodes;
	if (only === undefined) return [];
	const where = another === undefined ? only : count(nodes.length, 'node');
	const health = drivers.some(({failures}) => failures.length > 0) ? 'bad' : 'warn';
	return [{health, word: say`no driver on ${where}`, since: 0, why: join(nodes)}];
}

function serverVerdicts(servers: readonly ServerFact[]): readonly Verdict[] {
	return servers
		.filter(({is}) => is !== 'not accused')
		.map(({is, shown}) => verdict(is === 'down' ? 'bad' : 'warn', is === 'down' ? 'server down' : 'server suspected', 0, shown));
}

/** Tells one tier; its volumes and claims are told already. */
export function tierFact(parts: TierParts, from: readonly unknown[], now: number): TierFact {
	const {name, storageClass, volumes, pending, drivers} = parts;
	const records = volumes.map(({volume}) => volume).filter(volume => volume !== undefined);
	const capacity = isLonghorn(storageClass) ? capacityOf(storageClass, parts.disks) : undefined;
	const tallies = talliesOf([...volumes.map(({verdicts}) => verdicts[0]), ...pending.map(fact => fact.verdict)]);
	const verdicts = [...serverVerdicts(parts.servers), ...diskVerdicts(capacity), ...driverVerdicts(drivers)];
	return {
		key: `tier/${name}`,
		shown: name === '' ? own('no class') : shownName({name}),
		storageClass,
		kind: kindOf(storageClass, records),
		volumes,
		pending,
		capacity,
		drivers,
		tallies,
		verdicts,
		health: worst([...tallies, ...verdicts, {health: 'ok' as const}].map(({health}) => health)),
		from,
		asOf: now,
		turnsAt: Number.POSITIVE_INFINITY,
	};
}

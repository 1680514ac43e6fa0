import type {Kind} from '../cluster/kind.ts';
import {entries, flag, instant, name, number, text} from '../cluster/raw.ts';
import {own, type RawName, type SafeText, type StoredRecord} from '../vocabulary.ts';

/** One copy of a Longhorn volume, as its own object tells it. */
export type ReplicaRecord = StoredRecord & {
	/** The Longhorn volume it is a copy of. */
	readonly volume: RawName;
	/** Where it lies; both empty while it fits nowhere. */
	readonly node: RawName;
	readonly diskPath: SafeText;
	/** Epoch ms, 0 while it has not failed, and while it was never complete. */
	readonly failedAt: number;
	readonly healthyAt: number;
};

/** What serves a Longhorn volume while it is attached, and knows which copies it reads and writes. */
export type EngineRecord = StoredRecord & {
	readonly volume: RawName;
	/** By the name of the replica: `RW`, `WO` while it is rebuilt, `ERR`. Empty while the volume is detached. */
	readonly modes: ReadonlyMap<string, SafeText>;
	/** How far each rebuild is that runs, in whole percent; and what stopped the last one. */
	readonly rebuilds: readonly number[];
	readonly rebuildError: SafeText;
	readonly expansionError: SafeText;
};

const served = {group: 'longhorn.io', versions: ['v1beta2'], namespaced: true} as const;

export const replicaKind: Kind<ReplicaRecord> = {
	...served,
	id: 'longhorn/replicas',
	plural: 'replicas',
	kind: 'Replica',
	project: ({spec}, identity) => ({
		...identity,
		volume: name(spec?.volumeName),
		node: name(spec?.nodeID),
		diskPath: text(spec?.diskPath, 256),
		failedAt: instant(spec?.failedAt),
		healthyAt: instant(spec?.healthyAt),
	}),
};

export const engineKind: Kind<EngineRecord> = {
	...served,
	id: 'longhorn/engines',
	plural: 'engines',
	kind: 'Engine',
	project: ({spec, status}, identity) => {
		const rebuilds = entries(status?.rebuildStatus).map(([, rebuild]) => rebuild);
		return {
			...identity,
			volume: name(spec?.volumeName),
			modes: new Map(entries(status?.replicaModeMap).map(([replica, mode]) => [replica, text(mode, 8)])),
			rebuilds: rebuilds.filter(({isRebuilding}) => flag(isRebuilding)).map(({progress}) => number(progress) ?? 0),
			rebuildError: rebuilds.map(({error}) => text(error, 256)).find(error => error !== '') ?? own(''),
			expansionError: text(status?.lastExpansionError, 256),
		};
	},
};

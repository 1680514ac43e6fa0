import {type DrainOptions, usualDrain} from '../../source/actions/request.ts';
import {createRandom} from '../../source/demo/random.ts';

/** Pods of one kind, on the node that is drained (`here`) and beside it. */
export type Load = {
	readonly name: string;
	readonly kind: 'Deployment' | 'StatefulSet' | 'ReplicaSet' | 'Job' | 'bare' | 'DaemonSet' | 'mirror';
	readonly here: number;
	/** Added while the node takes in none. */
	readonly elsewhere: number;
	readonly emptyDir: boolean;
	/** What one of those here is made to be. */
	readonly made: 'ready' | 'unready' | 'pending' | 'Succeeded' | 'Failed';
	readonly memory: string;
	readonly cpu: string;
	/** What it asks of its node. */
	readonly asks: 'anything' | 'ssd' | 'arm64' | 'zone a' | 'pinned volume';
	readonly tolerates: 'nothing' | 'the database taint' | 'everything';
	readonly keeps: 'no distance' | 'apart' | 'spread';
	readonly backoffLimit: number;
	/** Shared by loads that stand under one budget. */
	readonly tier: string;
};

export type Budget = {
	readonly name: string;
	/** A load's name, or a tier. */
	readonly over: {readonly app: string} | {readonly tier: string};
	readonly spec: {readonly minAvailable: number | string} | {readonly maxUnavailable: number | string};
	readonly alwaysAllow: boolean;
};

/** Another node than the one that is drained. */
export type Other = {
	readonly arch: 'amd64' | 'arm64';
	readonly ssd: boolean;
	readonly zone: 'a' | 'b';
	readonly tainted: boolean;
	readonly cordoned: boolean;
	readonly memory: string;
};

/** A small cluster, and how one of its nodes is drained. */
export type Case = {
	readonly seed: number;
	readonly others: readonly Other[];
	readonly loads: readonly Load[];
	readonly budgets: readonly Budget[];
	readonly options: DrainOptions;
};

/** The cluster of a seed: always the same. */
export function caseOf(seed: number): Case {
	const random = createRandom(seed);
	const chance = (of: number): boolean => random() < of;
	const pick = <T>(first: T, ...more: readonly T[]): T => [first, ...more][Math.floor(random() * (more.length + 1))] ?? first;
	const upTo = (most: number): number => Math.floor(random() * (most + 1));

	const others = Array.from(
		{length: 1 + upTo(2)},
		(): Other => ({
			arch: chance(0.25) ? 'arm64' : 'amd64',
			ssd: chance(0.4),
			zone: chance(0.5) ? 'a' : 'b',
			tainted: chance(0.2),
			cordoned: chance(0.15),
			memory: pick('8Gi', '16Gi'),
		}),
	);

	const load = (at: number): Load => {
		const kind = pick(
			'Deployment',
			'Deployment',
			'Deployment',
			'StatefulSet',
			'StatefulSet',
			'ReplicaSet',
			'Job',
			'bare',
			'DaemonSet',
			'mirror',
		);
		const isMany = kind === 'Deployment' || kind === 'StatefulSet' || kind === 'ReplicaSet';
		const keeps = isMany && chance(0.2) ? pick('apart', 'spread') : 'no distance';
		const asks =
			kind === 'DaemonSet' || kind === 'mirror'
				? 'anything'
				: pick('anything', 'anything', 'anything', 'ssd', 'arm64', 'zone a', 'pinned volume');
		const isLarge = asks !== 'pinned volume' && isMany && chance(0.15);
		return {
			name: `${kind.toLowerCase()}-${at}`,
			kind,
			here: isMany && keeps === 'no distance' && !isLarge ? 1 + upTo(2) : 1,
			elsewhere: isMany && !isLarge && asks !== 'pinned volume' && chance(0.5) ? 1 + upTo(1) : 0,
			emptyDir: kind !== 'mirror' && chance(0.2),
			made: madeOf(kind, chance, pick),
			memory: isLarge ? '12Gi' : '64Mi',
			cpu: chance(0.05) ? '7' : '50m',
			asks,
			tolerates: pick('nothing', 'nothing', 'nothing', 'the database taint', 'everything'),
			keeps,
			backoffLimit: chance(0.3) ? 0 : 6,
			tier: pick('front', 'back', 'none'),
		};
	};
	const loads = Array.from({length: 2 + upTo(3)}, (_, at) => load(at));

	const budget = (at: number): Budget => {
		const over = chance(0.75) ? {app: loads[Math.floor(random() * loads.length)]?.name ?? ''} : {tier: pick('front', 'back')};
		const spec = chance(0.6)
			? {minAvailable: pick<number | string>(1, 1, 2, '50%', 3)}
			: {maxUnavailable: pick<number | string>(1, 0, '34%', 2)};
		return {name: `budget-${at}`, over, spec, alwaysAllow: chance(0.3)};
	};
	const budgets = Array.from({length: upTo(3)}, (_, at) => budget(at));

	const isForced = chance(0.7);
	return {
		seed,
		others,
		loads,
		budgets,
		options: {
			...usualDrain,
			force: isForced,
			deleteEmptyDirData: isForced || chance(0.3),
			ignoreDaemonSets: chance(0.9),
			disableEviction: chance(0.05),
		},
	};
}

function madeOf(
	kind: Load['kind'],
	chance: (of: number) => boolean,
	pick: <T>(first: T, ...more: readonly T[]) => T,
): Load['made'] {
	if (kind === 'mirror' || kind === 'DaemonSet') return 'ready';
	if (kind === 'bare') return pick('ready', 'ready', 'Succeeded', 'Failed', 'unready', 'pending');
	return chance(0.3) ? pick('unready', 'pending') : 'ready';
}

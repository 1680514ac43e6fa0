import {own, type RawName, type SafeText, say} from '../vocabulary.ts';
import {count, join, shownName} from '../words.ts';
import type {EngineRecord, ReplicaRecord} from './replica.ts';
import type {NodeStanding} from './standing.ts';

/**
 * One copy of a Longhorn volume. `RW` is whole and in use, `WO` is being rebuilt, `ERR` was given up on by the engine;
 * `failed` is out of use since `failedAt`; `stopped` is whole as far as is known, while nothing serves the volume; `empty`
 * was never whole.
 */
export type Copy = {
	readonly replica: ReplicaRecord;
	readonly is: 'RW' | 'WO' | 'ERR' | 'failed' | 'stopped' | 'empty';
	/** How far its rebuild is, in whole percent; undefined where none runs, or it cannot be told which. */
	readonly progress: number | undefined;
	/** How its node does; undefined while that is not known. */
	readonly nodeIs: NodeStanding['word'] | undefined;
};

/** The engine of a volume; while it migrates there are two, and the one that serves it counts. */
export const engineOf = (engines: readonly EngineRecord[]): EngineRecord | undefined =>
	engines.toSorted((a, b) => b.modes.size - a.modes.size)[0];

const modes = ['RW', 'WO', 'ERR'] as const;

function conditionOf({name, failedAt, healthyAt}: ReplicaRecord, engine: EngineRecord | undefined): Copy['is'] {
	if (failedAt > 0) return 'failed';
	const mode = modes.find(known => known === engine?.modes.get(name));
	if (mode !== undefined) return mode;
	return healthyAt > 0 ? 'stopped' : 'empty';
}

const order: ReadonlyArray<Copy['is']> = ['RW', 'stopped', 'WO', 'empty', 'ERR', 'failed'];

/** The copies of a volume, the whole ones first. */
export function copiesOf(
	replicas: readonly ReplicaRecord[],
	engine: EngineRecord | undefined,
	nodes: ReadonlyMap<string, NodeStanding>,
): readonly Copy[] {
	const copies = replicas.map((replica): Copy => {
		const nodeIs = nodes.get(replica.node)?.word;
		return {replica, is: conditionOf(replica, engine), progress: undefined, nodeIs};
	});
	const rebuilt = copies.filter(({is}) => is === 'WO');
	const [progress, another] = engine?.rebuilds ?? [];
	const [only] = rebuilt.length === 1 && another === undefined ? rebuilt : [];
	return copies
		.map(copy => (copy === only ? {...copy, progress} : copy))
		.sort((a, b) => order.indexOf(a.is) - order.indexOf(b.is) || (a.replica.node < b.replica.node ? -1 : 1));
}

const isLost = ({nodeIs}: Copy) => nodeIs === 'silent' || nodeIs === 'not ready';

/** The copies that could serve the volume on their own. */
export const wholeCopies = (copies: readonly Copy[]): readonly Copy[] => copies.filter(({is}) => is === 'RW' || is === 'stopped');

/** True where every whole copy there is lies on a node that does not answer. */
export function hangsOnLostNodes(copies: readonly Copy[]): boolean {
	const whole = wholeCopies(copies);
	return whole.length > 0 && whole.every(isLost);
}

/** The nodes with a copy that do not answer, each once. */
export const lostNodes = (copies: readonly Copy[]): readonly RawName[] => [
	...new Set(copies.filter(isLost).map(({replica}) => replica.node)),
];

const words = {
	RW: 'RW',
	WO: 'WO, being rebuilt',
	ERR: 'ERR, given up on',
	failed: 'failed',
	stopped: 'stopped',
	empty: 'not filled yet',
} as const;

/** One copy in words: `on nuc-3: being rebuilt, 80%`. */
export function copyWords({replica, is, progress, nodeIs}: Copy): SafeText {
	const where = replica.node === '' ? own('not placed') : say`on ${shownName({name: replica.node})} ${replica.diskPath}`;
	const node = nodeIs === 'silent' || nodeIs === 'not ready' ? own(`node ${nodeIs}`) : undefined;
	const done = progress === undefined ? undefined : own(`${progress}%`);
	return say`${own(where.trim())}: ${join([own(words[is]), done, node])}`;
}

/** What is being rebuilt, in a few words; undefined where nothing is. */
export function rebuildWords(copies: readonly Copy[]): SafeText | undefined {
	const rebuilt = copies.filter(({is}) => is === 'WO');
	const [first] = rebuilt;
	if (first === undefined) return undefined;
	if (rebuilt.length > 1) return say`${count(rebuilt.length, 'rebuild')} run`;
	const on = shownName({name: first.replica.node});
	return first.progress === undefined ? say`rebuild on ${on}` : say`rebuild on ${on} at ${first.progress}%`;
}

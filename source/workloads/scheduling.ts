import {safeText} from '../cluster/safe-text.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {bytes} from '../words.ts';
import type {PodRecord} from './pod.ts';
import type {Room} from './room.ts';

/** Why the scheduler passes over so many nodes; 0 where it did not even look at them. */
export type Obstacle = {readonly nodes: number; readonly why: SafeText};

/**
 * Reads `0/8 nodes are available: 2 Insufficient memory, 6 node(s) were unschedulable. preemption: …`
 * (kubernetes v1.36.3, pkg/scheduler/framework/types.go, FitError): what concerns most nodes first.
 */
export function obstaclesOf(message: string): readonly Obstacle[] {
	const [said = ''] = message.replace(/^0\/\d+ nodes are available: /, '').split(/\.(?: |$)/);
	const parts = said.split(/, (?=\d+ )/).flatMap(part => {
		const [, nodes = '0', why = ''] = /^(?:(\d+) )?(.+)$/.exec(part) ?? [];
		return why === '' ? [] : [{nodes: Number(nodes), why: safeText(why.replace(/^node\(s\) /, ''), 100)}];
	});
	return parts.toSorted((a, b) => b.nodes - a.nodes);
}

const cores = (milli: number): SafeText => own(String(Math.round(milli / 10) / 100));

function compared(what: string, needed: number, free: number | undefined, words: (of: number) => SafeText): SafeText {
	const needs = say`needs ${words(needed)}${own(what)}`;
	if (free === undefined) return say`${needs}, no node has that free`;
	// The emptiest node may be one it must not run on.
	if (free >= needed) return say`${needs}, no node it may run on has that free`;
	return say`${needs}, best node has ${words(Math.max(0, free))} free`;
}

/** What the first of these says decides: a volume comes before a node, and what a node lacks before how it is marked. */
const rules: ReadonlyArray<readonly [RegExp, (pod: PodRecord, room: Room | undefined) => SafeText]> = [
	[/unbound immediate|persistentvolumeclaim .* not found|non-existent pv/, () => own('its claim has no volume')],
	[/^Insufficient nvidia\.com\//, ({gpus}) => say`needs ${gpus} GPU${own(gpus === 1 ? '' : 's')}, none is free`],
	[/^Insufficient memory/, (pod, room) => compared('', pod.memory, room?.memory, bytes)],
	[/^Insufficient cpu/, (pod, room) => compared(' cpu', pod.milliCpu, room?.milliCpu, cores)],
	[/PersistentVolume's node affinity|volume node affinity/, () => own('its volume is on a node that takes no pods')],
];

/** Why no node takes a pod, with the numbers: `needs 4Gi, best node has 1.2Gi free`. */
export function pendingWords(pod: PodRecord, room: Room | undefined): SafeText {
	const obstacles = obstaclesOf(pod.trouble?.message ?? '');
	for (const [said, words] of rules) if (obstacles.some(({why}) => said.test(why))) return words(pod, room);
	const [first] = obstacles;
	return first === undefined ? own('no node takes it') : say`no node takes it: ${obstacleWords(first)}`;
}

/** `6 nodes: had taints that the pod didn't tolerate`. */
export function obstacleWords({nodes, why}: Obstacle): SafeText {
	return nodes === 0 ? why : say`${nodes} ${own(nodes === 1 ? 'node' : 'nodes')}: ${why}`;
}

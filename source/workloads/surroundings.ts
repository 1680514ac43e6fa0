import {safeText} from '../cluster/safe-text.ts';
import {nameOf} from '../diagnosis.ts';
import type {Standing} from '../nodes/liveness.ts';
import type {EventRecord} from './event.ts';
import type {Outline} from './outline.ts';
import type {Room} from './room.ts';

/** What lies around pods that do not run, as far as it may explain them. */
export type Surroundings = {
	/** Names of findings about their nodes and claims, the nearest first. */
	readonly causes: readonly string[];
	/** The nodes that are lost now, and since when, epoch ms. */
	readonly lost: ReadonlyArray<{readonly name: string; readonly since: number}>;
	/** Nodes that have GPUs, or had them. */
	readonly gpuNodes: readonly string[];
	/** The most room any node has, where a pod waits for room; undefined where that cannot be seen. */
	readonly room: Room | undefined;
	/** What was noted of the first of these pods, by their names. */
	readonly events: ReadonlyMap<string, readonly EventRecord[]>;
};

/** What explains pods by where they are and what they are: their claims and nodes that are not well, what stands on them. */
export function causesAround(
	outlines: readonly Outline[],
	standing: ReadonlyMap<string, Standing>,
	claimCauses: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
	const causes = new Set<string>();
	const add = (names: readonly string[]) => {
		for (const name of names) causes.add(name);
	};
	for (const {claims} of outlines) for (const claim of claims) add(claimCauses.get(claim) ?? []);
	for (const {nodes} of outlines) {
		add(nodes.filter(node => isLost(standing.get(node))).map(node => nameOf('node-not-ready', safeText(node, 253))));
	}
	for (const {missed} of outlines) add(missed);
	return [...causes];
}

/** Whether nothing that is to happen on a node will. */
export function isLost(standing: Standing | undefined): boolean {
	return standing?.word === 'silent' || standing?.word === 'not ready';
}

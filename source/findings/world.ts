import type {Cluster} from '../cluster/cluster.ts';
import type {Moment} from '../diagnosis.ts';
import {type Marks, noMarks} from '../marks.ts';
import {defaults, type Settings} from '../settings.ts';
import {diagnose} from './diagnose.ts';
import {type Facts, type Given, noBaseline, tellFacts} from './facts.ts';
import {type IncidentsFacts, incidentsFacts} from './incidents.ts';
import {judge, type Ledger} from './judge.ts';
import {countPods, type PodCounts} from './pods.ts';
import {seenMoments} from './seen.ts';
import type {MeanRecovery} from './targets.ts';

/** What is known of a cluster, and what is wrong with it. */
export type World = Facts & {
	readonly ledger: Ledger;
	readonly incidents: IncidentsFacts;
	/** What was seen to begin and end, oldest first. */
	readonly seen: readonly Moment[];
	/** Places elsewhere that show more: templates by name. */
	readonly links: Settings['links'];
	/** How fast recoveries were, as far as they were written down. */
	readonly recoveries: readonly MeanRecovery[];
};

/** What is known beforehand: what its user declared, and what an earlier run saw. */
export type Background = Given & {
	/** When symptoms were first seen by an earlier run, by the finding's name; epoch ms. */
	readonly remembered: ReadonlyMap<string, number>;
	/** What its user acknowledged or accepted, by the finding's name; asked again with every change. */
	readonly marks: () => Marks;
	/** How fast recoveries were; asked again with every change. */
	readonly recoveries?: () => readonly MeanRecovery[];
};

const none: readonly MeanRecovery[] = [];

export const noBackground: Background = {settings: defaults, baseline: noBaseline, remembered: new Map(), marks: () => noMarks};

/** The facts, what is wrong by them, and how that is told. */
function tell(cluster: Cluster, pods: PodCounts, background: Background, previous: World | undefined): World {
	const {settings, remembered, marks, recoveries = () => none} = background;
	const facts = tellFacts(cluster, pods, background, previous);
	const now = cluster.now();
	const ledger = judge({diagnoses: diagnose(facts, settings), now, remembered}, previous?.ledger);
	const incidents = incidentsFacts(ledger, marks(), now, previous?.incidents);
	const seen = seenMoments(previous?.seen ?? [], previous?.ledger, ledger, now);
	return {...facts, ledger, incidents, seen, links: settings.links, recoveries: recoveries()};
}

/** The world as it is known now, and word of every change to it. */
export type LiveWorld = {
	readonly current: () => World;
	/** Told when any fact has changed. Returns the way to stop. */
	readonly subscribe: (listener: () => void) => () => void;
	/** Something that no reading tells has changed: a mark was set. */
	readonly renew: () => void;
	readonly cluster: Cluster;
	readonly close: () => void;
};

/** When something of it changes by time alone, epoch ms. */
function changesAt(world: World): number {
	const {seen: _, links: __, recoveries: ___, ...parts} = world;
	return Math.min(...Object.values(parts).map(part => part.changesAt));
}

/** The longest a timer of Node's may wait, in milliseconds. */
const longest = 2 ** 31 - 1;

/** Keeps the facts of a cluster true: works them out when a reading changed, and when one of them changes by time alone. */
export function openWorld(cluster: Cluster, background: Background = noBackground): LiveWorld {
	const pods = countPods(cluster);
	const listeners = new Set<() => void>();
	let world = tell(cluster, pods, background, undefined);
	let timer: NodeJS.Timeout | undefined;

	const arm = () => {
		clearTimeout(timer);
		const wait = changesAt(world) - cluster.now();
		if (wait < longest) timer = setTimeout(renew, Math.max(1, wait));
	};
	const renew = () => {
		const next = tell(cluster, pods, background, world);
		const changed = (Object.keys(next) as ReadonlyArray<keyof World>).some(part => next[part] !== world[part]);
		if (changed) world = next;
		arm();
		if (changed) for (const listener of listeners) listener();
	};
	const unlisten = cluster.onChange(renew);
	arm();
	return {
		cluster,
		current: () => world,
		subscribe: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		renew,
		close: () => {
			unlisten();
			clearTimeout(timer);
		},
	};
}

import {stillTrue, type Told} from '../reuse.ts';
import type {Health, RawName, SafeText, Subject} from '../vocabulary.ts';
import {ageTurns} from '../words.ts';
import {nodeFindings, subjectOfPod} from './blame.ts';
import type {Presence} from './presence.ts';

/** Something that runs in pods and that others need. */
export type ComponentFact = Told & {
	readonly key: string;
	/** As findings name it: `coredns`, `cilium on nuc-2`, `velero`. */
	readonly about: SafeText;
	/** The node whose own it is, where each has one. */
	readonly node: RawName | undefined;
	readonly presence: Presence;
	readonly health: Health;
	/** Names of the findings that would explain what is missing. */
	readonly causes: readonly string[];
	/** What made its pods; undefined where there are none. */
	readonly subject: Subject | undefined;
	/** Those of the nodes that lack theirs, for what each node has its own of. */
	readonly nodes: readonly ComponentFact[] | undefined;
	/** What it keeps true, where that is known: how many, and what one of them is called. */
	readonly keeps: {readonly many: number; readonly one: string} | undefined;
};

export type ComponentParts = Pick<ComponentFact, 'key' | 'about' | 'presence' | 'nodes' | 'keeps' | 'node'> & {
	/** How bad it is when none of its pods are ready, and when some are not. */
	readonly none: Health;
	readonly some: Health;
	/** The name of the finding that explains it before all others. */
	readonly under?: string;
	readonly lost: ReadonlySet<string>;
};

/** Tells one component, with its age counted to `now` (epoch ms); the fact from before where it says the same. */
export function componentFact(parts: ComponentParts, before: ComponentFact | undefined, now: number): ComponentFact {
	const {key, about, node, presence, nodes, keeps, lost} = parts;
	const {ready, wanted, missing, since} = presence;
	const causes = [...(parts.under === undefined ? [] : [parts.under]), ...nodeFindings(missing, lost)];
	const from = [ready, wanted, since, keeps?.many, causes.join(), ...missing, ...(nodes ?? [])];
	const still = stillTrue(before, from, now);
	if (still !== undefined) return still;
	const health = ready === 0 ? parts.none : ready < wanted ? parts.some : 'ok';
	const [pod] = missing;
	return {
		key,
		about,
		node,
		presence,
		health,
		causes,
		subject: pod && subjectOfPod(pod),
		nodes,
		keeps,
		from,
		asOf: now,
		turnsAt: health === 'ok' ? Number.POSITIVE_INFINITY : ageTurns(since, now),
	};
}

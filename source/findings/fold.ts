import type {Felt, FindingId, Severity} from '../diagnosis.ts';
import {memoised, own, type SafeText} from '../vocabulary.ts';
import {count} from '../words.ts';
import {catalogue} from './catalogue.ts';
import {compareFindings, type Finding} from './finding.ts';
import type {Ledger} from './judge.ts';

/** A finding that pages, with its consequences folded under it. */
export type Incident = {
	readonly root: Finding;
	/** `unknown` where nothing of it can be judged any more. */
	readonly is: 'raised' | 'unknown';
	/** The worst of its own and of what follows from it, as far as that can be judged. */
	readonly severity: Severity;
	/** Everything that follows from it, worst first. */
	readonly under: readonly Finding[];
	/** What people miss because of it, by name. */
	readonly apps: readonly SafeText[];
};

/** What is wrong by class, told in the order of weight. The same ledger gives the same object. */
export type Folded = {
	readonly incidents: readonly Incident[];
	readonly cleared: readonly Finding[];
	readonly risks: readonly Finding[];
	readonly notes: readonly Finding[];
	/** Names of findings → the name of the incident they stand under, themselves for roots. */
	readonly roots: ReadonlyMap<string, string>;
};

/** What explains a finding, the nearest that is raised before one that is unknown. */
function causeOf({name: its, symptom}: Finding, standing: ReadonlyMap<string, Finding>): Finding | undefined {
	const causes = symptom.causes
		.map(name => standing.get(name))
		.filter(each => each !== undefined)
		.filter(({name}) => name !== its);
	return causes.find(({is}) => is === 'raised') ?? causes[0];
}

/** The finding that explains this one last of all, itself where nothing does; of a circle the one that is told first. */
function rootOf(finding: Finding, standing: ReadonlyMap<string, Finding>): Finding {
	const way = [finding];
	let root = finding;
	for (;;) {
		const cause = causeOf(root, standing);
		if (cause === undefined) return root;
		const circle = way.includes(cause) ? way.slice(way.indexOf(cause)).sort(compareFindings) : [];
		if (circle[0] !== undefined) return circle[0];
		way.push(cause);
		root = cause;
	}
}

function appsOf(findings: readonly Finding[], felt: readonly Felt[]): readonly SafeText[] {
	const names = new Set(findings.map(({name}) => name));
	const missed = felt.filter(({causes}) => causes.some(cause => names.has(cause))).map(({app}) => app);
	return [...new Set([...findings.flatMap(({symptom}) => symptom.apps ?? []), ...missed])].sort();
}

/** What of an incident can be judged, and how bad that is. */
function weightOf(all: readonly [Finding, ...Finding[]]): Pick<Incident, 'is' | 'severity'> {
	const raised = all.filter(({is}) => is === 'raised');
	const judged = raised.length === 0 ? all.slice(0, 1) : raised;
	return {
		is: raised.length === 0 ? 'unknown' : 'raised',
		severity: judged.some(({severity}) => severity === 'critical') ? 'critical' : 'warning',
	};
}

function incidentOf(root: Finding, under: readonly Finding[], felt: readonly Felt[]): Incident {
	return {root, ...weightOf([root, ...under]), under: under.toSorted(compareFindings), apps: appsOf([root, ...under], felt)};
}

/** An incident without some of what follows from it; undefined where it is its root that is left out. */
export function without(incident: Incident, isLeftOut: (finding: Finding) => boolean): Incident | undefined {
	const {root, under} = incident;
	if (isLeftOut(root)) return undefined;
	const left = under.filter(finding => !isLeftOut(finding));
	return left.length === under.length ? incident : {...incident, ...weightOf([root, ...left]), under: left};
}

/** Takes consequences under their causes. */
export const fold: (ledger: Ledger) => Folded = memoised(({findings, felt}: Ledger): Folded => {
	const standing = findings.filter(({is}) => is !== 'cleared');
	const paging = standing.filter(finding => finding.class === 'incident');
	const byName = new Map(paging.map(finding => [finding.name, finding]));
	const roots = new Map(paging.map(finding => [finding.name, rootOf(finding, byName).name]));
	const families = Map.groupBy(paging, ({name}) => roots.get(name) ?? name);
	const incidents = [...families].map(([name, family]) => {
		const root = byName.get(name) ?? family[0];
		return (
			root &&
			incidentOf(
				root,
				family.filter(finding => finding !== root),
				felt,
			)
		);
	});
	const order = (a: Incident, b: Incident) =>
		compareFindings({...a.root, severity: a.severity}, {...b.root, severity: b.severity});
	return {
		incidents: incidents.filter(incident => incident !== undefined).sort(order),
		cleared: findings.filter(({is}) => is === 'cleared'),
		risks: standing.filter(finding => finding.class === 'risk'),
		notes: standing.filter(finding => finding.class === 'note'),
		roots,
	};
});

/** What people care for first; what is not among these is told after them. */
const first: readonly FindingId[] = [
	'volume-faulted',
	'claim-lost',
	'volume-degraded',
	'critical-workload-down',
	'pods-unschedulable',
	'pods-failing',
	'workload-short',
	'session-down',
	'session-silent',
	'address-not-advertised',
	'address-pending',
];

/** The works behind what people care for: told where nothing else follows. */
const works: ReadonlySet<FindingId> = new Set<FindingId>([
	'core-service-down',
	'etcd-quorum-at-risk',
	'etcd-not-voter',
	'node-lease-late',
	'disk-unschedulable',
	'attachment-stuck',
]);

const rankOf = ({symptom: {id}}: Finding): number => (first.includes(id) ? first.indexOf(id) : first.length);

/** What follows from an incident, counted by kind, what people care for first: `2 volumes degraded`, `6 pods pending`. */
export function consequences({under}: Incident): readonly SafeText[] {
	const outer = under.filter(({symptom}) => !works.has(symptom.id));
	const told = (outer.length === 0 ? under : outer).toSorted((a, b) => rankOf(a) - rankOf(b));
	const counts = new Map<string, {of: number; many: string}>();
	for (const {symptom} of told) {
		const {one, many} = catalogue[symptom.id];
		const words = symptom.counted ?? [one, many];
		const known = counts.get(words[0]);
		counts.set(words[0], {of: (known?.of ?? 0) + (symptom.many ?? 1), many: words[1]});
	}
	return [...counts].map(([one, {of, many}]) => (one === many ? own(one) : count(of, one, many)));
}

import type {Felt, Severity} from '../diagnosis.ts';
import {memoised, own, type SafeText} from '../vocabulary.ts';
import {count} from '../words.ts';
import {catalogue} from './catalogue.ts';
import {compareFindings, type Finding} from './finding.ts';
import type {Ledger} from './judge.ts';

/** A finding that pages, with its consequences folded under it. */
export type Incident = {
	readonly root: Finding;
	/** The worst of its own and of what follows from it. */
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

/** The name of the finding that explains this one last of all; its own where nothing does. */
function rootOf(finding: Finding, standing: ReadonlyMap<string, Finding>): Finding {
	const seen = new Set<string>([finding.name]);
	let root = finding;
	for (;;) {
		const cause = root.symptom.causes.map(name => standing.get(name)).find(each => each !== undefined && !seen.has(each.name));
		if (cause === undefined) return root;
		seen.add(cause.name);
		root = cause;
	}
}

function appsOf(findings: readonly Finding[], felt: readonly Felt[]): readonly SafeText[] {
	const names = new Set(findings.map(({name}) => name));
	const missed = felt.filter(({causes}) => causes.some(cause => names.has(cause))).map(({app}) => app);
	return [...new Set([...findings.flatMap(({symptom}) => symptom.apps ?? []), ...missed])].sort();
}

function incidentOf(root: Finding, under: readonly Finding[], felt: readonly Felt[]): Incident {
	const all = [root, ...under];
	return {
		root,
		severity: all.some(({severity, is}) => severity === 'critical' && is === 'raised') ? 'critical' : root.severity,
		under: under.toSorted(compareFindings),
		apps: appsOf(all, felt),
	};
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

/** What follows from an incident, counted by kind: `2 volumes degraded`, `6 pods pending`. */
export function consequences({under}: Incident): readonly SafeText[] {
	const counts = new Map<string, {of: number; many: string}>();
	for (const {symptom} of under) {
		const {one, many} = catalogue[symptom.id];
		const words = symptom.counted ?? [one, many];
		const known = counts.get(words[0]);
		counts.set(words[0], {of: (known?.of ?? 0) + (symptom.many ?? 1), many: words[1]});
	}
	return [...counts].map(([one, {of, many}]) => (one === many ? own(one) : count(of, one, many)));
}

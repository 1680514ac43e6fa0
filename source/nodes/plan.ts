import type {Kind} from '../cluster/kind.ts';
import {items, name, text} from '../cluster/raw.ts';
import {memoised, type RawName, type Reading, type SafeText, type StoredRecord} from '../vocabulary.ts';
import {isKnown} from '../words.ts';

/** An upgrade the system-upgrade-controller carries out, node by node. */
export type PlanRecord = StoredRecord & {
	/** What it upgrades to; `''` while that is not resolved. */
	readonly version: SafeText;
	/** The nodes it works on now. */
	readonly applying: readonly RawName[];
};

export const planKind: Kind<PlanRecord> = {
	id: 'upgrades/plans',
	group: 'upgrade.cattle.io',
	versions: ['v1'],
	plural: 'plans',
	kind: 'Plan',
	namespaced: true,
	project: ({spec, status}, identity) => ({
		...identity,
		version: text(status?.latestVersion, 64) || text(spec?.version, 64),
		applying: items(status?.applying).map(name),
	}),
};

/** The plan that works on each node, by the node's name. */
export const plansByNode: (plans: Reading<PlanRecord>) => ReadonlyMap<string, PlanRecord> = memoised(({state, records}) => {
	if (!isKnown(state)) return new Map();
	return new Map([...records.values()].flatMap(plan => plan.applying.map(node => [node as string, plan] as const)));
});

import {selects} from '../cluster/selector.ts';
import type {RawName, Reading} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import type {BgpClusterRecord, BgpNodeRecord} from './cilium.ts';
import type {NodeStanding} from './session.ts';

export type SelectionSources = {
	readonly nodeConfigs: Reading<BgpNodeRecord>;
	readonly clusterConfigs: Reading<BgpClusterRecord>;
	readonly nodes: ReadonlyMap<string, NodeStanding>;
};

/** Nodes without a configuration: those that a cluster config selects, and those that none does. By name. */
export type Selection = {readonly leftOut: readonly RawName[]; readonly outside: readonly RawName[]};

const nobody: Selection = {leftOut: [], outside: []};

/** Which nodes should peer and do not, and which are not meant to. Nobody, where that cannot be told. */
export function selectionOf({nodeConfigs, clusterConfigs, nodes}: SelectionSources): Selection {
	if (!isKnown(nodeConfigs.state) || !isKnown(clusterConfigs.state) || clusterConfigs.records.size === 0) return nobody;
	const configs = [...clusterConfigs.records.values()];
	const sound = configs.filter(({problems}) => problems.length === 0);
	const isSelected = (by: readonly BgpClusterRecord[], labels: NonNullable<NodeStanding['labels']>) =>
		by.some(({nodes: selector}) => selector === undefined || selects(selector, labels));
	const leftOut: RawName[] = [];
	const outside: RawName[] = [];
	for (const [name, {labels}] of nodes) {
		if (labels === undefined || nodeConfigs.records.has(name)) continue;
		if (isSelected(sound, labels)) leftOut.push(name as RawName);
		else if (!isSelected(configs, labels)) outside.push(name as RawName);
	}
	return {leftOut, outside: outside.sort()};
}

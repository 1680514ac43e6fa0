import {safeText} from '../cluster/safe-text.ts';
import {type Selector, selects} from '../cluster/selector.ts';
import {own, type RawName, type Reading, type SafeText} from '../vocabulary.ts';
import {isKnown, join} from '../words.ts';
import type {BgpClusterRecord, BgpNodeRecord} from './cilium.ts';
import type {NodeStanding} from './session.ts';

export type SelectionSources = {
	readonly nodeConfigs: Reading<BgpNodeRecord>;
	readonly clusterConfigs: Reading<BgpClusterRecord>;
	readonly nodes: ReadonlyMap<string, NodeStanding>;
};

/** Nodes without a configuration: those that a cluster config selects, and those that none does. By name. */
export type Selection = {
	readonly leftOut: readonly RawName[];
	readonly outside: readonly RawName[];
	/** Those outside although every other node of their roles is selected. */
	readonly oddOnes: readonly RawName[];
	/** What a node must have to be selected: `bgp=peer`. */
	readonly wants: SafeText;
};

const nobody: Selection = {leftOut: [], outside: [], oddOnes: [], wants: own('')};

/** A selector as kubectl would take it. */
function selectorWords({labels, expressions}: Selector): SafeText {
	const equal = labels.map(([key, value]) => safeText(`${key}=${value}`, 128));
	const others = expressions.map(({key, operator, values}) => safeText([key, operator, values.join(',')].join(' ').trim(), 128));
	return join([...equal, ...others], ',');
}

const isRole = (key: string) => key.startsWith('node-role.kubernetes.io/');
const rolesOf = ({labels = []}: NodeStanding): string =>
	labels
		.filter(([key]) => isRole(key))
		.map(([key]) => key)
		.sort()
		.join();

/** Nodes outside of which there is only one in its roles, among three or more; that a node has no role says nothing of it. */
function oddOnesOf(outside: readonly RawName[], nodes: SelectionSources['nodes']): readonly RawName[] {
	if (outside.length === 0) return [];
	const left = new Set<string>(outside);
	const peers = Map.groupBy(nodes, ([, standing]) => rolesOf(standing));
	return [...peers].flatMap(([roles, group]) => {
		const without = group.filter(([name]) => left.has(name));
		return roles !== '' && group.length >= 3 && without.length === 1 ? without.map(([name]) => name as RawName) : [];
	});
}

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
	const wants = join(
		configs.flatMap(({nodes: selector}) => (selector === undefined ? [] : [selectorWords(selector)])),
		' or ',
	);
	return {leftOut, outside: outside.sort(), oddOnes: oddOnesOf(outside, nodes).toSorted(), wants};
}

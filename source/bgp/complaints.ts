import {type Health, own, type Reading, type SafeText, say} from '../vocabulary.ts';
import {count, shownName} from '../words.ts';
import type {BgpNodeRecord, BgpPeerConfigRecord, Problem} from './cilium.ts';
import {type SelectionSources, selectionOf} from './selection.ts';

/** What is wrong with the configuration, or with how it is carried out. */
export type Complaint = {readonly health: Health; readonly text: SafeText};

type Sources = SelectionSources & {readonly peerConfigs: Reading<BgpPeerConfigRecord>};

/** Condition types of Cilium's configuration objects, for people. */
const words: Readonly<Record<string, string>> = {
	NoMatchingNode: 'its nodeSelector selects no node',
	MissingPeerConfigs: 'a peer configuration it names does not exist',
	ConflictingClusterConfig: 'another cluster config selects the same nodes',
	MissingAuthSecret: 'the secret with its password does not exist',
};

const problem = (what: string, name: SafeText, {type, message}: Problem): Complaint => {
	const told = words[type];
	return {health: 'warn', text: say`${own(what)} ${name}: ${told === undefined ? message || type : own(told)}`};
};

/** The same error on many nodes is one complaint. */
function reconcileErrors(nodes: Reading<BgpNodeRecord>): readonly Complaint[] {
	const failing = [...nodes.records.values()].filter(({reconcileError}) => reconcileError !== undefined);
	const [first] = failing;
	if (first?.reconcileError === undefined) return [];
	const where = failing.length === 1 ? shownName(first) : count(failing.length, 'node');
	return [{health: 'warn', text: say`${where}: the agent cannot carry out its configuration: ${first.reconcileError.message}`}];
}

/** Selected nodes for which the operator has made no configuration. */
function leftOut(sources: Sources): readonly Complaint[] {
	const {leftOut: nodes} = selectionOf(sources);
	if (nodes.length === 0) return [];
	return [
		{
			health: 'warn',
			text: say`${count(nodes.length, 'node')} selected but without a configuration: is the Cilium operator running?`,
		},
	];
}

/** Nothing is said of any session: the status is switched off, or this Cilium writes none yet. */
function noReports(nodes: Reading<BgpNodeRecord>): readonly Complaint[] {
	const records = [...nodes.records.values()];
	if (records.length === 0 || records.some(({reports}) => reports)) return [];
	const text = own(
		'sessions are not reported: status report off (bgpControlPlane.statusReport.enabled), or Cilium older than 1.17',
	);
	return [{health: 'unknown', text}];
}

/** All complaints, in the order in which they break the way out. */
export function complaintsOf(sources: Sources): readonly Complaint[] {
	const {nodeConfigs, clusterConfigs, peerConfigs} = sources;
	return [
		...[...clusterConfigs.records.values()].flatMap(record =>
			record.problems.map(found => problem('cluster config', shownName(record), found)),
		),
		...[...peerConfigs.records.values()].flatMap(record =>
			record.problems.map(found => problem('peer config', shownName(record), found)),
		),
		...reconcileErrors(nodeConfigs),
		...leftOut(sources),
		...noReports(nodeConfigs),
	];
}

/** The complaints from before where the new ones say the same. */
export function sameComplaints(before: readonly Complaint[] | undefined, after: readonly Complaint[]): readonly Complaint[] {
	if (before === undefined || before.length !== after.length) return after;
	return before.every(({text}, at) => text === after[at]?.text) ? before : after;
}

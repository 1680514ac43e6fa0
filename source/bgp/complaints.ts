import {type Health, own, type Reading, type SafeText, type StoredRecord, type Subject, say} from '../vocabulary.ts';
import {count, shownName} from '../words.ts';
import type {BgpNodeRecord, BgpPeerConfigRecord, Problem} from './cilium.ts';
import {type SelectionSources, selectionOf} from './selection.ts';

/** What is wrong with the configuration, or with how it is carried out. */
export type Complaint = {
	readonly health: Health;
	/** What it is about: `cluster config bgp`, `agents`; `''` where it is no fault, but nothing to be seen. */
	readonly about: SafeText;
	readonly said: SafeText;
	/** Both in one sentence. */
	readonly text: SafeText;
	/** What the cluster itself says of it. */
	readonly evidence: readonly SafeText[];
	readonly subject?: Subject;
	/** Epoch ms, 0 where nothing tells. */
	readonly since: number;
};

type Sources = SelectionSources & {readonly peerConfigs: Reading<BgpPeerConfigRecord>};

/** Condition types of Cilium's configuration objects, for people. */
const words: Readonly<Record<string, string>> = {
	NoMatchingNode: 'its nodeSelector selects no node',
	MissingPeerConfigs: 'a peer configuration it names does not exist',
	ConflictingClusterConfig: 'another cluster config selects the same nodes',
	MissingAuthSecret: 'the secret with its password does not exist',
};

const kinds = {
	'cluster config': 'ciliumbgpclusterconfigs.cilium.io',
	'peer config': 'ciliumbgppeerconfigs.cilium.io',
} as const;

const problem = (what: keyof typeof kinds, record: StoredRecord, {type, message, since}: Problem): Complaint => {
	const told = words[type];
	const about = say`${own(what)} ${shownName(record)}`;
	const said = told === undefined ? message || type : own(told);
	return {
		health: 'warn',
		about,
		said,
		text: say`${about}: ${said}`,
		evidence: [say`${type}=True${own(message === '' ? '' : ': ')}${message}`],
		subject: {resource: kinds[what], namespace: record.namespace, name: record.name},
		since,
	};
};

/** The same error on many nodes is one complaint. */
function reconcileErrors(nodes: Reading<BgpNodeRecord>): readonly Complaint[] {
	const failing = [...nodes.records.values()].flatMap(record => {
		const {reconcileError: error} = record;
		return error === undefined ? [] : [{name: shownName(record), error}];
	});
	const [first] = failing;
	if (first === undefined) return [];
	const where = failing.length === 1 ? first.name : count(failing.length, 'node');
	const said = say`the agent cannot carry out its configuration: ${first.error.message}`;
	return [
		{
			health: 'warn',
			about: own('agents'),
			said: say`${where}: ${said}`,
			text: say`${where}: ${said}`,
			evidence: failing.slice(0, 5).map(({name, error}) => say`${name}: BGPReconcileError: ${error.message}`),
			since: Math.min(...failing.map(({error}) => error.since)),
		},
	];
}

/** Selected nodes for which the operator has made no configuration. */
function leftOut(sources: Sources): readonly Complaint[] {
	const {leftOut: nodes} = selectionOf(sources);
	if (nodes.length === 0) return [];
	const said = say`${count(nodes.length, 'node')} selected but without a configuration: is the Cilium operator running?`;
	const names = nodes.slice(0, 5).map(name => say`${shownName({name})} has no CiliumBGPNodeConfig`);
	return [{health: 'warn', about: own('operator'), said, text: said, evidence: names, since: 0}];
}

/** Nothing is said of any session: the status is switched off, or this Cilium writes none yet. */
function noReports(nodes: Reading<BgpNodeRecord>): readonly Complaint[] {
	const records = [...nodes.records.values()];
	if (records.length === 0 || records.some(({reports}) => reports)) return [];
	const text = own(
		'sessions are not reported: status report off (bgpControlPlane.statusReport.enabled), or Cilium older than 1.17',
	);
	return [{health: 'unknown', about: own(''), said: text, text, evidence: [], since: 0}];
}

/** All complaints, in the order in which they break the way out. */
export function complaintsOf(sources: Sources): readonly Complaint[] {
	const {nodeConfigs, clusterConfigs, peerConfigs} = sources;
	return [
		...[...clusterConfigs.records.values()].flatMap(record =>
			record.problems.map(found => problem('cluster config', record, found)),
		),
		...[...peerConfigs.records.values()].flatMap(record => record.problems.map(found => problem('peer config', record, found))),
		...reconcileErrors(nodeConfigs),
		...leftOut(sources),
		...noReports(nodeConfigs),
	];
}

/** The complaints from before where the new ones say the same. */
export function sameComplaints(before: readonly Complaint[] | undefined, after: readonly Complaint[]): readonly Complaint[] {
	const saying = (complaints: readonly Complaint[]) =>
		complaints.map(({text, since, evidence}) => [text, since, ...evidence].join('\n')).join('\n');
	return before !== undefined && saying(before) === saying(after) ? before : after;
}

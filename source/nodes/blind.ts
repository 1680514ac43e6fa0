import type {Blind, FindingId} from '../diagnosis.ts';
import {memoised, own, type SafeText, type SourceState, say} from '../vocabulary.ts';
import {count, shownName, whyUnread} from '../words.ts';
import type {NodeFact} from './fact.ts';
import type {NodesFacts} from './facts.ts';

/** What is read from the nodes themselves. */
const ofNodes: readonly FindingId[] = [
	'node-not-ready',
	'node-lease-late',
	'node-pressure',
	'node-memory-high',
	'node-cordoned',
	'node-rebooted',
	'node-version-skew',
	'etcd-quorum-at-risk',
	'etcd-not-voter',
	'etcd-even-voters',
	'control-plane-single',
];
/** What only a kubelet that is heard of keeps true. */
const ofKubelets: readonly FindingId[] = ['node-pressure', 'node-memory-high'];
/** What nobody can be blamed for while leases tell nothing. */
const ofLeases: readonly FindingId[] = ['node-not-ready', 'node-lease-late', 'etcd-quorum-at-risk'];

const isRead = ({is}: SourceState) => is === 'live' || is === 'polled';

const whyOf = (what: string, state: SourceState): SafeText => say`${own(what)}: ${whyUnread(state) ?? own('not served')}`;

type Unseen = Pick<Blind, 'ids' | 'required'> & {readonly what: string; readonly source: string; readonly state: SourceState};

const unseen = ({ids, what, source, state, required}: Unseen): readonly Blind[] =>
	isRead(state) ? [] : [{ids, what: own(what), why: whyOf(source, state), loading: state.is === 'loading', required}];

/** Leases are renewed through the API server: where no renewal comes at all, it is not the nodes' fault. */
function leasesUnseen({clock, states}: NodesFacts): readonly Blind[] {
	const about = {what: own('nodes'), loading: false, required: true};
	if (clock?.is === 'nobody renews')
		return [
			{
				...about,
				ids: [...ofLeases, 'node-pressure', 'etcd-not-voter', 'vip-without-owner'],
				why: own('no node renews its lease: the API server takes no writes, or all nodes are cut off'),
			},
		];
	if (states.leases.is === 'stale') return [{...about, ids: ofLeases, why: whyOf('leases', states.leases)}];
	// The node controller goes by leases too: what it says of Ready is still worth something.
	return unseen({ids: ['node-lease-late'], what: 'nodes', source: 'leases', state: states.leases, required: true});
}

/** A silent node's last words are not worth anything any more. */
const silentNodes = memoised((nodes: readonly NodeFact[]): readonly Blind[] => {
	const silent = nodes.filter(({live}) => live.word === 'silent').map(({node}) => shownName(node));
	const [first] = silent;
	if (first === undefined) return [];
	const why = silent.length === 1 ? say`${first} is silent` : say`${count(silent.length, 'node')} are silent`;
	return [{ids: ofKubelets, abouts: new Set(silent), what: own('nodes'), why, loading: false, required: false}];
});

function versionUnseen({serverVersion}: NodesFacts): readonly Blind[] {
	if (serverVersion !== undefined) return [];
	const why = own('the API server did not tell its version');
	return [{ids: ['node-version-skew'], what: own('nodes'), why, loading: true, required: false}];
}

/** What of the nodes and the control plane cannot be judged now. */
export function nodesBlind(facts: NodesFacts): readonly Blind[] {
	const {states, vips, nodes} = facts;
	const vip = {what: 'vip', source: 'leases of kube-system', state: states.systemLeases, required: vips.length > 0};
	const ofVips = unseen({...vip, ids: ['vip-without-owner']});
	if (!isRead(states.nodes))
		return [...unseen({ids: ofNodes, what: 'nodes', source: 'nodes', state: states.nodes, required: true}), ...ofVips];
	const metrics = {what: 'metrics', source: 'metrics', state: states.metrics, required: true};
	return [
		...leasesUnseen(facts),
		...ofVips,
		...(states.metrics.is === 'absent' ? [] : unseen({...metrics, ids: ['node-memory-high']})),
		...silentNodes(nodes),
		...versionUnseen(facts),
	];
}

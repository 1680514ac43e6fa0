import {own, type SafeText} from '../vocabulary.ts';
import {shownName} from '../words.ts';
import type {Liveness} from './liveness.ts';
import type {Condition, NodeRecord} from './node.ts';

/** Membership as k3s writes it into a node condition. */
export type Membership = {
	readonly votes: boolean;
	readonly healthy: boolean;
	readonly reason: SafeText;
	/** Since when, epoch ms. */
	readonly since: number;
};

/** A voter that is not well. */
export type FailingVoter = {
	/** Its node, as shown. */
	readonly node: SafeText;
	/** Epoch ms, 0 when nothing tells. */
	readonly since: number;
	readonly why: SafeText;
	/** Its node is not heard of. */
	readonly isSilent: boolean;
};

/** How many members there are, how many are well, and how many more may fail before writes stop. */
type Quorum = {
	readonly voters: number;
	readonly healthy: number;
	readonly needed: number;
	readonly mayLose: number;
	readonly failing: readonly FailingVoter[];
};

/**
 * What the Kubernetes API shows of etcd. k3s writes membership into a node condition; Talos runs etcd as a system service
 * that Kubernetes does not see, so control-plane nodes that are heard of stand in for its members, as nodes with the role
 * do where nobody writes the condition; k3s on kine has none.
 */
export type Etcd =
	| ({readonly is: 'members'} & Quorum)
	| ({readonly is: 'by node'} & Quorum)
	| {readonly is: 'kine'}
	| {readonly is: 'not visible'};

type Server = {readonly node: NodeRecord; readonly live: Liveness; readonly etcd?: Membership};

/** `EtcdIsVoter` is good when True, unlike every other condition; a member that is unhealthy still counts as a voter. */
export function membershipOf(node: NodeRecord): Membership | undefined {
	const condition = node.conditions.find(({type}: Condition) => type === 'EtcdIsVoter');
	if (condition === undefined) return undefined;
	const {status, reason, since} = condition;
	return {votes: status !== 'False' || reason === 'Unhealthy', healthy: status === 'True', reason, since};
}

const heard = ({live}: Server) => live.word !== 'silent' && live.word !== 'unknown';

function failure(server: Server): FailingVoter {
	const {node, live, etcd} = server;
	const about = {node: shownName(node), isSilent: !heard(server)};
	if (about.isSilent) return {...about, since: live.since, why: own('its node is silent')};
	return {...about, since: etcd?.since ?? 0, why: etcd?.reason ?? own('nothing is said of its membership')};
}

/** Quorum is ⌊n/2⌋+1 of the voters; learners do not vote (go.etcd.io/raft, quorum/majority.go). */
function quorum(voters: readonly Server[], isWell: (voter: Server) => boolean): Quorum {
	const failing = voters.filter(voter => !isWell(voter)).map(failure);
	const needed = Math.floor(voters.length / 2) + 1;
	const healthy = voters.length - failing.length;
	return {voters: voters.length, healthy, needed, mayLose: Math.max(0, healthy - needed), failing};
}
const hasRole = ({node}: Pick<Server, 'node'>, role: string) => node.roles.some(has => has === role);

/** Whether a node is of the control plane. */
export function isServer(server: Pick<Server, 'node'>): boolean {
	return hasRole(server, 'control-plane') || hasRole(server, 'master');
}

/** Everything known of etcd, from the nodes alone. */
export function etcdOf(nodes: readonly Server[]): Etcd {
	const members = nodes.filter(node => node.etcd !== undefined || hasRole(node, 'etcd'));
	const byNode = (servers: readonly Server[]): Etcd => ({is: 'by node', ...quorum(servers, heard)});
	if (members.length > 0) {
		// Other distributions use the role too, but say nothing of membership.
		if (members.every(({etcd}) => etcd === undefined)) return byNode(members);
		const voters = members.filter(({etcd}) => etcd === undefined || etcd.votes);
		return {is: 'members', ...quorum(voters, voter => voter.etcd?.healthy === true && heard(voter))};
	}
	const servers = nodes.filter(isServer);
	if (servers.length === 0) return {is: 'not visible'};
	if (servers.every(({node}) => node.system.startsWith('Talos'))) return byNode(servers);
	return {is: servers.every(({node}) => node.kubelet.includes('+k3s')) ? 'kine' : 'not visible'};
}

/** The one from before where it says the same: it is small, and told anew with every change of a node. */
export function sameEtcd(before: Etcd | undefined, after: Etcd): Etcd {
	return before !== undefined && JSON.stringify(before) === JSON.stringify(after) ? before : after;
}

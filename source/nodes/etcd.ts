import type {SafeText} from '../vocabulary.ts';
import type {Liveness} from './liveness.ts';
import type {Condition, NodeRecord} from './node.ts';

/** Membership as k3s writes it into a node condition. */
export type Membership = {readonly votes: boolean; readonly healthy: boolean; readonly reason: SafeText};

/** How many members there are, how many are well, and how many more may fail before writes stop. */
type Quorum = {
	readonly voters: number;
	readonly healthy: number;
	readonly needed: number;
	readonly mayLose: number;
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
	const {status, reason} = condition;
	return {votes: status !== 'False' || reason === 'Unhealthy', healthy: status === 'True', reason};
}

/** Quorum is ⌊n/2⌋+1 of the voters; learners do not vote (go.etcd.io/raft, quorum/majority.go). */
function quorum(voters: number, healthy: number): Quorum {
	const needed = Math.floor(voters / 2) + 1;
	return {voters, healthy, needed, mayLose: Math.max(0, healthy - needed)};
}

const heard = ({live}: Server) => live.word !== 'silent' && live.word !== 'unknown';
const hasRole = ({node}: Server, role: string) => node.roles.some(has => has === role);

/** Everything known of etcd, from the nodes alone. */
export function etcdOf(nodes: readonly Server[]): Etcd {
	const members = nodes.filter(node => node.etcd !== undefined || hasRole(node, 'etcd'));
	const byNode = (servers: readonly Server[]): Etcd => ({is: 'by node', ...quorum(servers.length, servers.filter(heard).length)});
	if (members.length > 0) {
		// Other distributions use the role too, but say nothing of membership.
		if (members.every(({etcd}) => etcd === undefined)) return byNode(members);
		const voters = members.filter(({etcd}) => etcd === undefined || etcd.votes);
		const healthy = voters.filter(node => node.etcd?.healthy === true && heard(node));
		return {is: 'members', ...quorum(voters.length, healthy.length)};
	}
	const servers = nodes.filter(node => hasRole(node, 'control-plane') || hasRole(node, 'master'));
	if (servers.length === 0) return {is: 'not visible'};
	if (servers.every(({node}) => node.system.startsWith('Talos'))) return byNode(servers);
	return {is: servers.every(({node}) => node.kubelet.includes('+k3s')) ? 'kine' : 'not visible'};
}

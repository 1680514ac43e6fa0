/** Nodes, their leases and metrics as clusters really serve them, cut to what is read of them. Times are epoch ms. */
export const now = Date.UTC(2026, 10, 21, 2, 14);
export const seconds = 1000;
export const minutes = 60_000;
export const hours = 3_600_000;
export const days = 86_400_000;
export const ago = (milliseconds: number): string => new Date(now - milliseconds).toISOString();

export const condition = (type: string, status: string, since = 20 * days, reason = '') => ({
	type,
	status,
	reason,
	message: '',
	lastTransitionTime: ago(since),
	lastHeartbeatTime: ago(4 * minutes),
});

export type NodeFields = {
	readonly metadata?: object;
	readonly spec?: object;
	readonly status?: object;
	readonly info?: object;
	readonly labels?: Record<string, string>;
	/** Beside or instead of the good ones, by type. */
	readonly conditions?: readonly object[];
};

const good = [
	condition('MemoryPressure', 'False'),
	condition('DiskPressure', 'False'),
	condition('PIDPressure', 'False'),
	condition('Ready', 'True', 20 * days, 'KubeletReady'),
];
const typeOf = (object: object) => (object as {type?: unknown}).type;

/** A node that is well, unless it is told otherwise. */
export const node = (name: string, fields: NodeFields = {}) => {
	const {metadata = {}, spec = {}, status = {}, info = {}, labels = {}, conditions = []} = fields;
	const types = new Set(conditions.map(typeOf));
	return {
		metadata: {name, uid: `node-${name}`, creationTimestamp: ago(40 * days), labels, ...metadata},
		spec,
		status: {
			capacity: {cpu: '4', memory: '8Gi', pods: '110'},
			allocatable: {cpu: '4', memory: '8Gi', pods: '110'},
			conditions: [...good.filter(one => !types.has(one.type)), ...conditions],
			addresses: [
				{type: 'Hostname', address: name},
				{type: 'InternalIP', address: '10.0.0.11'},
			],
			nodeInfo: {
				bootID: 'boot-1',
				kubeletVersion: 'v1.35.1+k3s1',
				osImage: 'Debian GNU/Linux 12 (bookworm)',
				kernelVersion: '6.1.0-28-amd64',
				containerRuntimeVersion: 'containerd://2.1.4',
				architecture: 'amd64',
				...info,
			},
			...status,
		},
	};
};

export const server = {'node-role.kubernetes.io/control-plane': 'true'};
export const etcdServer = {...server, 'node-role.kubernetes.io/etcd': 'true'};
export const voter = condition('EtcdIsVoter', 'True', 20 * days, 'MemberNotLearner');
export const cordoned = (since: number) => ({
	unschedulable: true,
	taints: [{key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule', timeAdded: ago(since)}],
});

export const lease = (name: string, renewed = 5 * seconds) => ({
	metadata: {namespace: 'kube-node-lease', name, uid: `lease-${name}`},
	spec: {holderIdentity: name, leaseDurationSeconds: 40, renewTime: ago(renewed)},
});

export const usage = (name: string, cpu = '920m', memory = '4Gi') => ({
	metadata: {name},
	timestamp: ago(20 * seconds),
	window: '15s',
	usage: {cpu, memory},
});

export type ElectionFields = {
	readonly holder?: string;
	readonly renewed?: number;
	readonly acquired?: number;
	readonly transitions?: number;
	readonly lasts?: number;
};

/** An election of kube-system; times are milliseconds ago. */
export const election = (name: string, fields: ElectionFields = {}) => {
	const {holder = 'nuc-1', renewed = 2 * seconds, acquired = 9 * days, transitions = 4, lasts = 15} = fields;
	return {
		metadata: {namespace: 'kube-system', name, uid: `lease-${name}`},
		spec: {
			holderIdentity: holder,
			leaseDurationSeconds: lasts,
			acquireTime: ago(acquired),
			renewTime: ago(renewed),
			leaseTransitions: transitions,
		},
	};
};
export const vip = (fields: ElectionFields = {}) => election('plndr-cp-lock', fields);

export type EventFields = {readonly from?: string; readonly type?: string; readonly message?: string; readonly about?: object};

/** An event about a node, unless it is told to be about something else. */
export const event = (name: string, reason: string, since: number, fields: EventFields = {}) => {
	const {from = 'kubelet', type = 'Normal', message = '', about} = fields;
	return {
		metadata: {namespace: 'default', name: `${name}.${reason}.${since}`, uid: `event-${name}-${reason}-${since}`},
		involvedObject: {kind: 'Node', name, uid: name, ...about},
		reason,
		message,
		type,
		source: {component: from, host: name},
		firstTimestamp: ago(since),
		lastTimestamp: ago(since),
		count: 1,
	};
};

export const plan = (name: string, applying: readonly string[], version = 'v1.36.1+k3s1') => ({
	metadata: {namespace: 'system-upgrade', name, uid: `plan-${name}`},
	spec: {version},
	status: {latestVersion: version, applying},
});

/** What a cluster wrote down of who changed the cordon. */
export const wroteCordon = (manager: string) => ({
	managedFields: [
		{manager: 'kubelet', operation: 'Update', fieldsV1: {'f:status': {}}},
		{manager, operation: 'Update', time: ago(2 * days), fieldsV1: {'f:spec': {'f:unschedulable': {}}}},
	],
});

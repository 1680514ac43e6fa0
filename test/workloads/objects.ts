/** Pods as clusters really serve them, cut to what is read of them. */
export const now = Date.UTC(2026, 10, 21, 2, 14);
export const ago = (milliseconds: number): string => new Date(now - milliseconds).toISOString();

export type PodFields = {
	readonly metadata?: object;
	readonly spec?: object;
	readonly status?: object;
	readonly ready?: boolean;
	readonly node?: string;
};

const conditions = (ready: boolean) =>
	['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map(type => ({
		type,
		status: type === 'PodScheduled' || type === 'Initialized' || ready ? 'True' : 'False',
		lastTransitionTime: ago(600_000),
	}));

export const running = {name: 'main', ready: true, restartCount: 0, started: true, state: {running: {startedAt: ago(600_000)}}};

/** A pod of a Deployment that runs, unless it is told otherwise. `path` is `namespace/name`. */
export const pod = (path: string, {metadata = {}, spec = {}, status = {}, ready = true, node = 'nuc-1'}: PodFields = {}) => ({
	metadata: {
		namespace: path.split('/')[0],
		name: path.split('/')[1],
		uid: `uid-${path}`,
		creationTimestamp: ago(86_400_000),
		ownerReferences: [{kind: 'ReplicaSet', name: `${path.split('/')[1]}-owner`, controller: true}],
		...metadata,
	},
	spec: {nodeName: node, containers: [{name: 'main', resources: {requests: {cpu: '100m', memory: '128Mi'}}}], ...spec},
	status: {phase: 'Running', conditions: conditions(ready), containerStatuses: [{...running, ready}], ...status},
});

export const requesting = (requests: Record<string, string>) => ({containers: [{name: 'main', resources: {requests}}]});
export const onGpu = (gpus = 1, resource = 'nvidia.com/gpu') => ({spec: requesting({cpu: '1', [resource]: String(gpus)})});

export const second = 1000;
export const minute = 60 * second;

const waitingFor = (reason: string, message: string, more: object = {}) => ({
	...running,
	ready: false,
	started: false,
	state: {waiting: {reason, message}},
	...more,
});
const notReadyFor = (milliseconds: number) => [
	{type: 'PodScheduled', status: 'True', lastTransitionTime: ago(milliseconds)},
	{
		type: 'Ready',
		status: 'False',
		reason: 'ContainersNotReady',
		message: 'containers with unready status: [main]',
		lastTransitionTime: ago(milliseconds),
	},
];

/** No node takes it, for so long (ms), with the scheduler's own words. */
export const unschedulable = (message: string, since = 10 * minute): PodFields => ({
	node: '',
	status: {
		phase: 'Pending',
		containerStatuses: [],
		conditions: [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, lastTransitionTime: ago(since)}],
	},
});

/** Bound to a node for so long (ms), and its containers not made. */
export const creating = (since = 10 * minute): PodFields => ({
	status: {phase: 'Pending', conditions: notReadyFor(since), containerStatuses: [waitingFor('ContainerCreating', '')]},
});

export type Crash = {
	readonly restarts?: number;
	readonly exitCode?: number;
	readonly reason?: string;
	/** What it wrote to its termination message. */
	readonly said?: string;
	/** How long the kubelet waits before the next start. */
	readonly waited?: string;
	readonly since?: number;
	/** When it ended last, ms ago. */
	readonly endedAgo?: number;
};

/** Ends again and again, and waits now for its next start. */
export const crashing = ({
	restarts = 3,
	exitCode = 1,
	reason = 'Error',
	said = '',
	waited = '40s',
	since = 10 * minute,
	endedAgo = 20 * second,
}: Crash = {}): PodFields => ({
	status: {
		conditions: notReadyFor(since),
		containerStatuses: [
			waitingFor('CrashLoopBackOff', `back-off ${waited} restarting failed container=main pod=x`, {
				restartCount: restarts,
				lastState: {terminated: {exitCode, reason, message: said, finishedAt: ago(endedAgo)}},
			}),
		],
	},
});

/** Waits for its image, or for what its container is made from. */
export const pulling = (
	reason = 'ImagePullBackOff',
	message = 'Back-off pulling image "ghcr.io/a/b:1"',
	since = 10 * minute,
) => ({
	status: {phase: 'Pending', conditions: notReadyFor(since), containerStatuses: [waitingFor(reason, message)]},
});

const identity = (path: string, more: object = {}) => ({
	namespace: path.split('/')[0],
	name: path.split('/')[1],
	uid: `uid-${path}`,
	creationTimestamp: ago(86_400_000),
	...more,
});

export type Replicas = {
	readonly wanted?: number;
	readonly made?: number;
	readonly ready?: number;
	readonly conditions?: readonly object[];
	readonly metadata?: object;
};

const replicated = (path: string, {wanted = 1, made = wanted, ready = made, conditions = [], metadata = {}}: Replicas = {}) => ({
	metadata: identity(path, metadata),
	spec: {replicas: wanted, template: {spec: {containers: [{name: 'main', image: 'ghcr.io/a/b:1'}]}}},
	status: {replicas: made, readyReplicas: ready, conditions},
});
export const deployment = replicated;
export const statefulSet = replicated;
export const replicaSet = (
	path: string,
	owner: string,
	more: Replicas & {readonly revision?: number; readonly image?: string} = {},
) => {
	const {revision = 1, image = 'ghcr.io/a/b:1', metadata = {}} = more;
	return {
		...replicated(path, {
			...more,
			metadata: {
				annotations: {'deployment.kubernetes.io/revision': String(revision)},
				...(owner === '' ? {} : {ownerReferences: [{kind: 'Deployment', name: owner, controller: true}]}),
				...metadata,
			},
		}),
		spec: {replicas: more.wanted ?? 1, template: {spec: {containers: [{name: 'main', image}]}}},
	};
};
export const daemonSet = (path: string, {wanted = 3, made = wanted, ready = made}: Replicas = {}) => ({
	metadata: identity(path),
	spec: {},
	status: {desiredNumberScheduled: wanted, currentNumberScheduled: made, numberReady: ready},
});

export const condition = (type: string, status: string, since: number, reason = '', message = '') => ({
	type,
	status,
	reason,
	message,
	lastTransitionTime: ago(since),
});

/** A pod of a Deployment or StatefulSet, or whatever else keeps it. */
export const podOf = (path: string, kind: string, owner: string, fields: PodFields = {}) =>
	pod(path, {...fields, metadata: {ownerReferences: [{kind, name: owner, controller: true}], ...fields.metadata}});

export type Noted = {
	readonly firstAgo?: number;
	readonly lastAgo?: number;
	readonly count?: number;
	readonly from?: string;
	readonly host?: string;
	readonly uid?: string;
};

/** A warning about an object, `Pod media/jellyfin-0`. */
export const warning = (about: string, reason: string, message: string, noted: Noted = {}) => {
	const [kind = '', path = ''] = about.split(' ');
	const [namespace = '', name = ''] = path.split('/');
	const {firstAgo = 5 * minute, lastAgo = second, count = 3, from = 'kubelet', host = 'nuc-1', uid = `uid-${path}`} = noted;
	return {
		metadata: identity(`${namespace}/${name}.${reason}.${message.length}`, {creationTimestamp: ago(firstAgo)}),
		involvedObject: {kind, namespace, name, uid},
		type: 'Warning',
		reason,
		message,
		source: {component: from, host},
		firstTimestamp: ago(firstAgo),
		lastTimestamp: ago(lastAgo),
		count,
	};
};

export const job = (path: string, conditions: readonly object[], cronJob = '') => ({
	metadata: identity(path, cronJob === '' ? {} : {ownerReferences: [{kind: 'CronJob', name: cronJob, controller: true}]}),
	spec: {},
	status: {conditions},
});

/** The lease of kube-controller-manager, renewed so long ago (ms). */
export const managerLease = (renewed: number) => ({
	metadata: identity('kube-system/kube-controller-manager'),
	spec: {holderIdentity: 'nuc-1_x', leaseDurationSeconds: 15, renewTime: ago(renewed)},
});

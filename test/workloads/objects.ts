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

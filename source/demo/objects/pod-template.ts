import type {PodSpec, PodTemplate} from './pod.ts';

/** The two classes every cluster has. */
const priorities = {'system-cluster-critical': 2_000_000_000, 'system-node-critical': 2_000_001_000};

/** One workload, in one line of a table. */
export type WorkloadRow = {
	readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
	readonly namespace: string;
	readonly name: string;
	readonly image: string;
	/** Where its pods run, one entry per pod. */
	readonly on: readonly string[];
	/** Requests. */
	readonly cpu: string;
	readonly memory: string;
	readonly gpus?: number;
	/** Claims its pods mount; StatefulSets here have one pod, and so do the claims' users. */
	readonly claims?: readonly string[];
	/** Has scratch space that a drain would lose. */
	readonly scratch?: boolean;
	readonly labels?: Readonly<Record<string, string>>;
	/** Labels of its pods that do not tie them to it. */
	readonly podLabels?: Readonly<Record<string, string>>;
	/** Directories of the node that its pods see, by the name of the volume. */
	readonly hostPaths?: Readonly<Record<string, string>>;
	/** How many of its pods a rollout may take at once, where the default is not meant. */
	readonly maxUnavailable?: string;
	readonly nodeSelector?: Readonly<Record<string, string>>;
	readonly tolerateAll?: boolean;
	readonly hostNetwork?: boolean;
	readonly priorityClass?: keyof typeof priorities;
	readonly container?: string;
	readonly port?: number;
};

/** The labels that tie pods to their workload. */
export function selectorOf({name, labels}: WorkloadRow): Record<string, string> {
	return labels ? {...labels} : {'app.kubernetes.io/name': name};
}

/** The pod template of a workload. */
export function templateOf(row: WorkloadRow): PodTemplate {
	return {metadata: {labels: {...selectorOf(row), ...row.podLabels}}, spec: specOf(row)};
}

function specOf(row: WorkloadRow): PodSpec {
	const gpus = row.gpus === undefined ? undefined : {'nvidia.com/gpu': `${row.gpus}`};
	const claims = row.claims ?? [];
	const volumes = [
		...claims.map(claimName => ({name: claimName, persistentVolumeClaim: {claimName}})),
		...(row.scratch ? [{name: 'scratch', emptyDir: {}}] : []),
		...Object.entries(row.hostPaths ?? {}).map(([name, path]) => ({name, hostPath: {path, type: 'DirectoryOrCreate'}})),
	];
	return {
		containers: [
			{
				name: row.container ?? row.name,
				image: row.image,
				imagePullPolicy: 'IfNotPresent',
				...(row.port === undefined ? {} : {ports: [{containerPort: row.port, protocol: 'TCP'}]}),
				resources: {requests: {cpu: row.cpu, memory: row.memory, ...gpus}, ...(gpus ? {limits: gpus} : {})},
				volumeMounts: volumes.map(({name}) => ({name, mountPath: `/${name}`})),
				terminationMessagePath: '/dev/termination-log',
				terminationMessagePolicy: 'FallbackToLogsOnError',
			},
		],
		...(volumes.length === 0 ? {} : {volumes}),
		...(row.nodeSelector ? {nodeSelector: {...row.nodeSelector}} : {}),
		...(row.hostNetwork ? {hostNetwork: true} : {}),
		...(row.priorityClass ? {priorityClassName: row.priorityClass, priority: priorities[row.priorityClass]} : {}),
		tolerations: tolerationsOf(row),
		serviceAccountName: 'default',
		serviceAccount: 'default',
		restartPolicy: 'Always',
		dnsPolicy: row.hostNetwork ? 'ClusterFirstWithHostNet' : 'ClusterFirst',
		enableServiceLinks: true,
		preemptionPolicy: 'PreemptLowerPriority',
		schedulerName: 'default-scheduler',
		securityContext: {},
		terminationGracePeriodSeconds: 30,
	};
}

/** The DaemonSet controller's and the admission plugin's defaults: daemons stay on a lost node, others for five minutes. */
function tolerationsOf(row: WorkloadRow): NonNullable<PodSpec['tolerations']> {
	const lost = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];
	if (row.tolerateAll) return [{operator: 'Exists'}];
	if (row.kind !== 'DaemonSet') return lost.map(key => ({key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300}));
	const pressures = ['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map(
		name => `node.kubernetes.io/${name}`,
	);
	return [
		...lost.map(key => ({key, operator: 'Exists', effect: 'NoExecute'})),
		...pressures.map(key => ({key, operator: 'Exists', effect: 'NoSchedule'})),
	];
}

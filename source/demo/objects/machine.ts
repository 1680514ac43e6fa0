import {digestOf, uidOf} from './identity.ts';
import {type Condition, type NodeObject, type Taint, wellConditions} from './node.ts';
import {object, writtenBy} from './object.ts';
import {day, stamp} from './time.ts';

/** What tells the machines of one cluster from those of another. */
export type Distribution = {
	readonly kubelet: string;
	readonly osImage: string;
	readonly kernel: Readonly<Record<'amd64' | 'arm64', string>>;
	readonly runtime: string;
	readonly manager: string;
	readonly finalizers?: readonly string[];
	readonly labels: (row: NodeRow) => Readonly<Record<string, string>>;
	readonly annotations: (row: NodeRow, now: number) => Readonly<Record<string, string>>;
	readonly taints?: (row: NodeRow) => readonly Taint[];
	readonly conditions?: (row: NodeRow, since: number) => readonly Condition[];
};

export type NodeRow = {
	readonly name: string;
	readonly controlPlane?: boolean;
	readonly etcd?: boolean;
	readonly arch: 'amd64' | 'arm64';
	readonly cores: number;
	readonly memoryGi: number;
	readonly diskGi: number;
	readonly address: string;
	readonly podCidr: string;
	readonly gpus?: number;
	readonly labels?: Readonly<Record<string, string>>;
	/** Days since it joined, and since it booted. */
	readonly joined: number;
	readonly booted: number;
};

/** A ready node as its kubelet and the cluster's controllers describe it. */
export function node(row: NodeRow, distribution: Distribution, now: number): NodeObject {
	const {name, arch, podCidr} = row;
	const createdAt = now - row.joined * day;
	const made = object(
		'v1',
		'Node',
		{
			name,
			createdAt,
			labels: {
				'beta.kubernetes.io/arch': arch,
				'beta.kubernetes.io/os': 'linux',
				'kubernetes.io/arch': arch,
				'kubernetes.io/hostname': name,
				'kubernetes.io/os': 'linux',
				...distribution.labels(row),
				...row.labels,
			},
			annotations: {
				'node.alpha.kubernetes.io/ttl': '0',
				'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
				...distribution.annotations(row, now),
			},
			...(distribution.finalizers ? {finalizers: distribution.finalizers} : {}),
		},
		{
			spec: {podCIDR: podCidr, podCIDRs: [podCidr], ...taintsOf(distribution.taints?.(row) ?? [])},
			status: status(row, distribution, now),
		},
	);
	const {manager} = distribution;
	made.metadata.managedFields = [
		writtenBy(manager, createdAt, 'metadata'),
		writtenBy('cilium-operator-generic', createdAt, 'spec'),
		writtenBy(manager, now, 'status'),
	];
	return made;
}

function taintsOf(taints: readonly Taint[]): {taints?: Taint[]} {
	return taints.length === 0 ? {} : {taints: [...taints]};
}

function status(row: NodeRow, distribution: Distribution, now: number): NonNullable<NodeObject['status']> {
	const bootedAt = now - row.booted * day;
	const gpus = row.gpus === undefined ? {} : {'nvidia.com/gpu': `${row.gpus}`};
	const memory = Math.round(row.memoryGi * 2 ** 20 * 0.985);
	const disk = row.diskGi * 2 ** 20;
	return {
		addresses: [
			{type: 'InternalIP', address: row.address},
			{type: 'Hostname', address: row.name},
		],
		capacity: {
			cpu: `${row.cores}`,
			'ephemeral-storage': `${disk}Ki`,
			'hugepages-1Gi': '0',
			'hugepages-2Mi': '0',
			memory: `${memory}Ki`,
			...gpus,
			pods: '110',
		},
		allocatable: {
			cpu: `${row.cores}`,
			'ephemeral-storage': `${Math.round(disk * 0.95 * 1024)}`,
			'hugepages-1Gi': '0',
			'hugepages-2Mi': '0',
			memory: `${memory}Ki`,
			...gpus,
			pods: '110',
		},
		conditions: [...(distribution.conditions?.(row, bootedAt) ?? []), ...readyConditions(bootedAt, now)],
		nodeInfo: {
			architecture: row.arch,
			bootID: uidOf('boot', row.name),
			containerRuntimeVersion: distribution.runtime,
			kernelVersion: distribution.kernel[row.arch],
			kubeProxyVersion: '',
			kubeletVersion: distribution.kubelet,
			machineID: digestOf('machine', row.name).slice(0, 32),
			operatingSystem: 'linux',
			osImage: distribution.osImage,
			systemUUID: uidOf('system', row.name),
		},
	};
}

function readyConditions(since: number, now: number): Condition[] {
	const network: Condition = {
		type: 'NetworkUnavailable',
		status: 'False',
		reason: 'CiliumIsUp',
		message: 'Cilium is running on this node',
		lastHeartbeatTime: stamp(since),
		lastTransitionTime: stamp(since),
	};
	const own = wellConditions.map(([type, status, reason, message]) => ({
		type,
		status,
		reason,
		message,
		lastHeartbeatTime: stamp(now),
		lastTransitionTime: stamp(since),
	}));
	return [network, ...own];
}

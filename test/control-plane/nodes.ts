import {setTimeout as pause} from 'node:timers/promises';
import {items, type Raw, text} from '../../source/cluster/raw.ts';
import type {Client} from '../conformance/client.ts';

/** What the nodes of one `addNodes` have in common. */
export type NodeTemplate = {
	/** Names are `<prefix>-<number>`, from 0; default `node`. */
	readonly prefix?: string;
	readonly labels?: Readonly<Record<string, string>>;
	readonly annotations?: Readonly<Record<string, string>>;
	/** Comes on top of 8 CPUs, 32 GiB and 110 pods: `{'nvidia.com/gpu': '2'}`. */
	readonly capacity?: Readonly<Record<string, string>>;
	/** Where less than the capacity can be had. */
	readonly allocatable?: Readonly<Record<string, string>>;
	readonly taints?: ReadonlyArray<{readonly key: string; readonly value?: string; readonly effect: string}>;
	readonly unschedulable?: boolean;
	/** Default `v1.36.3`. */
	readonly kubeletVersion?: string;
};

const usual = {cpu: '8', memory: '32Gi', pods: '110', 'ephemeral-storage': '200Gi'};

/**
 * A node as its kubelet would register it. kwok adds conditions and addresses, and renews the lease for as long as
 * the node is labelled `kwok.x-k8s.io/node`: take the label away and the node falls silent.
 */
export function makeNode(name: string, template: NodeTemplate = {}) {
	const capacity = {...usual, ...template.capacity};
	return {
		apiVersion: 'v1',
		kind: 'Node',
		metadata: {
			name,
			labels: {
				'kwok.x-k8s.io/node': 'fake',
				'kubernetes.io/hostname': name,
				'kubernetes.io/os': 'linux',
				'kubernetes.io/arch': 'amd64',
				...template.labels,
			},
			annotations: {'node.alpha.kubernetes.io/ttl': '0', ...template.annotations},
		},
		spec: {taints: template.taints, unschedulable: template.unschedulable},
		status: {
			capacity,
			allocatable: {...capacity, ...template.allocatable},
			nodeInfo: {
				kubeletVersion: template.kubeletVersion ?? 'v1.36.3',
				operatingSystem: 'linux',
				architecture: 'amd64',
				osImage: 'Debian GNU/Linux 12 (bookworm)',
				kernelVersion: '6.12.0',
				containerRuntimeVersion: 'containerd://2.1.0',
			},
		},
	};
}

export async function addNodes(client: Client, count: number, template: NodeTemplate = {}, within = 60_000): Promise<string[]> {
	const names = Array.from({length: count}, (_, index) => `${template.prefix ?? 'node'}-${index}`);
	await Promise.all(
		names.map(async name => {
			const reply = await client.ask('/api/v1/nodes', {method: 'POST', json: makeNode(name, template)});
			if (reply.status !== 201) throw new Error(`node ${name} was refused: ${reply.text()}`);
		}),
	);
	const end = Date.now() + within;
	for (;;) {
		const ready = new Set(
			items((await client.ask('/api/v1/nodes')).json().items)
				.filter(isReady)
				.map(nameOf),
		);
		if (names.every(name => ready.has(name))) return names;
		if (Date.now() > end) throw new Error(`only ${ready.size} nodes were Ready within ${within / 1000} s`);
		await pause(100);
	}
}

function isReady(node: Raw): boolean {
	return items(node.status?.conditions).some(({type, status}) => text(type) === 'Ready' && text(status) === 'True');
}

function nameOf(node: Raw): string {
	return text(node.metadata?.name);
}

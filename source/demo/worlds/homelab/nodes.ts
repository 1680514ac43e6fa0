import type {Distribution, NodeRow} from '../../objects/machine.ts';
import {stamp} from '../../objects/time.ts';

const quickSync = {'intel.feature.node.kubernetes.io/gpu': 'true'};

/** Nodes with this label peer with the router. */
export const peering = {'homelab.demo/bgp': 'true'};

const gpu = {
	'nvidia.com/gpu.present': 'true',
	'nvidia.com/gpu.product': 'NVIDIA-RTX-4000-SFF-Ada-Generation',
	'nvidia.com/gpu.count': '1',
	'nvidia.com/gpu.memory': '20475',
	'nvidia.com/gpu.family': 'ada-lovelace',
	'nvidia.com/gpu.compute.major': '8',
	'nvidia.com/gpu.compute.minor': '9',
	'nvidia.com/gpu.replicas': '1',
	'nvidia.com/gpu.mode': 'graphics',
	'nvidia.com/gpu.sharing-strategy': 'none',
	'nvidia.com/gpu.machine': 'Precision-3660',
	'nvidia.com/gpu.deploy.dcgm-exporter': 'true',
	'nvidia.com/gpu.deploy.device-plugin': 'true',
	'nvidia.com/cuda.driver-version.full': '580.95.05',
	'nvidia.com/cuda.runtime-version.full': '13.0',
	'nvidia.com/mig.capable': 'false',
	'nvidia.com/mig.strategy': 'single',
};

const server = {controlPlane: true, etcd: true, arch: 'amd64', cores: 8, memoryGi: 32, diskGi: 250} as const;
const pi = {arch: 'arm64', cores: 4, memoryGi: 8, diskGi: 60} as const;

export const nodeRows: readonly NodeRow[] = [
	{
		...server,
		name: 'nuc-1',
		address: '10.0.0.11',
		podCidr: '10.42.0.0/24',
		labels: {...quickSync, ...peering},
		joined: 412,
		booted: 41,
	},
	{
		...server,
		name: 'nuc-2',
		address: '10.0.0.12',
		podCidr: '10.42.1.0/24',
		labels: {...quickSync, ...peering},
		joined: 411,
		booted: 41,
	},
	{
		...server,
		name: 'nuc-3',
		address: '10.0.0.13',
		podCidr: '10.42.2.0/24',
		labels: {...quickSync, ...peering},
		joined: 411,
		booted: 40,
	},
	{
		name: 'ryzen-1',
		arch: 'amd64',
		cores: 16,
		memoryGi: 64,
		diskGi: 500,
		address: '10.0.0.21',
		podCidr: '10.42.3.0/24',
		labels: peering,
		joined: 380,
		booted: 33,
	},
	{...pi, name: 'pi4-1', address: '10.0.0.31', podCidr: '10.42.4.0/24', labels: peering, joined: 350, booted: 92},
	{
		...pi,
		name: 'pi4-2',
		address: '10.0.0.32',
		podCidr: '10.42.5.0/24',
		labels: {...peering, 'homelab.demo/zigbee': 'true'},
		joined: 350,
		booted: 61,
	},
	{
		name: 'nas-1',
		arch: 'amd64',
		cores: 4,
		memoryGi: 16,
		diskGi: 120,
		address: '10.0.0.41',
		podCidr: '10.42.6.0/24',
		joined: 340,
		booted: 120,
	},
	{
		name: 'gpu-1',
		arch: 'amd64',
		cores: 12,
		memoryGi: 64,
		diskGi: 500,
		address: '10.0.0.51',
		podCidr: '10.42.7.0/24',
		gpus: 1,
		labels: {...gpu, ...peering},
		joined: 210,
		booted: 26,
	},
];

const hidden = '********';
const serverArguments =
	`server --cluster-init --tls-san 10.0.0.10 --disable traefik --disable servicelb --flannel-backend none --disable-network-policy --disable-kube-proxy ` +
	`--token ${hidden} --etcd-s3 --etcd-s3-bucket homelab-etcd --etcd-s3-folder etcd --etcd-s3-secret-key ${hidden}`;
const agentArguments = `agent --server https://10.0.0.10:6443 --token ${hidden}`;

export const k3s: Distribution = {
	kubelet: 'v1.35.4+k3s1',
	osImage: 'Debian GNU/Linux 12 (bookworm)',
	kernel: {amd64: '6.1.0-41-amd64', arm64: '6.12.47+rpt-rpi-v8'},
	runtime: 'containerd://2.1.5-k3s1',
	manager: 'k3s',
	finalizers: ['wrangler.cattle.io/node'],
	labels: row => ({
		'beta.kubernetes.io/instance-type': 'k3s',
		'node.kubernetes.io/instance-type': 'k3s',
		...(row.controlPlane ? {'node-role.kubernetes.io/control-plane': 'true'} : {}),
		...(row.etcd ? {'node-role.kubernetes.io/etcd': 'true'} : {}),
	}),
	annotations: (row, now) => ({
		'alpha.kubernetes.io/provided-node-ip': row.address,
		'k3s.io/hostname': row.name,
		'k3s.io/internal-ip': row.address,
		'k3s.io/node-args': JSON.stringify((row.controlPlane ? serverArguments : agentArguments).split(' ')),
		'k3s.io/node-config-hash': 'LIQSMQ2TSH5SXMFX5SIUWBNJHTWFC6RDWRZLVK2CWAJGPC2UNCLA====',
		'k3s.io/node-env': '{}',
		...(row.etcd
			? {
					'etcd.k3s.cattle.io/node-address': row.address,
					'etcd.k3s.cattle.io/node-name': `${row.name}-5e0f4a1b`,
					'etcd.k3s.cattle.io/local-snapshots-timestamp': stamp(now - 90_000),
					'etcd.k3s.cattle.io/s3-snapshots-timestamp': stamp(now - 90_000),
				}
			: {}),
	}),
	conditions: (row, since) =>
		row.etcd
			? [
					{
						type: 'EtcdIsVoter',
						status: 'True',
						reason: 'MemberNotLearner',
						message: 'Node is a voting member of the etcd cluster',
						lastHeartbeatTime: stamp(since),
						lastTransitionTime: stamp(since),
					},
				]
			: [],
};

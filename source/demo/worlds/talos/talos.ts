import {digestOf} from '../../objects/identity.ts';
import type {Distribution, NodeRow} from '../../objects/machine.ts';

const kubernetes = 'v1.36.3';

/** Talos keeps a record of the labels and taints it owns, so that it takes only its own away. */
const owned = (names: readonly string[]) => JSON.stringify(names);

const role = 'node-role.kubernetes.io/control-plane';
const excluded = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** Talos machines; `extensions` are those of the image, by architecture. */
export function talos(
	extensions: Readonly<Record<'amd64' | 'arm64', Readonly<Record<string, string>>>>,
	workloadsOnControlPlane = false,
): Distribution {
	const labelsOf = ({controlPlane, arch}: NodeRow) => ({
		...Object.fromEntries(Object.entries(extensions[arch]).map(([name, version]) => [`extensions.talos.dev/${name}`, version])),
		...(controlPlane ? {[role]: '', [excluded]: ''} : {}),
	});
	const taintsOf = ({controlPlane}: NodeRow) =>
		controlPlane && !workloadsOnControlPlane ? [{key: role, effect: 'NoSchedule'}] : [];
	return {
		kubelet: kubernetes,
		osImage: 'Talos (v1.13.9)',
		kernel: {amd64: '6.18.18-talos', arm64: '6.18.18-talos'},
		runtime: 'containerd://2.2.3',
		manager: 'kubelet',
		labels: labelsOf,
		taints: taintsOf,
		annotations: row => ({
			'cluster.talos.dev/node-id': digestOf('talos', row.name).slice(0, 44),
			'extensions.talos.dev/schematic': digestOf('schematic', row.arch),
			'networking.talos.dev/self-ips': row.address,
			...(row.controlPlane ? {'networking.talos.dev/api-server-port': '6443'} : {}),
			'talos.dev/owned-annotations': owned(['extensions.talos.dev/schematic']),
			'talos.dev/owned-labels': owned(Object.keys(labelsOf(row))),
			...(taintsOf(row).length > 0 ? {'talos.dev/owned-taints': owned([role])} : {}),
		}),
	};
}

/** The static pods of a Talos control plane. */
export const controlPlane = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map(
	name => [name, `registry.k8s.io/${name}:${kubernetes}`] as const,
);

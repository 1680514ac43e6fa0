import {name, type Raw} from '../cluster/raw.ts';

/**
 * Pods whose absence freezes what they write. Read in this order: Velero's chart gives its node agents the server's own
 * `app.kubernetes.io/name` too.
 */
const labels = [
	['app', 'longhorn-manager', 'longhorn-manager'],
	['app', 'longhorn-csi-plugin', 'longhorn-csi-plugin'],
	['app', 'csi-nfs-node', 'csi-nfs-node'],
	['app', 'synology-csi-node', 'synology-csi-node'],
	['app', 'rook-ceph-operator', 'rook-operator'],
	['name', 'node-agent', 'velero-node-agent'],
	['component', 'velero', 'velero'],
	['deploy', 'velero', 'velero'],
	['app.kubernetes.io/name', 'velero', 'velero'],
	['k8s-app', 'cilium', 'cilium-agent'],
	['io.cilium/app', 'operator', 'cilium-operator'],
	['app', 'nvidia-dcgm-exporter', 'dcgm-exporter'],
	['app.kubernetes.io/name', 'dcgm-exporter', 'dcgm-exporter'],
	['k8s-app', 'metrics-server', 'metrics-server'],
	['app.kubernetes.io/name', 'metrics-server', 'metrics-server'],
	['app', 'source-controller', 'source-controller'],
	['app', 'kustomize-controller', 'kustomize-controller'],
	['app', 'helm-controller', 'helm-controller'],
	['app', 'cert-manager', 'cert-manager'],
	['k8s-app', 'kube-dns', 'coredns'],
	['k8s-app', 'coredns', 'coredns'],
	['k8s-app', 'kube-proxy', 'kube-proxy'],
	['k8s-app', 'calico-node', 'calico-node'],
	['k8s-app', 'flannel', 'flannel'],
	['app', 'flannel', 'flannel'],
	// The control plane's static pods, as kubeadm and as Talos label them.
	...(['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'] as const).flatMap(part => [
		['component', part, part] as const,
		['k8s-app', part, part] as const,
	]),
] as const;

/** A controller or agent that is recognised by the labels of its pods. */
export type Component = (typeof labels)[number][2];

/** Label selectors that no pod of a component escapes. */
export const componentSelectors: readonly string[] = [...Map.groupBy(labels, ([key]) => key)].map(
	([key, all]) => `${key} in (${[...new Set(all.map(([, value]) => value))].join(',')})`,
);

/** Which component a pod belongs to; undefined for all the others. */
export function componentOf(podLabels: Raw | undefined): Component | undefined {
	return labels.find(([key, value]) => name(podLabels?.[key]) === value)?.[2];
}

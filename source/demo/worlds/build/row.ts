import type {WorkloadRow} from '../../objects/pod-template.ts';

type More = Partial<Omit<WorkloadRow, 'kind' | 'namespace' | 'name' | 'image' | 'on' | 'cpu' | 'memory'>>;

type Row = (
	namespace: string,
	name: string,
	image: string,
	on: readonly string[] | string,
	cpu: string,
	memory: string,
	more?: More,
) => WorkloadRow;

function row(kind: WorkloadRow['kind']): Row {
	return (namespace, name, image, on, cpu, memory, more = {}) => ({
		kind,
		namespace,
		name,
		image,
		on: typeof on === 'string' ? [on] : on,
		cpu,
		memory,
		...more,
	});
}

/** One line of a table of workloads: a Deployment. */
export const app = row('Deployment');
/** A StatefulSet. */
export const kept = row('StatefulSet');
/** A DaemonSet. */
export const daemon = row('DaemonSet');

/** Daemons of the node itself: in its network, wherever there is a node. */
export const host = {hostNetwork: true, tolerateAll: true, priorityClass: 'system-node-critical'} as const;

/** Keeps a workload on x86. */
export const amd64 = {nodeSelector: {'kubernetes.io/arch': 'amd64'}};

const kubelet = '/var/lib/kubelet';

/** The kubelet's directories as a CSI plugin sees them: where it listens, where it registers, where it mounts. */
export function csiPaths(driver: string): Readonly<Record<string, string>> {
	return {
		'socket-dir': `${kubelet}/plugins/${driver}`,
		'registration-dir': `${kubelet}/plugins_registry`,
		'pods-mount-dir': `${kubelet}/pods`,
	};
}

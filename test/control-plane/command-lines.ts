import {join} from 'node:path';

/** Where everything is: files in one folder, ports on 127.0.0.1. */
export type Layout = {
	readonly directory: string;
	readonly ports: {readonly etcd: number; readonly etcdPeer: number; readonly apiserver: number; readonly kwok: number};
};

/** What of the programs can be set. Times are Go durations (`4s`). */
export type Settings = {
	/** How soon etcd's history is forgotten; `0` for never. Twice this later an old version is `410 Gone`. */
	readonly etcdCompactionInterval?: string;
	/** How long a node's lease may be late before it is NotReady (real default 50s). */
	readonly nodeMonitorGracePeriod?: string;
	/** Further flags of the API server, which win over those here: `--goaway-chance=0.02`, the most it takes, for GOAWAYs. */
	readonly apiserverFlags?: readonly string[];
};

const host = '127.0.0.1';

export const etcdUrl = ({ports}: Layout): string => `http://${host}:${ports.etcd}`;
export const serverUrl = ({ports}: Layout): string => `https://${host}:${ports.apiserver}`;

/** The programs that run, in the order of their start. */
export const programNames = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok'] as const;

export type ProgramName = (typeof programNames)[number];

/** The arguments of each program, by its name. */
export function commandLines(layout: Layout, settings: Settings): Record<ProgramName, string[]> {
	return {
		etcd: etcd(layout),
		'kube-apiserver': apiserver(layout, settings),
		'kube-controller-manager': controllerManager(layout, settings),
		'kube-scheduler': scheduler(layout),
		kwok: kwok(layout),
	};
}

function etcd(layout: Layout): string[] {
	const {directory, ports} = layout;
	const peer = `http://${host}:${ports.etcdPeer}`;
	return [
		`--data-dir=${join(directory, 'etcd')}`,
		`--listen-client-urls=${etcdUrl(layout)}`,
		`--advertise-client-urls=${etcdUrl(layout)}`,
		`--listen-peer-urls=${peer}`,
		`--initial-advertise-peer-urls=${peer}`,
		`--initial-cluster=default=${peer}`,
		// Nothing here must survive a power cut.
		'--unsafe-no-fsync',
		'--quota-backend-bytes=8589934592',
		'--max-request-bytes=8388608',
		'--log-level=warn',
	];
}

function apiserver(layout: Layout, {etcdCompactionInterval = '5m', apiserverFlags = []}: Settings): string[] {
	const {directory, ports} = layout;
	return [
		`--etcd-servers=${etcdUrl(layout)}`,
		`--etcd-compaction-interval=${etcdCompactionInterval}`,
		`--bind-address=${host}`,
		`--secure-port=${ports.apiserver}`,
		`--advertise-address=${host}`,
		// A loopback address may not stand in the endpoints of the service `kubernetes`.
		'--endpoint-reconciler-type=none',
		`--tls-cert-file=${join(directory, 'server.crt')}`,
		`--tls-private-key-file=${join(directory, 'server.key')}`,
		`--client-ca-file=${join(directory, 'ca.crt')}`,
		`--cert-dir=${directory}`,
		'--anonymous-auth=false',
		'--authorization-mode=Node,RBAC',
		'--service-account-issuer=https://kubernetes.default.svc',
		`--service-account-key-file=${join(directory, 'tokens.pub')}`,
		`--service-account-signing-key-file=${join(directory, 'tokens.key')}`,
		'--service-cluster-ip-range=10.96.0.0/16',
		'--allow-privileged=true',
		'--event-ttl=1h',
		...apiserverFlags,
	];
}

function controllerManager({directory}: Layout, {nodeMonitorGracePeriod = '50s'}: Settings): string[] {
	return [
		`--kubeconfig=${join(directory, 'kube-controller-manager.kubeconfig')}`,
		// Without it RBAC refuses the controllers: evictions would answer "still being processed" for ever.
		'--use-service-account-credentials=true',
		`--service-account-private-key-file=${join(directory, 'tokens.key')}`,
		`--root-ca-file=${join(directory, 'ca.crt')}`,
		`--cluster-signing-cert-file=${join(directory, 'ca.crt')}`,
		`--cluster-signing-key-file=${join(directory, 'ca.key')}`,
		`--node-monitor-grace-period=${nodeMonitorGracePeriod}`,
		'--leader-elect=false',
		'--secure-port=0',
	];
}

function scheduler({directory}: Layout): string[] {
	return [`--kubeconfig=${join(directory, 'kube-scheduler.kubeconfig')}`, '--leader-elect=false', '--secure-port=0'];
}

function kwok({directory, ports}: Layout): string[] {
	return [
		`--kubeconfig=${join(directory, 'admin.kubeconfig')}`,
		`--config=${join(import.meta.dirname, 'kwok.yaml')}`,
		'--manage-nodes-with-label-selector=kwok.x-k8s.io/node=fake',
		'--node-lease-duration-seconds=40',
		'--cidr=10.244.0.0/16',
		`--node-ip=${host}`,
		`--node-port=${ports.kwok}`,
		`--server-address=${host}:${ports.kwok}`,
		`--tls-cert-file=${join(directory, 'server.crt')}`,
		`--tls-private-key-file=${join(directory, 'server.key')}`,
	];
}

import type {Identity, Kind} from '../cluster/kind.ts';
import {entries, flag, instant, items, name, number, quantity, type Raw, text} from '../cluster/raw.ts';
import {safeText} from '../cluster/safe-text.ts';
import {type Labels, labelsOf} from '../cluster/selector.ts';
import type {RawName, SafeText, StoredRecord} from '../vocabulary.ts';
import {cordonWriter, markOf} from './cordon-mark.ts';
import {rootDirOf} from './root-dir.ts';
import {type SnapshotArguments, snapshotArgumentsOf} from './snapshot-args.ts';

/** A condition as the object carries it; `unset` is anything but the three words the API allows. */
export type Condition = {
	readonly type: SafeText;
	readonly status: 'True' | 'False' | 'Unknown' | 'unset';
	readonly reason: SafeText;
	readonly message: SafeText;
	/** Last transition, epoch ms. */
	readonly since: number;
};

/** An extended resource of the GPU family (`nvidia.com/gpu`, `nvidia.com/mig-1g.5gb`), in whole devices or slices. */
type GpuResource = {
	readonly resource: RawName;
	readonly capacity: number;
	readonly allocatable: number;
};

/** What GPU feature discovery says about the node in labels; texts are empty where it says nothing. */
type GpuLabels = {
	readonly product: SafeText;
	readonly count?: number;
	/** MiB per device. */
	readonly memory?: number;
	readonly replicas?: number;
	readonly sharing: SafeText;
	readonly migStrategy: SafeText;
};

export type NodeRecord = StoredRecord & {
	/** For selectors; never printed. */
	readonly labels: Labels;
	readonly roles: readonly SafeText[];
	readonly conditions: readonly Condition[];
	readonly unschedulable: boolean;
	/** When the cordon's taint was added, 0 when unknown. */
	readonly cordonedAt: number;
	/** Talos marks the nodes it cordoned itself (for an upgrade or reboot). */
	readonly cordonedByTalos: boolean;
	/** Who cordoned it with midwatch (`anna@bridge`), or the tool that last wrote the cordon (`kubectl`); `''` when nobody says. */
	readonly cordonedBy: SafeText;
	readonly deletingAt: number;
	readonly address: SafeText;
	readonly architecture: SafeText;
	readonly system: SafeText;
	readonly kernel: SafeText;
	readonly runtime: SafeText;
	readonly kubelet: SafeText;
	/** Changes with every boot of the machine. */
	readonly bootId: SafeText;
	/** Where the kubelet lives, where k3s says that it was moved; `''` where it does not. */
	readonly rootDir: SafeText;
	/** Allocatable: cores, bytes, pods; undefined when the kubelet never reported. */
	readonly cpu: number | undefined;
	readonly memory: number | undefined;
	readonly maxPods: number | undefined;
	readonly gpus: readonly GpuResource[];
	readonly gpuLabels?: GpuLabels;
	readonly snapshots?: SnapshotArguments;
};

const rolePrefix = 'node-role.kubernetes.io/';
const gpuResource = /^nvidia\.com\/(gpu|gpu\.shared|mig-[\w.-]+)$/;
const statuses = ['True', 'False', 'Unknown'] as const;

const condition = (raw: Raw): Condition => ({
	type: text(raw.type, 64),
	status: statuses.find(status => status === name(raw.status)) ?? 'unset',
	reason: text(raw.reason, 64),
	message: text(raw.message, 256),
	since: instant(raw.lastTransitionTime),
});

/** As kubectl does: the suffix of every role label, and the value of the old one. */
function rolesOf(labels: Raw | undefined): readonly SafeText[] {
	const roles = entries(labels)
		.filter(([key]) => key.startsWith(rolePrefix))
		.map(([key]) => safeText(key.slice(rolePrefix.length), 32));
	const old = text(labels?.['kubernetes.io/role'], 32);
	return [...new Set([...roles, old])].filter(role => role !== '').sort();
}

function gpusOf(status: Raw | undefined): readonly GpuResource[] {
	const capacity = entries(status?.capacity).filter(([key]) => gpuResource.test(key));
	return capacity.map(([resource, total]) => ({
		resource: resource as RawName,
		capacity: quantity(total) ?? 0,
		allocatable: quantity(status?.allocatable?.[resource]) ?? 0,
	}));
}

function gpuLabelsOf(labels: Raw | undefined): GpuLabels | undefined {
	const of = (key: string) => labels?.[`nvidia.com/${key}`];
	const product = text(of('gpu.product'), 64);
	const sharing = text(of('gpu.sharing-strategy'), 32);
	const migStrategy = text(of('mig.strategy'), 32);
	if (product === '' && sharing === '' && migStrategy === '') return undefined;
	const count = number(of('gpu.count'));
	const memory = number(of('gpu.memory'));
	const replicas = number(of('gpu.replicas'));
	return {
		product,
		sharing,
		migStrategy,
		...(count === undefined ? {} : {count}),
		...(memory === undefined ? {} : {memory}),
		...(replicas === undefined ? {} : {replicas}),
	};
}

/** A person where midwatch was their tool, else the tool. */
function cordonerOf(raw: Raw): SafeText {
	if (!flag(raw.spec?.unschedulable)) return text(undefined);
	return markOf(raw)?.by ?? cordonWriter(raw)?.by ?? text(undefined);
}

function project(raw: Raw, identity: Identity): NodeRecord {
	const {metadata, spec, status} = raw;
	const info = status?.nodeInfo;
	const cordon = items(spec?.taints).find(taint => name(taint.key) === 'node.kubernetes.io/unschedulable');
	const addresses = items(status?.addresses);
	const internal = addresses.find(address => name(address.type) === 'InternalIP') ?? addresses[0];
	const gpuLabels = gpuLabelsOf(metadata?.labels);
	const nodeArgs = metadata?.annotations?.['k3s.io/node-args'];
	const snapshots = snapshotArgumentsOf(nodeArgs);
	return {
		...identity,
		labels: labelsOf(metadata?.labels),
		roles: rolesOf(metadata?.labels),
		conditions: items(status?.conditions).map(condition),
		unschedulable: flag(spec?.unschedulable),
		cordonedAt: instant(cordon?.timeAdded),
		cordonedByTalos: metadata?.annotations?.['talos.dev/cordoned'] !== undefined,
		cordonedBy: cordonerOf(raw),
		deletingAt: instant(metadata?.deletionTimestamp),
		address: text(internal?.address, 64),
		architecture: text(info?.architecture, 16),
		system: text(info?.osImage, 64),
		kernel: text(info?.kernelVersion, 64),
		runtime: text(info?.containerRuntimeVersion, 64),
		kubelet: text(info?.kubeletVersion, 32),
		bootId: text(info?.bootID, 64),
		rootDir: rootDirOf(nodeArgs),
		cpu: quantity(status?.allocatable?.cpu),
		memory: quantity(status?.allocatable?.memory),
		maxPods: quantity(status?.allocatable?.pods),
		gpus: gpusOf(status),
		...(gpuLabels === undefined ? {} : {gpuLabels}),
		...(snapshots === undefined ? {} : {snapshots}),
	};
}

export const nodeKind: Kind<NodeRecord> = {
	id: 'nodes',
	group: '',
	versions: ['v1'],
	plural: 'nodes',
	kind: 'Node',
	namespaced: false,
	project,
};

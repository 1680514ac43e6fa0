import {safeText} from '../cluster/safe-text.ts';
import {stillTrue, type Told} from '../reuse.ts';
import {type RawName, type Reading, type SafeText, say} from '../vocabulary.ts';
import {isKnown, shownName} from '../words.ts';
import type {Component} from '../workloads/component.ts';
import type {Controllers} from '../workloads/controllers.ts';
import type {PodRecord} from '../workloads/pod.ts';
import type {AttachmentRecord, CsiNodeRecord} from './kubernetes.ts';
import type {LonghornNodeRecord} from './longhorn.ts';
import type {NodeStanding} from './standing.ts';
import {longhornDriver} from './verdict.ts';
import type {MountFailure} from './warnings.ts';

/** The pods that bring a CSI driver to a node. */
const plugins = [
	['longhorn-csi-plugin', longhornDriver],
	['csi-nfs-node', 'nfs.csi.k8s.io'],
	['synology-csi-node', 'csi.san.synology.com'],
] as const satisfies ReadonlyArray<readonly [Component, string]>;

/** A CSI driver that a node should have, and by some sign does not. */
export type DriverFact = Told & {
	readonly driver: SafeText;
	readonly node: RawName;
	/** `driver.longhorn.io on nuc-2` */
	readonly shown: SafeText;
	/** Whether the node's CSINode lists it; undefined while that cannot be seen. That it does proves nothing. */
	readonly isListed: boolean | undefined;
	/** The pod that should register it; undefined where none is known. */
	readonly plugin: PodRecord | undefined;
	/** Pods that fail to mount because of it. */
	readonly failures: readonly MountFailure[];
	/** Where the kubelet of this node keeps its files by its own arguments, `''` where they do not say. */
	readonly rootDir: SafeText;
	/** When that kubelet was last restarted, epoch ms; 0 where nothing tells. */
	readonly restartedAt: number;
	/** Where the kubelets of the other nodes with this plugin do, each once. */
	readonly elsewhere: readonly SafeText[];
};

export type DriverInput = {
	readonly csiNodes: Reading<CsiNodeRecord>;
	readonly attachments: Reading<AttachmentRecord>;
	readonly longhornNodes: Reading<LonghornNodeRecord>;
	readonly controllers: Controllers;
	readonly failures: readonly MountFailure[];
	readonly nodes: ReadonlyMap<string, NodeStanding>;
};

/** The pods of each plugin; the same lists while none of them changed. */
export const pluginsOf = ({controllers}: Pick<DriverInput, 'controllers'>): ReadonlyArray<readonly PodRecord[] | undefined> =>
	plugins.map(([component]) => controllers.records.get(component));

type Place = {readonly driver: string; readonly node: RawName};

const keyOfPlace = ({driver, node}: Place) => `${driver} ${node}`;

/** The pods that bring drivers, by driver and node. */
function pluginPods({controllers}: DriverInput): ReadonlyMap<string, PodRecord> {
	return new Map(
		plugins.flatMap(([component, driver]) =>
			(controllers.records.get(component) ?? []).map(pod => [keyOfPlace({driver, node: pod.node}), pod] as const),
		),
	);
}

/** Where a driver should be: beside its plugin, where something is to be attached, wherever Longhorn runs, where a pod asks for it. */
function wanted(input: DriverInput): ReadonlyMap<string, Place> {
	const {attachments, longhornNodes, controllers, failures} = input;
	const places: readonly Place[] = [
		...plugins.flatMap(([component, driver]) => (controllers.records.get(component) ?? []).map(({node}) => ({driver, node}))),
		...[...attachments.records.values()].map(({attacher, node}) => ({driver: attacher, node})),
		...[...longhornNodes.records.values()].map(({name}) => ({driver: longhornDriver, node: name})),
		...failures.map(({driver, node}) => ({driver, node})),
	];
	return new Map(places.filter(({driver, node}) => driver !== '' && node !== '').map(place => [keyOfPlace(place), place]));
}

/**
 * The drivers that ready nodes miss, by any of three signs: CSINode does not list it, its plugin's pod is not ready, a pod's
 * mount failed for want of it. CSINode alone is not proof of health: kubelet leaves its entries alone when it starts.
 */
export function missingDrivers(input: DriverInput, previous: readonly DriverFact[]): readonly DriverFact[] {
	const {csiNodes, failures, nodes} = input;
	const [pods, dirs] = [pluginPods(input), kubeletDirs(input)];
	const before = new Map(previous.map(fact => [keyOfPlace(fact), fact]));
	const failing = Map.groupBy(
		failures.filter(({driver}) => driver !== ''),
		keyOfPlace,
	);
	const listed = ({driver, node}: Place) =>
		isKnown(csiNodes.state) ? csiNodes.records.get(node)?.drivers.some(name => name === driver) === true : undefined;
	return [...wanted(input)]
		.filter(([, {node}]) => nodes.get(node)?.word === 'ready')
		.flatMap(([key, place]) => {
			const [isListed, plugin, mounts] = [listed(place), pods.get(key), failing.get(key) ?? []];
			if (isListed !== false && plugin?.ready !== false && mounts.length === 0) return [];
			const {rootDir = safeText(''), restartedAt = 0} = nodes.get(place.node) ?? {};
			const elsewhere = [...(dirs.get(place.driver) ?? [])]
				.filter(([dir, beside]) => dir !== '' && beside.some(({node}) => node !== place.node))
				.map(([dir]) => dir)
				.sort();
			const from = [isListed, plugin, rootDir, restartedAt, elsewhere.join(), ...mounts.map(({event}) => event)];
			const fact = {
				isListed,
				plugin,
				failures: mounts,
				rootDir,
				restartedAt,
				elsewhere,
				from,
				asOf: 0,
				turnsAt: Number.POSITIVE_INFINITY,
			};
			return [stillTrue(before.get(key), from, 0) ?? {...fact, ...named(place)}];
		})
		.sort((a, b) => (a.shown < b.shown ? -1 : 1));
}

function named({driver, node}: Place): Pick<DriverFact, 'driver' | 'node' | 'shown'> {
	const shown = safeText(driver, 253);
	return {driver: shown, node, shown: say`${shown} on ${shownName({name: node})}`};
}

/** Where the kubelets beside each driver's plugin keep their files, as far as they say it, or the plugin finds them there. */
function kubeletDirs({controllers, nodes}: DriverInput): ReadonlyMap<string, ReadonlyMap<SafeText, readonly PodRecord[]>> {
	const ready = (component: Component) => (controllers.records.get(component) ?? []).filter(pod => pod.ready);
	const dirOf = ({node, kubeletDir}: PodRecord) => nodes.get(node)?.rootDir || kubeletDir;
	return new Map(plugins.map(([component, driver]) => [driver, Map.groupBy(ready(component), dirOf)]));
}

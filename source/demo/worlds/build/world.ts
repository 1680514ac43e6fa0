import type {KubeObject, ResourceType, World} from '../../model.ts';
import {type BudgetRow, budget} from '../../objects/budget.ts';
import {ciliumResources} from '../../objects/cilium/cilium.ts';
import {csiDriver, csiNode, type DriverRow} from '../../objects/csi.ts';
import {longhornResources} from '../../objects/longhorn/longhorn.ts';
import type {Distribution, NodeRow} from '../../objects/machine.ts';
import {namespaceWithDefaults} from '../../objects/namespace.ts';
import type {NodeObject} from '../../objects/node.ts';
import type {WorkloadRow} from '../../objects/pod-template.ts';
import {type QuotaRow, quota} from '../../objects/quota.ts';
import {type StorageClassRow, storageClass} from '../../objects/storage-class.ts';
import {day} from '../../objects/time.ts';
import {veleroResources} from '../../objects/velero/velero.ts';
import {play} from '../../players/play.ts';
import {metricsResources} from '../../players/usage.ts';
import {type BackedUp, backedUp} from './backed-up.ts';
import {type ClaimedRow, claimed} from './claimed.ts';
import {coreServices} from './core-services.ts';
import {deployed} from './deployed.ts';
import {elected} from './elected.ts';
import {type ExposedRow, exposed} from './exposed.ts';
import {type HookedRow, hooked} from './hooked.ts';
import {instanceManagerPods} from './instance-managers.ts';
import {machines} from './machines.ts';
import {type Bgp, peered} from './peered.ts';
import {type Replicated, replicated} from './replicated.ts';
import {staticPods} from './static-pods.ts';

/** A cluster in tables; what a table leaves out, the cluster does not have. */
export type Plan = Pick<World, 'id' | 'title' | 'description'> & {
	/** Days since it was built. */
	readonly age: number;
	readonly distribution: Distribution;
	readonly nodes: readonly NodeRow[];
	/** Control-plane components that run as static pods (name, image); k3s has none. */
	readonly statics?: ReadonlyArray<readonly [name: string, image: string]>;
	readonly workloads: readonly WorkloadRow[];
	readonly services: readonly ExposedRow[];
	readonly budgets: ReadonlyArray<Pick<BudgetRow, 'namespace' | 'name' | 'selector' | 'minAvailable' | 'maxUnavailable'>>;
	readonly storageClasses: readonly StorageClassRow[];
	/** CSI drivers and the nodes they are registered on. */
	readonly drivers: ReadonlyArray<DriverRow & {readonly on: readonly string[]}>;
	readonly claims: readonly ClaimedRow[];
	readonly longhorn?: Replicated;
	readonly bgp?: Bgp;
	readonly velero?: BackedUp;
	/** Whether metrics-server is there. */
	readonly metrics: boolean;
	/** Webhooks that the API server must ask. */
	readonly webhooks?: readonly HookedRow[];
	readonly quotas?: readonly QuotaRow[];
	readonly more?: (now: number) => readonly KubeObject[];
	readonly moreResources?: readonly ResourceType[];
};

/** Turns the tables of a cluster into a world that can be played. */
export function worldOf(plan: Plan): World {
	const {id, title, description, distribution} = plan;
	return {
		id,
		title,
		description,
		version: distribution.kubelet,
		resources: [
			...(plan.longhorn ? longhornResources : []),
			...(plan.bgp ? ciliumResources : []),
			...(plan.velero ? veleroResources : []),
			...(plan.metrics ? metricsResources : []),
			...(plan.moreResources ?? []),
		],
		objects: (now, random) => objectsOf(plan, now, random),
		play,
	};
}

function objectsOf(plan: Plan, now: number, random: () => number): readonly KubeObject[] {
	const createdAt = now - plan.age * day;
	const nodes = machines(plan.nodes, plan.distribution, now, random);
	const real = nodes.filter((object): object is NodeObject => object.kind === 'Node');
	const {objects, pods: ours} = deployed(plan.workloads, plan.nodes, now, random);
	const managers = plan.longhorn ? instanceManagerPods(plan.longhorn.disks, plan.nodes, now) : [];
	const pods = [...ours, ...managers];
	const used = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease', ...plan.workloads.map(row => row.namespace)]);
	return [
		...[...used].flatMap(name => namespaceWithDefaults(name, createdAt)),
		...nodes,
		...plan.drivers.map(driver => csiDriver(driver, createdAt)),
		...real.map(node =>
			csiNode(
				node,
				plan.drivers.filter(({on}) => on.includes(node.metadata.name)),
			),
		),
		...plan.storageClasses.map(row => storageClass(row, createdAt)),
		...objects,
		...managers,
		...staticPods(plan.statics ?? [], plan.nodes, real, now),
		...(plan.longhorn ? replicated(plan.longhorn, pods, now) : []),
		...claimed(plan, pods, createdAt),
		...exposed(plan.services, plan.workloads, pods, createdAt),
		...coreServices(plan.nodes, plan.workloads, pods, createdAt),
		...hooked(plan.webhooks ?? [], plan.workloads, pods, createdAt),
		...(plan.quotas ?? []).map(row => quota(row, createdAt)),
		...(plan.bgp ? peered(plan.bgp, real, now, random) : []),
		...(plan.velero ? backedUp(plan.velero, now, random) : []),
		...elected(plan.nodes, plan.workloads, createdAt, now),
		...plan.budgets.map(row => budget({...row, createdAt})),
		...(plan.more?.(now) ?? []),
	];
}

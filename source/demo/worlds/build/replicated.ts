import type {KubeObject} from '../../model.ts';
import {boundClaim, volumeNameOf} from '../../objects/claim.ts';
import {attachment} from '../../objects/csi.ts';
import {instanceManager, instanceManagerBudget} from '../../objects/longhorn/instance-manager.ts';
import {longhorn, setting} from '../../objects/longhorn/longhorn.ts';
import type {ReplicaObject} from '../../objects/longhorn/replica.ts';
import {type DiskRow, storageNode} from '../../objects/longhorn/storage-node.ts';
import {volume} from '../../objects/longhorn/volume.ts';
import {claimsOf, type PodObject} from '../../objects/pod.ts';
import {day} from '../../objects/time.ts';

/** One Longhorn volume with its claim: what it is for, its class (which is also the tag of its disks), its copies. */
export type ReplicatedRow = readonly [
	namespace: string,
	claim: string,
	tag: string,
	size: string,
	used: string,
	on: readonly string[],
];

export type Replicated = {
	readonly volumes: readonly ReplicatedRow[];
	readonly disks: readonly DiskRow[];
	readonly settings: Readonly<Record<string, string>>;
	readonly age: number;
};

/** All that Longhorn holds: claims, volumes and copies, attached where the pods run; disks that know what is on them. */
export function replicated(
	{volumes, disks, settings, age}: Replicated,
	pods: readonly PodObject[],
	now: number,
): readonly KubeObject[] {
	const createdAt = now - age * day;
	const made = volumes.flatMap(row => replicatedVolume(row, pods, createdAt));
	const copies = made.filter((object): object is ReplicaObject => object.kind === 'Replica');
	const nodes = Map.groupBy(disks, ({node}) => node);
	return [
		...made,
		...[...nodes].flatMap(([node, own]) => {
			const manager = instanceManager(node, createdAt);
			return [storageNode(node, own, copies, createdAt), manager, instanceManagerBudget(manager, createdAt)];
		}),
		...Object.entries(settings).map(([name, value]) => setting(name, value, createdAt)),
	];
}

function replicatedVolume(
	[namespace, claim, tag, size, used, on]: ReplicatedRow,
	pods: readonly PodObject[],
	createdAt: number,
): KubeObject[] {
	const users = pods.filter(pod => pod.metadata.namespace === namespace && claimsOf(pod).includes(claim));
	const node = users[0]?.spec.nodeName;
	const name = volumeNameOf(namespace, claim);
	const backing = {csi: longhorn.driver, fsType: 'ext4', attributes: {diskSelector: tag, numberOfReplicas: `${on.length}`}};
	return [
		...boundClaim({namespace, name: claim, storageClass: tag, size, createdAt, backing, provisioner: longhorn.driver}),
		...volume({
			name,
			namespace,
			claim,
			size,
			used,
			tag,
			replicas: on,
			node,
			pods: users.map(pod => pod.metadata.name),
			createdAt,
		}),
		...(node === undefined ? [] : [attachment(longhorn.driver, name, node, createdAt)]),
	];
}

import type {KubeObject} from '../../model.ts';
import {type Backing, boundClaim, volumeNameOf} from '../../objects/claim.ts';
import {attachment, type DriverRow} from '../../objects/csi.ts';
import {claimsOf, type PodObject} from '../../objects/pod.ts';
import type {StorageClassRow} from '../../objects/storage-class.ts';

/** A claim, its class and size, and what stands behind it: a node's own disk, an export, or a driver's volume. */
export type ClaimedRow = readonly [namespace: string, claim: string, storageClass: string, size: string, behind: Behind];

type Behind =
	| {readonly node: string}
	| {readonly server: string; readonly path: string}
	| {readonly driver: string; readonly attributes?: Readonly<Record<string, string>>; readonly shared?: boolean};

type Known = {
	readonly claims: readonly ClaimedRow[];
	readonly storageClasses: readonly StorageClassRow[];
	readonly drivers: readonly DriverRow[];
};

/** Claims that no controller of ours looks after, with their volumes; where a driver attaches, they are attached where their pods run. */
export function claimed(
	{claims, storageClasses, drivers}: Known,
	pods: readonly PodObject[],
	createdAt: number,
): readonly KubeObject[] {
	return claims.flatMap(([namespace, name, storageClass, size, behind]) => {
		const known = storageClasses.find(each => each.name === storageClass);
		const provisioner = known?.provisioner ?? '';
		const shared = 'server' in behind || ('driver' in behind && behind.shared === true);
		const mode = shared ? ('ReadWriteMany' as const) : ('ReadWriteOnce' as const);
		const made = boundClaim({
			namespace,
			name,
			storageClass,
			size,
			mode,
			createdAt,
			backing: backingOf(behind, known, `${volumeNameOf(namespace, name)}_${namespace}_${name}`),
			provisioner,
		});
		const driver = 'driver' in behind ? drivers.find(each => each.name === behind.driver) : undefined;
		if (!driver || driver.attaches === false) return made;
		const users = pods.filter(pod => pod.metadata.namespace === namespace && claimsOf(pod).includes(name));
		const on = new Set(users.flatMap(({spec}) => (spec.nodeName ? [spec.nodeName] : [])));
		return [...made, ...[...on].map(node => attachment(driver.name, volumeNameOf(namespace, name), node, createdAt))];
	});
}

function backingOf(behind: Behind, storageClass: StorageClassRow | undefined, volume: string): Backing {
	if ('server' in behind) return {nfs: behind.server, path: behind.path};
	if ('driver' in behind) {
		const {driver: csi, attributes = {}, shared} = behind;
		return {csi, attributes, ...(shared ? {} : {fsType: 'ext4'})};
	}
	return {node: behind.node, ...directoryOf(storageClass, volume)};
}

/** Where local provisioners put their directories: k3s' own, OpenEBS', and local-path as it comes. */
function directoryOf(storageClass: StorageClassRow | undefined, volume: string): {path: string; as: 'local' | 'hostPath'} {
	if (storageClass?.provisioner === 'openebs.io/local') return {path: `/var/openebs/local/${volume}`, as: 'local'};
	if (storageClass?.annotations?.defaultVolumeType === 'local')
		return {path: `/var/lib/rancher/k3s/storage/${volume}`, as: 'local'};
	return {path: `/opt/local-path-provisioner/${volume}`, as: 'hostPath'};
}

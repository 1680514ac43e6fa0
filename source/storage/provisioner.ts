import {own, type SafeText, say} from '../vocabulary.ts';
import {count} from '../words.ts';
import type {PersistentVolumeRecord, StorageClassRecord} from './kubernetes.ts';
import {longhornDriver} from './verdict.ts';

type About = {readonly replicas: number | undefined; readonly server: SafeText; readonly provisioner: SafeText};

const local = () => own('on one node');
const served = (what: string) => (about: About) => (about.server === '' ? own(what) : say`${own(what)} ${about.server}`);

/** Provisioners and in-tree volume kinds, and what they mean for the one whose data it is. */
const kinds: ReadonlyArray<readonly [pattern: RegExp, kind: (about: About) => SafeText]> = [
	[/^driver\.longhorn\.io$/, ({replicas}) => (replicas === undefined ? own('longhorn') : say`longhorn ×${replicas}`)],
	[/\.rbd\.csi\.ceph\.com$/, () => own('ceph block')],
	[/\.cephfs\.csi\.ceph\.com$/, () => own('cephfs')],
	[/^(rancher\.io\/local-path|openebs\.io\/local|topolvm\.(io|cybozu\.com)|local|hostPath)$/, local],
	[/^(local|zfs|lvm)\.csi\.openebs\.io$/, local],
	[/^(nfs\.csi\.k8s\.io|nfs)$/, served('nfs')],
	[/^csi\.san\.synology\.com$/, served('nas')],
];

/** The one server all of these live on, or how many there are. */
function serverOf(storageClass: StorageClassRecord | undefined, volumes: readonly PersistentVolumeRecord[]): SafeText {
	const servers = new Set([storageClass?.server ?? '', ...volumes.map(({server}) => server)].filter(server => server !== ''));
	const [only] = servers;
	return servers.size > 1 ? say`${count(servers.size, 'server')}` : own(only ?? '');
}

/** What stands behind a class, told from its provisioner or, where that says nothing, from its volumes. */
export function kindOf(storageClass: StorageClassRecord | undefined, volumes: readonly PersistentVolumeRecord[]): SafeText {
	const drivers = [...new Set(volumes.map(({driver}) => driver))];
	const provisioner = storageClass?.provisioner ?? own('');
	const about = {replicas: storageClass?.replicas, server: serverOf(storageClass, volumes), provisioner};
	for (const name of [provisioner, ...(drivers.length === 1 ? drivers : [])]) {
		const found = kinds.find(([pattern]) => pattern.test(name));
		if (found !== undefined) return found[1](about);
	}
	const isNamed = provisioner !== '' && provisioner !== 'kubernetes.io/no-provisioner';
	return isNamed ? provisioner : own(drivers.length === 0 ? 'made by hand' : drivers.length === 1 ? (drivers[0] ?? '') : 'mixed');
}

/** True where Longhorn keeps the copies. */
export const isLonghorn = (storageClass: StorageClassRecord | undefined): storageClass is StorageClassRecord =>
	storageClass?.provisioner === longhornDriver;

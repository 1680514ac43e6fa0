import type {KubeObject, ResourceType} from '../../model.ts';
import {uidOf} from '../identity.ts';
import {type About, object} from '../object.ts';

/** Where Longhorn lives, what its CSI driver is called, and which release it is. */
export const longhorn = {namespace: 'longhorn-system', driver: 'driver.longhorn.io', release: 'v1.9.2'} as const;

/** An object of Longhorn's, in its namespace and version. */
export function longhornObject<Body extends Readonly<Record<string, unknown>>>(kind: string, about: About, body: Body) {
	return object('longhorn.io/v1beta2', kind, {namespace: longhorn.namespace, finalizers: ['longhorn.io'], ...about}, body);
}

/** The uid Longhorn gave the disk with this tag. */
export function diskUuid(node: string, tag: string): string {
	return uidOf('disk', node, tag);
}

/** One per node. */
export function instanceManagerName(node: string): string {
	return `instance-manager-${uidOf('instance-manager', node).replaceAll('-', '')}`;
}

/** A Longhorn setting; its value stands at the top level. */
export function setting(name: string, value: string, createdAt: number): KubeObject {
	return longhornObject('Setting', {name, createdAt}, {value, status: {applied: true}});
}

function crd(plural: string, kind: string, shortName: string): ResourceType {
	const shared = {group: 'longhorn.io', versions: ['v1beta2'], namespaced: true, status: true, custom: true};
	return {...shared, plural, kind, singular: kind.toLowerCase(), shortNames: [shortName]};
}

/** What Longhorn's definitions serve, as far as a world has it. */
export const longhornResources: readonly ResourceType[] = [
	crd('volumes', 'Volume', 'lhv'),
	crd('engines', 'Engine', 'lhe'),
	crd('replicas', 'Replica', 'lhr'),
	crd('nodes', 'Node', 'lhn'),
	crd('instancemanagers', 'InstanceManager', 'lhim'),
	crd('settings', 'Setting', 'lhs'),
	crd('snapshots', 'Snapshot', 'lhsnap'),
	crd('backups', 'Backup', 'lhb'),
	crd('backupvolumes', 'BackupVolume', 'lhbv'),
	crd('backuptargets', 'BackupTarget', 'lhbt'),
	crd('recurringjobs', 'RecurringJob', 'lhrj'),
];

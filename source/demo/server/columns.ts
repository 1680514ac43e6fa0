import {entries, flag, instant, items, name, number, type Raw} from '../../cluster/raw.ts';
import type {KubeObject, ResourceType} from '../model.ts';
import {
	ageColumn,
	containerColumns,
	count,
	field,
	humanDuration,
	labelText,
	nameColumn,
	raw,
	selectorColumn,
	since,
	type TableColumn,
	wide,
} from './cells.ts';
import {podColumns} from './pod-columns.ts';

/** The columns of a resource's Table: built-in ones as the real server prints them, else name, its own columns and age. */
export function columnsOf(resource: ResourceType): readonly TableColumn[] {
	const known = resource.custom ? undefined : columns[`${resource.plural}.${resource.group}`];
	if (known) return known;
	const own = resource.columns ?? [];
	return [nameColumn, ...own, ...(own.some(column => column.name === 'Age') ? [] : [ageColumn])];
}

const columns: Readonly<Record<string, readonly TableColumn[]>> = {
	'pods.': podColumns,
	'nodes.': [
		nameColumn,
		{name: 'Status', description: 'The status of the node', of: nodeStatus},
		{name: 'Roles', description: 'The roles of the node', of: nodeRoles},
		ageColumn,
		field('Version', node => node.status?.nodeInfo?.kubeletVersion),
		field('Internal-IP', node => address(node, 'InternalIP'), '<none>', 1),
		field('External-IP', node => address(node, 'ExternalIP'), '<none>', 1),
		field('OS-Image', node => node.status?.nodeInfo?.osImage, '<unknown>', 1),
		wide({name: 'Kernel-Version', of: kernel}),
		field('Container-Runtime', node => node.status?.nodeInfo?.containerRuntimeVersion, '<unknown>', 1),
	],
	'namespaces.': [nameColumn, field('Status', namespace => namespace.status?.phase), ageColumn],
	'events.': [
		{name: 'Last Seen', of: (event, now) => since(lastSeen(raw(event)), now)},
		field('Type', event => event.type),
		field('Reason', event => event.reason),
		{name: 'Object', of: event => involved(raw(event))},
		field('Subobject', event => event.involvedObject?.fieldPath, '', 1),
		field('Source', event => event.source?.component ?? event.reportingComponent, '', 1),
		{name: 'Message', of: event => name(raw(event).message).trim()},
		wide({name: 'First Seen', of: (event, now) => since(raw(event).firstTimestamp ?? raw(event).eventTime, now)}),
		wide({name: 'Count', of: event => number(raw(event).series?.count ?? raw(event).count) ?? 1}),
		wide(nameColumn),
	],
	'services.': [
		nameColumn,
		field('Type', service => service.spec?.type),
		field('Cluster-IP', service => items(service.spec?.clusterIPs)[0] ?? service.spec?.clusterIP, '<none>'),
		{name: 'External-IP', of: service => externalAddress(raw(service))},
		{name: 'Port(s)', of: service => ports(raw(service))},
		ageColumn,
		wide({name: 'Selector', of: service => labelText(raw(service).spec?.selector)}),
	],
	'configmaps.': [
		nameColumn,
		{name: 'Data', of: object => entries(raw(object).data).length + entries(raw(object).binaryData).length},
		ageColumn,
	],
	'secrets.': [
		nameColumn,
		field('Type', secret => secret.type),
		{name: 'Data', of: secret => entries(raw(secret).data).length},
		ageColumn,
	],
	'serviceaccounts.': [nameColumn, ageColumn],
	'persistentvolumes.': [
		nameColumn,
		field('Capacity', volume => volume.spec?.capacity?.storage),
		{name: 'Access Modes', of: volume => modes(raw(volume).spec?.accessModes)},
		field('Reclaim Policy', volume => volume.spec?.persistentVolumeReclaimPolicy),
		{name: 'Status', of: phase},
		{name: 'Claim', of: claimed},
		field('StorageClass', volume => volume.spec?.storageClassName),
		field('VolumeAttributesClass', volume => volume.spec?.volumeAttributesClassName, '<unset>'),
		field('Reason', volume => volume.status?.reason),
		ageColumn,
		field('VolumeMode', volume => volume.spec?.volumeMode, '<unset>', 1),
	],
	'persistentvolumeclaims.': [
		nameColumn,
		{name: 'Status', of: phase},
		field('Volume', claim => claim.spec?.volumeName),
		field('Capacity', claim => claim.status?.capacity?.storage),
		{name: 'Access Modes', of: claim => modes(raw(claim).status?.accessModes)},
		field('StorageClass', claim => claim.spec?.storageClassName),
		field('VolumeAttributesClass', claim => claim.spec?.volumeAttributesClassName, '<unset>'),
		ageColumn,
		field('VolumeMode', claim => claim.spec?.volumeMode, '<unset>', 1),
	],
	'deployments.apps': [
		nameColumn,
		{name: 'Ready', of: object => `${number(raw(object).status?.readyReplicas) ?? 0}/${number(raw(object).spec?.replicas) ?? 0}`},
		count('Up-to-date', object => object.status?.updatedReplicas),
		count('Available', object => object.status?.availableReplicas),
		ageColumn,
		...containerColumns(object => object.spec?.template),
		selectorColumn,
	],
	'statefulsets.apps': [
		nameColumn,
		{name: 'Ready', of: object => `${number(raw(object).status?.readyReplicas) ?? 0}/${number(raw(object).spec?.replicas) ?? 0}`},
		ageColumn,
		...containerColumns(object => object.spec?.template),
	],
	'replicasets.apps': [
		nameColumn,
		count('Desired', object => object.spec?.replicas),
		count('Current', object => object.status?.replicas),
		count('Ready', object => object.status?.readyReplicas),
		ageColumn,
		...containerColumns(object => object.spec?.template),
		selectorColumn,
	],
	'daemonsets.apps': [
		nameColumn,
		count('Desired', object => object.status?.desiredNumberScheduled),
		count('Current', object => object.status?.currentNumberScheduled),
		count('Ready', object => object.status?.numberReady),
		count('Up-to-date', object => object.status?.updatedNumberScheduled),
		count('Available', object => object.status?.numberAvailable),
		{name: 'Node Selector', of: object => labelText(raw(object).spec?.template?.spec?.nodeSelector)},
		ageColumn,
		...containerColumns(object => object.spec?.template),
		selectorColumn,
	],
	'jobs.batch': [
		nameColumn,
		{name: 'Status', of: jobStatus},
		{
			name: 'Completions',
			of: object => `${number(raw(object).status?.succeeded) ?? 0}/${number(raw(object).spec?.completions) ?? 1}`,
		},
		{name: 'Duration', of: jobDuration},
		ageColumn,
		...containerColumns(object => object.spec?.template),
		selectorColumn,
	],
	'cronjobs.batch': [
		nameColumn,
		field('Schedule', object => object.spec?.schedule),
		field('Timezone', object => object.spec?.timeZone, '<none>'),
		{name: 'Suspend', type: 'boolean', of: object => (flag(raw(object).spec?.suspend) ? 'True' : 'False')},
		{name: 'Active', type: 'integer', of: object => items(raw(object).status?.active).length},
		{name: 'Last Schedule', of: (object, now) => orNone(raw(object).status?.lastScheduleTime, now)},
		ageColumn,
		...containerColumns(object => object.spec?.jobTemplate?.spec?.template),
	],
	'poddisruptionbudgets.policy': [
		nameColumn,
		{name: 'Min Available', of: budget => numberOrText(raw(budget).spec?.minAvailable)},
		{name: 'Max Unavailable', of: budget => numberOrText(raw(budget).spec?.maxUnavailable)},
		count('Allowed Disruptions', budget => budget.status?.disruptionsAllowed),
		ageColumn,
	],
	'leases.coordination.k8s.io': [nameColumn, field('Holder', lease => lease.spec?.holderIdentity), ageColumn],
	'storageclasses.storage.k8s.io': [
		{...nameColumn, of: storageClassName},
		field('Provisioner', object => object.provisioner),
		field('ReclaimPolicy', object => object.reclaimPolicy, 'Delete'),
		field('VolumeBindingMode', object => object.volumeBindingMode, 'Immediate'),
		{name: 'AllowVolumeExpansion', of: object => flag(raw(object).allowVolumeExpansion)},
		ageColumn,
	],
	'volumeattachments.storage.k8s.io': [
		nameColumn,
		field('Attacher', object => object.spec?.attacher),
		field('PV', object => object.spec?.source?.persistentVolumeName),
		field('Node', object => object.spec?.nodeName),
		{name: 'Attached', type: 'boolean', of: object => flag(raw(object).status?.attached)},
		ageColumn,
	],
	'csinodes.storage.k8s.io': [
		nameColumn,
		{name: 'Drivers', type: 'integer', of: object => items(raw(object).spec?.drivers).length},
		ageColumn,
	],
	'customresourcedefinitions.apiextensions.k8s.io': [
		nameColumn,
		{name: 'Created At', type: 'date', of: object => object.metadata.creationTimestamp ?? ''},
	],
	'nodes.metrics.k8s.io': [
		nameColumn,
		field('cpu', node => node.usage?.cpu),
		field('memory', node => node.usage?.memory),
		ageColumn,
	],
};

function numberOrText(value: Raw | undefined): string {
	return value === undefined ? 'N/A' : `${number(value) ?? name(value)}`;
}

function nodeStatus(object: KubeObject): string {
	const ready = items(raw(object).status?.conditions).find(each => name(each.type) === 'Ready');
	const state = ready === undefined ? 'Unknown' : name(ready.status) === 'True' ? 'Ready' : 'NotReady';
	return flag(raw(object).spec?.unschedulable) ? `${state},SchedulingDisabled` : state;
}

function nodeRoles({metadata}: KubeObject): string {
	const prefix = 'node-role.kubernetes.io/';
	const labels = Object.entries(metadata.labels ?? {});
	const roles = labels.flatMap(([key, value]) => {
		if (key.startsWith(prefix)) return [key.slice(prefix.length)];
		return key === 'kubernetes.io/role' && value !== '' ? [value] : [];
	});
	return [...new Set(roles)].sort().join(',') || '<none>';
}

function address(node: Raw, type: string): Raw | undefined {
	return items(node.status?.addresses).find(each => name(each.type) === type)?.address;
}

function kernel(object: KubeObject): string {
	const info = raw(object).status?.nodeInfo;
	const architecture = name(info?.architecture);
	return `${name(info?.kernelVersion) || '<unknown>'}${architecture === '' ? '' : ` (${architecture})`}`;
}

function lastSeen(event: Raw): Raw | undefined {
	return event.series?.lastObservedTime ?? event.lastTimestamp ?? event.firstTimestamp ?? event.eventTime;
}

function involved(event: Raw): string {
	const kind = name(event.involvedObject?.kind).toLowerCase();
	const object = name(event.involvedObject?.name);
	return object === '' ? kind : `${kind}/${object}`;
}

function externalAddress(service: Raw): string {
	const fixed = items(service.spec?.externalIPs).map(name);
	const type: string = name(service.spec?.type);
	if (type === 'ExternalName') return name(service.spec?.externalName);
	if (type !== 'LoadBalancer') return fixed.join(',') || '<none>';
	const assigned = items(service.status?.loadBalancer?.ingress).map(each => name(each.ip) || name(each.hostname));
	return [...assigned, ...fixed].join(',') || '<pending>';
}

function ports(service: Raw): string {
	const texts = items(service.spec?.ports).map(({port, nodePort, protocol}) => {
		const outside = number(nodePort) ? `:${number(nodePort)}` : '';
		return `${number(port)}${outside}/${name(protocol) || 'TCP'}`;
	});
	return texts.join(',') || '<none>';
}

const shortModes: Readonly<Record<string, string>> = {
	ReadWriteOnce: 'RWO',
	ReadOnlyMany: 'ROX',
	ReadWriteMany: 'RWX',
	ReadWriteOncePod: 'RWOP',
};

function modes(list: Raw | undefined): string {
	return items(list)
		.map(mode => shortModes[name(mode)] ?? name(mode))
		.join(',');
}

function phase(object: KubeObject): string {
	return object.metadata.deletionTimestamp === undefined ? name(raw(object).status?.phase) : 'Terminating';
}

function claimed(object: KubeObject): string {
	const claim = raw(object).spec?.claimRef;
	return claim === undefined ? '' : `${name(claim.namespace)}/${name(claim.name)}`;
}

function storageClassName({metadata}: KubeObject): string {
	const isDefault = metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
	return isDefault ? `${metadata.name} (default)` : metadata.name;
}

function jobStatus(object: KubeObject): string {
	const held = items(raw(object).status?.conditions).filter(each => name(each.status) === 'True');
	const types = held.map(each => name(each.type) as string);
	if (types.includes('Complete')) return 'Complete';
	if (types.includes('Failed')) return 'Failed';
	if (object.metadata.deletionTimestamp !== undefined) return 'Terminating';
	return types.find(type => ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].includes(type)) ?? 'Running';
}

function jobDuration(object: KubeObject, now: number): string {
	const {startTime, completionTime} = raw(object).status ?? {};
	if (startTime === undefined) return '';
	const end = completionTime === undefined ? now : instant(completionTime);
	return humanDuration((end - instant(startTime)) / 1000);
}

function orNone(time: Raw | undefined, now: number): string {
	return time === undefined ? '<none>' : since(time, now);
}

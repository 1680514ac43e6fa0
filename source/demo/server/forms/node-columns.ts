import {flag, items, name, number, type Raw} from '../../../cluster/raw.ts';
import type {KubeObject} from '../../model.ts';
import {ageColumn, type ColumnTable, field, nameColumn, raw, since, wide} from './cells.ts';

/** Nodes, their leases and metrics, namespaces and events. Cells as in kubernetes `pkg/printers/internalversion/printers.go`. */
export const nodeColumns: ColumnTable = {
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
	'nodes.metrics.k8s.io': [
		nameColumn,
		field('cpu', node => node.usage?.cpu),
		field('memory', node => node.usage?.memory),
		ageColumn,
	],
	'leases.coordination.k8s.io': [nameColumn, field('Holder', lease => lease.spec?.holderIdentity), ageColumn],
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
};

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

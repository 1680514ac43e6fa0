import type {Kind, MessageSchema} from '../../cluster/kind.ts';
import {entries, flag, instant, items, name, quantity} from '../../cluster/raw.ts';
import {labelsOf} from '../../cluster/selector.ts';
import {type NodeRecord, nodeKind} from '../../nodes/node.ts';
import type {StoredRecord} from '../../vocabulary.ts';

/** A node, as far as draining it and finding room on it goes. */
export type DrainNode = StoredRecord & {
	readonly labels: ReadonlyMap<string, string>;
	readonly annotations: ReadonlyMap<string, string>;
	readonly taints: readonly {readonly key: string; readonly value: string; readonly effect: string; readonly addedAt: number}[];
	readonly unschedulable: boolean;
	/** `True`, `False`, `Unknown`; '' where it never said. */
	readonly ready: string;
	readonly architecture: string;
	/** By resource: cores, bytes, whole devices, pods. */
	readonly allocatable: ReadonlyMap<string, number>;
	readonly resourceVersion: string;
	/** As the nodes pane knows it: roles, conditions, GPUs, who cordoned it. */
	readonly record: NodeRecord;
};

// Field numbers: k8s.io/api v0.36.3 core/v1/generated.proto, k8s.io/apimachinery v0.36.3 meta/v1/generated.proto. Images, which
// are most of a node, are left out.
const message: MessageSchema = {
	1: [
		'metadata',
		{
			1: ['name', 'string'],
			5: ['uid', 'string'],
			6: ['resourceVersion', 'string'],
			8: ['creationTimestamp', 'time'],
			11: ['labels', {map: 'string'}],
			12: ['annotations', {map: 'string'}],
		},
	],
	2: [
		'spec',
		{
			4: ['unschedulable', 'bool'],
			5: ['taints', {1: ['key', 'string'], 2: ['value', 'string'], 3: ['effect', 'string'], 4: ['timeAdded', 'time']}, 'list'],
		},
	],
	3: [
		'status',
		{
			1: ['capacity', {map: 'quantity'}],
			2: ['allocatable', {map: 'quantity'}],
			4: [
				'conditions',
				{
					1: ['type', 'string'],
					2: ['status', 'string'],
					4: ['lastTransitionTime', 'time'],
					5: ['reason', 'string'],
					6: ['message', 'string'],
				},
				'list',
			],
			7: ['nodeInfo', {5: ['osImage', 'string'], 7: ['kubeletVersion', 'string'], 10: ['architecture', 'string']}],
		},
	],
};

export const drainNodeKind: Kind<DrainNode> = {
	id: 'drain/nodes',
	group: '',
	versions: ['v1'],
	plural: 'nodes',
	kind: 'Node',
	namespaced: false,
	protobuf: message,
	project: (raw, identity, version) => {
		const {metadata, spec, status} = raw;
		const record = nodeKind.project(raw, identity, version);
		return (
			record && {
				...identity,
				record,
				labels: new Map(labelsOf(metadata?.labels)),
				annotations: new Map(labelsOf(metadata?.annotations)),
				taints: items(spec?.taints).map(taint => ({
					key: name(taint.key),
					value: name(taint.value),
					effect: name(taint.effect),
					addedAt: instant(taint.timeAdded),
				})),
				unschedulable: flag(spec?.unschedulable),
				ready: name(items(status?.conditions).find(({type}) => name(type) === 'Ready')?.status),
				architecture: name(status?.nodeInfo?.architecture),
				allocatable: new Map(entries(status?.allocatable).map(([resource, amount]) => [resource, quantity(amount) ?? 0])),
				resourceVersion: name(metadata?.resourceVersion),
			}
		);
	},
};

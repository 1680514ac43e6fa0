import type {Kind, MessageSchema} from '../../cluster/kind.ts';
import {instant, name, number} from '../../cluster/raw.ts';
import {type Labels, labelsOf, type Selector} from '../../cluster/selector.ts';
import type {RawName, StoredRecord} from '../../vocabulary.ts';
import {type Amounts, amountsOf, type HostPort, hostPortsOf} from './demand.ts';
import {apartTermsOf} from './terms.ts';

/** A pod where it is, as far as others can be put beside it. */
export type Resident = StoredRecord & {
	readonly node: RawName;
	readonly labels: Labels;
	readonly amounts: Amounts;
	readonly ports: readonly HostPort[];
	readonly priority: number;
	/** Epoch ms, 0 where it stays. */
	readonly deletingAt: number;
	/** Whom it does not bear near itself. */
	readonly apart: ReadonlyArray<{readonly key: string; readonly namespaces: readonly string[]; readonly selector: Selector}>;
};

// Field numbers: k8s.io/api v0.36.3 core/v1/generated.proto, k8s.io/apimachinery v0.36.3 meta/v1/generated.proto.
const resources: MessageSchema = {2: ['requests', {map: 'quantity'}]};
const container: MessageSchema = {
	6: ['ports', {2: ['hostPort', 'int'], 4: ['protocol', 'string'], 5: ['hostIP', 'string']}, 'list'],
	8: ['resources', resources],
	24: ['restartPolicy', 'string'],
};
const selector: MessageSchema = {
	1: ['matchLabels', {map: 'string'}],
	2: ['matchExpressions', {1: ['key', 'string'], 2: ['operator', 'string'], 3: ['values', 'string', 'list']}, 'list'],
};
const term: MessageSchema = {
	1: ['labelSelector', selector],
	2: ['namespaces', 'string', 'list'],
	3: ['topologyKey', 'string'],
	4: ['namespaceSelector', selector],
};
const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const message: MessageSchema = {
	1: [
		'metadata',
		{
			1: ['name', 'string'],
			3: ['namespace', 'string'],
			5: ['uid', 'string'],
			8: ['creationTimestamp', 'time'],
			9: ['deletionTimestamp', 'time'],
			11: ['labels', {map: 'string'}],
		},
	],
	2: [
		'spec',
		{
			2: ['containers', container, 'list'],
			10: ['nodeName', 'string'],
			18: ['affinity', {3: ['podAntiAffinity', {1: [required, term, 'list']}]}],
			20: ['initContainers', container, 'list'],
			25: ['priority', 'int'],
			32: ['overhead', {map: 'quantity'}],
			40: ['resources', resources],
		},
	],
	3: ['status', {1: ['phase', 'string']}],
};

export const residentKind: Kind<Resident> = {
	id: 'drain/residents',
	group: '',
	versions: ['v1'],
	plural: 'pods',
	kind: 'Pod',
	namespaced: true,
	// What is over takes no room.
	fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed',
	protobuf: message,
	project: (raw, identity) => ({
		...identity,
		node: name(raw.spec?.nodeName),
		labels: labelsOf(raw.metadata?.labels),
		amounts: amountsOf(raw),
		ports: hostPortsOf(raw),
		priority: number(raw.spec?.priority) ?? 0,
		deletingAt: instant(raw.metadata?.deletionTimestamp),
		apart: apartTermsOf(raw, identity.namespace).flatMap(each => (each.is === 'apart' ? [each] : [])),
	}),
};

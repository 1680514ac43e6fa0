import {budgetKind} from '../../../source/actions/drain/budget.ts';
import {type DrainNode, drainNodeKind} from '../../../source/actions/drain/node.ts';
import {type DrainPod, drainPodKind} from '../../../source/actions/drain/pod.ts';
import {type Resident, residentKind} from '../../../source/actions/drain/resident.ts';
import type {Kind} from '../../../source/cluster/kind.ts';
import type {StoredRecord} from '../../../source/vocabulary.ts';
import {reading} from '../../_helpers/reading.ts';
import {type NodeFields, node as rawNode} from '../../nodes/objects.ts';

/** The one record of an object, through its real projection. */
function recordOf<R extends StoredRecord>(kind: Kind<R>, object: object): R {
	const [record] = reading(kind, [object]).records.values();
	if (record === undefined) throw new Error('left out');
	return record;
}

export type PodFields = {
	readonly metadata?: object;
	readonly spec?: object;
	readonly status?: object;
	readonly labels?: Record<string, string>;
	/** `apps/v1 ReplicaSet web-1`; `''` for none. */
	readonly controller?: string;
	readonly ready?: boolean;
};

/** A pod as the API serves it: of a ReplicaSet, running and ready, unless it is told otherwise. */
export function rawPod(path: string, fields: PodFields = {}) {
	const [namespace, name = ''] = path.split('/');
	const {labels = {}, controller = `apps/v1 ReplicaSet ${name}-set`, ready = true} = fields;
	const [apiVersion, kind, owner] = controller.split(' ');
	const owners = controller === '' ? [] : [{apiVersion, kind, name: owner, uid: `uid-${owner}`, controller: true}];
	return {
		metadata: {namespace, name, uid: `pod-${path}`, labels, ownerReferences: owners, ...fields.metadata},
		spec: {containers: [{name: 'main'}], ...fields.spec},
		status: {phase: 'Running', conditions: [{type: 'Ready', status: ready ? 'True' : 'False'}], ...fields.status},
	};
}

export const pod = (path: string, fields: PodFields = {}): DrainPod => recordOf(drainPodKind, rawPod(path, fields));

/** A pod that is on a node already. */
export const resident = (path: string, node: string, fields: PodFields = {}): Resident =>
	recordOf(residentKind, rawPod(path, {...fields, spec: {...fields.spec, nodeName: node}}));

/** A node with its name as its hostname label. */
export const node = (name: string, fields: NodeFields = {}): DrainNode =>
	recordOf(drainNodeKind, rawNode(name, {...fields, labels: {'kubernetes.io/hostname': name, ...fields.labels}}));

/** A container that asks for so much. */
export const asking = (requests: Record<string, string>, more: object = {}) => ({name: 'main', resources: {requests}, ...more});

/** A budget over pods with these labels, which allows so many, counted just now. */
export const budget = (name: string, allowed: number, fields: {spec?: object; status?: object; metadata?: object} = {}) =>
	recordOf(budgetKind, {
		metadata: {namespace: 'default', name, uid: `budget-${name}`, generation: 1, ...fields.metadata},
		spec: {selector: {matchLabels: {app: 'web'}}, ...fields.spec},
		status: {observedGeneration: 1, disruptionsAllowed: allowed, currentHealthy: 2, desiredHealthy: 2, ...fields.status},
	});

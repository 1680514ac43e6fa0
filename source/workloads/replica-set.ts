import type {Identity, Kind, MessageSchema} from '../cluster/kind.ts';
import {flag, items, name, number, type Raw, text} from '../cluster/raw.ts';
import type {RawName, SafeText} from '../vocabulary.ts';
import {share} from './share.ts';
import {imagesOf, refusedOf, replicasOf, type WorkloadRecord} from './workload.ts';

/** One template of a Deployment. The last ten are kept after their pods are gone, so there are many of these. */
export type ReplicaSetRecord = WorkloadRecord & {
	/** What it belongs to; both empty where it stands for itself. */
	readonly ownerKind: SafeText;
	readonly ownerName: RawName;
	/** Counts the Deployment's templates; 0 where it has no number. */
	readonly revision: number;
};

// Field numbers: k8s.io/api v0.36.3 apps/v1 and core/v1, k8s.io/apimachinery v0.36.3 meta/v1, generated.proto.
const message: MessageSchema = {
	1: [
		'metadata',
		{
			1: ['name', 'string'],
			3: ['namespace', 'string'],
			5: ['uid', 'string'],
			6: ['resourceVersion', 'string'],
			8: ['creationTimestamp', 'time'],
			12: ['annotations', {map: 'string'}],
			13: ['ownerReferences', {1: ['kind', 'string'], 3: ['name', 'string'], 6: ['controller', 'bool']}, 'list'],
		},
	],
	2: [
		'spec',
		{
			1: ['replicas', 'int'],
			3: ['template', {2: ['spec', {2: ['containers', {2: ['image', 'string']}, 'list']}]}],
		},
	],
	3: [
		'status',
		{
			1: ['replicas', 'int'],
			4: ['readyReplicas', 'int'],
			6: [
				'conditions',
				{1: ['type', 'string'], 2: ['status', 'string'], 3: ['lastTransitionTime', 'time'], 5: ['message', 'string']},
				'list',
			],
		},
	],
};

/** Every field is named here, none is spread: so V8 keeps them all inside one object. */
function project(raw: Raw, identity: Identity): ReplicaSetRecord {
	const {metadata, status} = raw;
	const owner = items(metadata?.ownerReferences).find(({controller}) => flag(controller));
	return {
		uid: identity.uid,
		namespace: share(identity.namespace),
		name: identity.name,
		actionable: identity.actionable,
		createdAt: identity.createdAt,
		kind: 'ReplicaSet',
		wanted: replicasOf(raw),
		made: number(status?.replicas) ?? 0,
		ready: number(status?.readyReplicas) ?? 0,
		shortSince: 0,
		refused: refusedOf(raw),
		ownerKind: share(text(owner?.kind, 64)),
		ownerName: share(name(owner?.name)),
		revision: number(metadata?.annotations?.['deployment.kubernetes.io/revision']) ?? 0,
		// Its Deployment tells.
		changed: undefined,
		images: imagesOf(raw),
	};
}

export const replicaSetKind: Kind<ReplicaSetRecord> = {
	id: 'replicasets',
	group: 'apps',
	versions: ['v1'],
	plural: 'replicasets',
	kind: 'ReplicaSet',
	namespaced: true,
	protobuf: message,
	project,
};

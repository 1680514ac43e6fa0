import type {MessageType} from './message.ts';

/** Messages of apimachinery `meta/v1` and of what clients post; field numbers from the `generated.proto` files of v0.36. */

const ownerReference: MessageType = {
	1: ['kind', 'string'],
	3: ['name', 'string'],
	4: ['uid', 'string'],
	5: ['apiVersion', 'string'],
	6: ['controller', 'bool'],
	7: ['blockOwnerDeletion', 'bool'],
};

const managedFieldsEntry: MessageType = {
	1: ['manager', 'string'],
	2: ['operation', 'string'],
	3: ['apiVersion', 'string'],
	4: ['time', 'time'],
	6: ['fieldsType', 'string'],
	7: ['fieldsV1', 'json'],
	8: ['subresource', 'string'],
};

export const objectMeta: MessageType = {
	1: ['name', 'string'],
	2: ['generateName', 'string'],
	3: ['namespace', 'string'],
	5: ['uid', 'string'],
	6: ['resourceVersion', 'string'],
	7: ['generation', 'int'],
	8: ['creationTimestamp', 'time'],
	9: ['deletionTimestamp', 'time'],
	10: ['deletionGracePeriodSeconds', 'int'],
	11: ['labels', {map: 'string'}],
	12: ['annotations', {map: 'string'}],
	13: ['ownerReferences', ownerReference, 'list'],
	14: ['finalizers', 'string', 'list'],
	17: ['managedFields', managedFieldsEntry, 'list'],
};

export const listMeta: MessageType = {
	2: ['resourceVersion', 'string'],
	3: ['continue', 'string'],
	4: ['remainingItemCount', 'int'],
};

const requirement: MessageType = {1: ['key', 'string'], 2: ['operator', 'string'], 3: ['values', 'string', 'list']};

export const labelSelector: MessageType = {1: ['matchLabels', {map: 'string'}], 2: ['matchExpressions', requirement, 'list']};

export const statusMessage: MessageType = {
	1: ['metadata', listMeta],
	2: ['status', 'string'],
	3: ['message', 'string'],
	4: ['reason', 'string'],
	5: [
		'details',
		{
			1: ['name', 'string'],
			2: ['group', 'string'],
			3: ['kind', 'string'],
			4: ['causes', {1: ['reason', 'string'], 2: ['message', 'string'], 3: ['field', 'string']}, 'list'],
			5: ['retryAfterSeconds', 'int'],
			6: ['uid', 'string'],
		},
	],
	6: ['code', 'int'],
};

const deleteOptions: MessageType = {
	1: ['gracePeriodSeconds', 'int'],
	2: ['preconditions', {1: ['uid', 'string'], 2: ['resourceVersion', 'string']}],
	3: ['orphanDependents', 'bool'],
	4: ['propagationPolicy', 'string'],
	5: ['dryRun', 'string', 'list'],
};

const resourceAttributes: MessageType = {
	1: ['namespace', 'string'],
	2: ['verb', 'string'],
	3: ['group', 'string'],
	4: ['version', 'string'],
	5: ['resource', 'string'],
	6: ['subresource', 'string'],
	7: ['name', 'string'],
};

/** What clients post as protobuf, by kind: kubectl does so for reviews, evictions and some of its `create`. */
export const postedMessages: Readonly<Record<string, MessageType>> = {
	Namespace: {1: ['metadata', objectMeta]},
	ConfigMap: {1: ['metadata', objectMeta], 2: ['data', {map: 'string'}], 4: ['immutable', 'bool']},
	Scale: {1: ['metadata', objectMeta], 2: ['spec', {1: ['replicas', 'int']}]},
	DeleteOptions: deleteOptions,
	Eviction: {1: ['metadata', objectMeta], 2: ['deleteOptions', deleteOptions]},
	SelfSubjectReview: {1: ['metadata', objectMeta]},
	SelfSubjectRulesReview: {1: ['metadata', objectMeta], 2: ['spec', {1: ['namespace', 'string']}]},
	SelfSubjectAccessReview: {
		1: ['metadata', objectMeta],
		2: [
			'spec',
			{
				1: ['resourceAttributes', resourceAttributes],
				2: ['nonResourceAttributes', {1: ['path', 'string'], 2: ['verb', 'string']}],
			},
		],
	},
};

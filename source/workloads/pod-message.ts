import type {MessageSchema} from '../cluster/kind.ts';

// Field numbers: k8s.io/api v0.36.3 core/v1/generated.proto, k8s.io/apimachinery v0.36.3 meta/v1/generated.proto.

const condition: MessageSchema = {
	1: ['type', 'string'],
	2: ['status', 'string'],
	4: ['lastTransitionTime', 'time'],
	5: ['reason', 'string'],
	6: ['message', 'string'],
};

const volumeSource: MessageSchema = {
	1: ['hostPath', {1: ['path', 'string']}],
	10: ['persistentVolumeClaim', {1: ['claimName', 'string']}],
};

const resources: MessageSchema = {2: ['requests', {map: 'quantity'}]};

const container: MessageSchema = {
	1: ['name', 'string'],
	8: ['resources', resources],
	24: ['restartPolicy', 'string'],
};

const containerState: MessageSchema = {
	1: ['waiting', {1: ['reason', 'string'], 2: ['message', 'string']}],
	2: ['running', {}],
	3: [
		'terminated',
		{
			1: ['exitCode', 'int'],
			2: ['signal', 'int'],
			3: ['reason', 'string'],
			4: ['message', 'string'],
			6: ['finishedAt', 'time'],
		},
	],
};

const containerStatus: MessageSchema = {
	1: ['name', 'string'],
	2: ['state', containerState],
	3: ['lastState', containerState],
	4: ['ready', 'bool'],
	5: ['restartCount', 'int'],
	9: ['started', 'bool'],
};

/** What `project` reads of a pod, beside what every object's identity needs. */
export const podMessage: MessageSchema = {
	1: [
		'metadata',
		{
			1: ['name', 'string'],
			3: ['namespace', 'string'],
			5: ['uid', 'string'],
			6: ['resourceVersion', 'string'],
			8: ['creationTimestamp', 'time'],
			9: ['deletionTimestamp', 'time'],
			11: ['labels', {map: 'string'}],
			13: [
				'ownerReferences',
				{
					1: ['kind', 'string'],
					3: ['name', 'string'],
					6: ['controller', 'bool'],
				},
				'list',
			],
		},
	],
	2: [
		'spec',
		{
			1: ['volumes', {2: ['volumeSource', volumeSource]}, 'list'],
			2: ['containers', container, 'list'],
			7: ['nodeSelector', {map: 'string'}],
			10: ['nodeName', 'string'],
			20: ['initContainers', container, 'list'],
			32: ['overhead', {map: 'quantity'}],
			40: ['resources', resources],
		},
	],
	3: [
		'status',
		{
			1: ['phase', 'string'],
			2: ['conditions', condition, 'list'],
			4: ['reason', 'string'],
			8: ['containerStatuses', containerStatus, 'list'],
			10: ['initContainerStatuses', containerStatus, 'list'],
		},
	],
};

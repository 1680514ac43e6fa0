import type {FieldType, MessageType} from './message.ts';
import {labelSelector, listMeta, objectMeta} from './meta.ts';

/** `Pod` and what is in it; field numbers from `core/v1/generated.proto` of k8s.io/api v0.36. */

const quantities: FieldType = {map: 'quantity'};
const nameOnly: MessageType = {1: ['name', 'string']};
const keyToPath: MessageType = {1: ['key', 'string'], 2: ['path', 'string'], 3: ['mode', 'int']};

const resources: MessageType = {
	1: ['limits', quantities],
	2: ['requests', quantities],
	3: ['claims', {1: ['name', 'string'], 2: ['request', 'string']}, 'list'],
};

const keyOfRef: MessageType = {1: ['', nameOnly], 2: ['key', 'string'], 3: ['optional', 'bool']};

const envVar: MessageType = {
	1: ['name', 'string'],
	2: ['value', 'string'],
	3: [
		'valueFrom',
		{
			1: ['fieldRef', {1: ['apiVersion', 'string'], 2: ['fieldPath', 'string']}],
			2: ['resourceFieldRef', {1: ['containerName', 'string'], 2: ['resource', 'string'], 3: ['divisor', 'quantity']}],
			3: ['configMapKeyRef', keyOfRef],
			4: ['secretKeyRef', keyOfRef],
		},
	],
};

const exec: MessageType = {1: ['command', 'string', 'list']};
const httpGet: MessageType = {
	1: ['path', 'string'],
	2: ['port', 'intOrString'],
	3: ['host', 'string'],
	4: ['scheme', 'string'],
	5: ['httpHeaders', {1: ['name', 'string'], 2: ['value', 'string']}, 'list'],
};
const tcpSocket: MessageType = {1: ['port', 'intOrString'], 2: ['host', 'string']};
const handler: MessageType = {1: ['exec', exec], 2: ['httpGet', httpGet], 3: ['tcpSocket', tcpSocket]};

const probe: MessageType = {
	1: ['', {...handler, 4: ['grpc', {1: ['port', 'int'], 2: ['service', 'string']}]}],
	2: ['initialDelaySeconds', 'int'],
	3: ['timeoutSeconds', 'int'],
	4: ['periodSeconds', 'int'],
	5: ['successThreshold', 'int'],
	6: ['failureThreshold', 'int'],
	7: ['terminationGracePeriodSeconds', 'int'],
};

const seccomp: MessageType = {1: ['type', 'string'], 2: ['localhostProfile', 'string']};

const container: MessageType = {
	1: ['name', 'string'],
	2: ['image', 'string'],
	3: ['command', 'string', 'list'],
	4: ['args', 'string', 'list'],
	5: ['workingDir', 'string'],
	6: [
		'ports',
		{
			1: ['name', 'string'],
			2: ['hostPort', 'int'],
			3: ['containerPort', 'int'],
			4: ['protocol', 'string'],
			5: ['hostIP', 'string'],
		},
		'list',
	],
	7: ['env', envVar, 'list'],
	8: ['resources', resources],
	9: [
		'volumeMounts',
		{
			1: ['name', 'string'],
			2: ['readOnly', 'bool'],
			3: ['mountPath', 'string'],
			4: ['subPath', 'string'],
			5: ['mountPropagation', 'string'],
			6: ['subPathExpr', 'string'],
			7: ['recursiveReadOnly', 'string'],
		},
		'list',
	],
	10: ['livenessProbe', probe],
	11: ['readinessProbe', probe],
	12: ['lifecycle', {1: ['postStart', handler], 2: ['preStop', handler]}],
	13: ['terminationMessagePath', 'string'],
	14: ['imagePullPolicy', 'string'],
	15: [
		'securityContext',
		{
			1: ['capabilities', {1: ['add', 'string', 'list'], 2: ['drop', 'string', 'list']}],
			2: ['privileged', 'bool'],
			4: ['runAsUser', 'int'],
			5: ['runAsNonRoot', 'bool'],
			6: ['readOnlyRootFilesystem', 'bool'],
			7: ['allowPrivilegeEscalation', 'bool'],
			8: ['runAsGroup', 'int'],
			11: ['seccompProfile', seccomp],
		},
	],
	16: ['stdin', 'bool'],
	18: ['tty', 'bool'],
	19: [
		'envFrom',
		{
			1: ['prefix', 'string'],
			2: ['configMapRef', {1: ['', nameOnly], 2: ['optional', 'bool']}],
			3: ['secretRef', {1: ['', nameOnly], 2: ['optional', 'bool']}],
		},
		'list',
	],
	20: ['terminationMessagePolicy', 'string'],
	21: ['volumeDevices', {1: ['name', 'string'], 2: ['devicePath', 'string']}, 'list'],
	22: ['startupProbe', probe],
	24: ['restartPolicy', 'string'],
};

const projection: MessageType = {
	1: ['secret', {1: ['', nameOnly], 2: ['items', keyToPath, 'list'], 4: ['optional', 'bool']}],
	2: [
		'downwardAPI',
		{1: ['items', {1: ['path', 'string'], 2: ['fieldRef', {1: ['apiVersion', 'string'], 2: ['fieldPath', 'string']}]}, 'list']},
	],
	3: ['configMap', {1: ['', nameOnly], 2: ['items', keyToPath, 'list'], 4: ['optional', 'bool']}],
	4: ['serviceAccountToken', {1: ['audience', 'string'], 2: ['expirationSeconds', 'int'], 3: ['path', 'string']}],
};

const claimTemplate: MessageType = {
	1: ['metadata', objectMeta],
	2: [
		'spec',
		{1: ['accessModes', 'string', 'list'], 2: ['resources', {2: ['requests', quantities]}], 5: ['storageClassName', 'string']},
	],
};

const volumeSource: MessageType = {
	1: ['hostPath', {1: ['path', 'string'], 2: ['type', 'string']}],
	2: ['emptyDir', {1: ['medium', 'string'], 2: ['sizeLimit', 'quantity']}],
	6: [
		'secret',
		{1: ['secretName', 'string'], 2: ['items', keyToPath, 'list'], 3: ['defaultMode', 'int'], 4: ['optional', 'bool']},
	],
	7: ['nfs', {1: ['server', 'string'], 2: ['path', 'string'], 3: ['readOnly', 'bool']}],
	10: ['persistentVolumeClaim', {1: ['claimName', 'string'], 2: ['readOnly', 'bool']}],
	19: ['configMap', {1: ['', nameOnly], 2: ['items', keyToPath, 'list'], 3: ['defaultMode', 'int'], 4: ['optional', 'bool']}],
	26: ['projected', {1: ['sources', projection, 'list'], 2: ['defaultMode', 'int']}],
	28: [
		'csi',
		{1: ['driver', 'string'], 2: ['readOnly', 'bool'], 3: ['fsType', 'string'], 4: ['volumeAttributes', {map: 'string'}]},
	],
	29: ['ephemeral', {1: ['volumeClaimTemplate', claimTemplate]}],
};

const requirement: MessageType = {1: ['key', 'string'], 2: ['operator', 'string'], 3: ['values', 'string', 'list']};
const nodeTerm: MessageType = {1: ['matchExpressions', requirement, 'list'], 2: ['matchFields', requirement, 'list']};
const podTerm: MessageType = {
	1: ['labelSelector', labelSelector],
	2: ['namespaces', 'string', 'list'],
	3: ['topologyKey', 'string'],
	4: ['namespaceSelector', labelSelector],
};
const podTerms: MessageType = {
	1: ['requiredDuringSchedulingIgnoredDuringExecution', podTerm, 'list'],
	2: ['preferredDuringSchedulingIgnoredDuringExecution', {1: ['weight', 'int'], 2: ['podAffinityTerm', podTerm]}, 'list'],
};
const affinity: MessageType = {
	1: [
		'nodeAffinity',
		{
			1: ['requiredDuringSchedulingIgnoredDuringExecution', {1: ['nodeSelectorTerms', nodeTerm, 'list']}],
			2: ['preferredDuringSchedulingIgnoredDuringExecution', {1: ['weight', 'int'], 2: ['preference', nodeTerm]}, 'list'],
		},
	],
	2: ['podAffinity', podTerms],
	3: ['podAntiAffinity', podTerms],
};

const podSpec: MessageType = {
	1: ['volumes', {1: ['name', 'string'], 2: ['', volumeSource]}, 'list'],
	2: ['containers', container, 'list'],
	3: ['restartPolicy', 'string'],
	4: ['terminationGracePeriodSeconds', 'int'],
	5: ['activeDeadlineSeconds', 'int'],
	6: ['dnsPolicy', 'string'],
	7: ['nodeSelector', {map: 'string'}],
	8: ['serviceAccountName', 'string'],
	9: ['serviceAccount', 'string'],
	10: ['nodeName', 'string'],
	11: ['hostNetwork', 'bool'],
	12: ['hostPID', 'bool'],
	13: ['hostIPC', 'bool'],
	14: [
		'securityContext',
		{
			2: ['runAsUser', 'int'],
			3: ['runAsNonRoot', 'bool'],
			4: ['supplementalGroups', 'int', 'list'],
			5: ['fsGroup', 'int'],
			6: ['runAsGroup', 'int'],
			10: ['seccompProfile', seccomp],
		},
	],
	15: ['imagePullSecrets', nameOnly, 'list'],
	16: ['hostname', 'string'],
	17: ['subdomain', 'string'],
	18: ['affinity', affinity],
	19: ['schedulerName', 'string'],
	20: ['initContainers', container, 'list'],
	21: ['automountServiceAccountToken', 'bool'],
	22: [
		'tolerations',
		{
			1: ['key', 'string'],
			2: ['operator', 'string'],
			3: ['value', 'string'],
			4: ['effect', 'string'],
			5: ['tolerationSeconds', 'int'],
		},
		'list',
	],
	24: ['priorityClassName', 'string'],
	25: ['priority', 'int'],
	28: ['readinessGates', {1: ['conditionType', 'string']}, 'list'],
	29: ['runtimeClassName', 'string'],
	30: ['enableServiceLinks', 'bool'],
	31: ['preemptionPolicy', 'string'],
	33: [
		'topologySpreadConstraints',
		{
			1: ['maxSkew', 'int'],
			2: ['topologyKey', 'string'],
			3: ['whenUnsatisfiable', 'string'],
			4: ['labelSelector', labelSelector],
			5: ['minDomains', 'int'],
		},
		'list',
	],
	38: ['schedulingGates', nameOnly, 'list'],
};

const containerState: MessageType = {
	1: ['waiting', {1: ['reason', 'string'], 2: ['message', 'string']}],
	2: ['running', {1: ['startedAt', 'time']}],
	3: [
		'terminated',
		{
			1: ['exitCode', 'int'],
			2: ['signal', 'int'],
			3: ['reason', 'string'],
			4: ['message', 'string'],
			5: ['startedAt', 'time'],
			6: ['finishedAt', 'time'],
			7: ['containerID', 'string'],
		},
	],
};

const containerStatus: MessageType = {
	1: ['name', 'string'],
	2: ['state', containerState],
	3: ['lastState', containerState],
	4: ['ready', 'bool'],
	5: ['restartCount', 'int'],
	6: ['image', 'string'],
	7: ['imageID', 'string'],
	8: ['containerID', 'string'],
	9: ['started', 'bool'],
	10: ['allocatedResources', quantities],
	11: ['resources', resources],
};

const podStatus: MessageType = {
	1: ['phase', 'string'],
	2: [
		'conditions',
		{
			1: ['type', 'string'],
			2: ['status', 'string'],
			3: ['lastProbeTime', 'time'],
			4: ['lastTransitionTime', 'time'],
			5: ['reason', 'string'],
			6: ['message', 'string'],
			7: ['observedGeneration', 'int'],
		},
		'list',
	],
	3: ['message', 'string'],
	4: ['reason', 'string'],
	5: ['hostIP', 'string'],
	6: ['podIP', 'string'],
	7: ['startTime', 'time'],
	8: ['containerStatuses', containerStatus, 'list'],
	9: ['qosClass', 'string'],
	10: ['initContainerStatuses', containerStatus, 'list'],
	11: ['nominatedNodeName', 'string'],
	12: ['podIPs', {1: ['ip', 'string']}, 'list'],
	13: ['ephemeralContainerStatuses', containerStatus, 'list'],
	16: ['hostIPs', {1: ['ip', 'string']}, 'list'],
	17: ['observedGeneration', 'int'],
};

export const podMessage: MessageType = {1: ['metadata', objectMeta], 2: ['spec', podSpec], 3: ['status', podStatus]};

/** The head of a PodList; its items are field 2. */
export const podListHead: MessageType = {1: ['metadata', listMeta]};

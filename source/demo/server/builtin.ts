import type {ResourceType} from '../model.ts';

type Row = readonly [plural: string, kind: string, more?: Partial<ResourceType>];

const all = {categories: ['all']};
const scaled = {status: true, subresources: ['scale'], ...all};
const status = {status: true};
const createOnly = {verbs: ['create']};
const cluster = {namespaced: false};
const extension = {namespaced: false, categories: ['api-extensions']};

/** What every API server serves (v1.36), by group and version. */
const groups: ReadonlyArray<readonly [group: string, versions: readonly string[], rows: readonly Row[]]> = [
	[
		'',
		['v1'],
		[
			['bindings', 'Binding', createOnly],
			['configmaps', 'ConfigMap', {shortNames: ['cm']}],
			['endpoints', 'Endpoints', {singular: 'endpoints', shortNames: ['ep']}],
			['events', 'Event', {shortNames: ['ev']}],
			['limitranges', 'LimitRange', {shortNames: ['limits']}],
			['namespaces', 'Namespace', {...cluster, ...status, shortNames: ['ns']}],
			['nodes', 'Node', {...cluster, ...status, shortNames: ['no'], subresources: ['proxy']}],
			['persistentvolumeclaims', 'PersistentVolumeClaim', {...status, shortNames: ['pvc']}],
			['persistentvolumes', 'PersistentVolume', {...cluster, ...status, shortNames: ['pv']}],
			['pods', 'Pod', {...status, ...all, shortNames: ['po'], subresources: ['eviction', 'log', 'proxy']}],
			['podtemplates', 'PodTemplate'],
			['replicationcontrollers', 'ReplicationController', {...scaled, shortNames: ['rc']}],
			['resourcequotas', 'ResourceQuota', {...status, shortNames: ['quota']}],
			['secrets', 'Secret'],
			['serviceaccounts', 'ServiceAccount', {shortNames: ['sa']}],
			['services', 'Service', {...status, ...all, shortNames: ['svc'], subresources: ['proxy']}],
		],
	],
	['apiregistration.k8s.io', ['v1'], [['apiservices', 'APIService', {...extension, ...status}]]],
	[
		'apps',
		['v1'],
		[
			['controllerrevisions', 'ControllerRevision'],
			['daemonsets', 'DaemonSet', {...status, ...all, shortNames: ['ds']}],
			['deployments', 'Deployment', {...scaled, shortNames: ['deploy']}],
			['replicasets', 'ReplicaSet', {...scaled, shortNames: ['rs']}],
			['statefulsets', 'StatefulSet', {...scaled, shortNames: ['sts']}],
		],
	],
	['authentication.k8s.io', ['v1'], [['selfsubjectreviews', 'SelfSubjectReview', {...cluster, ...createOnly}]]],
	[
		'authorization.k8s.io',
		['v1'],
		[
			['selfsubjectaccessreviews', 'SelfSubjectAccessReview', {...cluster, ...createOnly}],
			['selfsubjectrulesreviews', 'SelfSubjectRulesReview', {...cluster, ...createOnly}],
		],
	],
	[
		'autoscaling',
		['v2', 'v1'],
		[['horizontalpodautoscalers', 'HorizontalPodAutoscaler', {...status, ...all, shortNames: ['hpa']}]],
	],
	[
		'batch',
		['v1'],
		[
			['cronjobs', 'CronJob', {...status, ...all, shortNames: ['cj']}],
			['jobs', 'Job', {...status, ...all}],
		],
	],
	[
		'certificates.k8s.io',
		['v1'],
		[['certificatesigningrequests', 'CertificateSigningRequest', {...cluster, ...status, shortNames: ['csr']}]],
	],
	[
		'networking.k8s.io',
		['v1'],
		[
			['ingressclasses', 'IngressClass', {...cluster, singular: 'ingressclass'}],
			['ingresses', 'Ingress', {...status, singular: 'ingress', shortNames: ['ing']}],
			['ipaddresses', 'IPAddress', {...cluster, singular: 'ipaddress', shortNames: ['ip']}],
			['networkpolicies', 'NetworkPolicy', {singular: 'networkpolicy', shortNames: ['netpol']}],
			['servicecidrs', 'ServiceCIDR', {...cluster, ...status}],
		],
	],
	['policy', ['v1'], [['poddisruptionbudgets', 'PodDisruptionBudget', {...status, shortNames: ['pdb']}]]],
	[
		'rbac.authorization.k8s.io',
		['v1'],
		[
			['clusterrolebindings', 'ClusterRoleBinding', cluster],
			['clusterroles', 'ClusterRole', cluster],
			['rolebindings', 'RoleBinding'],
			['roles', 'Role'],
		],
	],
	[
		'storage.k8s.io',
		['v1'],
		[
			['csidrivers', 'CSIDriver', cluster],
			['csinodes', 'CSINode', cluster],
			['csistoragecapacities', 'CSIStorageCapacity', {singular: 'csistoragecapacity'}],
			['storageclasses', 'StorageClass', {...cluster, singular: 'storageclass', shortNames: ['sc']}],
			['volumeattachments', 'VolumeAttachment', {...cluster, ...status}],
			['volumeattributesclasses', 'VolumeAttributesClass', {...cluster, singular: 'volumeattributesclass', shortNames: ['vac']}],
		],
	],
	[
		'admissionregistration.k8s.io',
		['v1'],
		[
			['mutatingwebhookconfigurations', 'MutatingWebhookConfiguration', extension],
			['validatingwebhookconfigurations', 'ValidatingWebhookConfiguration', extension],
		],
	],
	[
		'apiextensions.k8s.io',
		['v1'],
		[['customresourcedefinitions', 'CustomResourceDefinition', {...extension, ...status, shortNames: ['crd', 'crds']}]],
	],
	[
		'scheduling.k8s.io',
		['v1'],
		[['priorityclasses', 'PriorityClass', {...cluster, singular: 'priorityclass', shortNames: ['pc']}]],
	],
	['coordination.k8s.io', ['v1'], [['leases', 'Lease']]],
	['node.k8s.io', ['v1'], [['runtimeclasses', 'RuntimeClass', {...cluster, singular: 'runtimeclass'}]]],
	['discovery.k8s.io', ['v1'], [['endpointslices', 'EndpointSlice']]],
	[
		'resource.k8s.io',
		['v1'],
		[
			['deviceclasses', 'DeviceClass', {...cluster, singular: 'deviceclass'}],
			['resourceclaims', 'ResourceClaim', status],
			['resourceclaimtemplates', 'ResourceClaimTemplate'],
			['resourceslices', 'ResourceSlice', cluster],
		],
	],
	[
		'flowcontrol.apiserver.k8s.io',
		['v1'],
		[
			['flowschemas', 'FlowSchema', {...cluster, ...status}],
			['prioritylevelconfigurations', 'PriorityLevelConfiguration', {...cluster, ...status}],
		],
	],
];

/** The resources every API server serves, as `define` takes them. */
export const builtin: readonly ResourceType[] = groups.flatMap(([group, versions, rows]) =>
	rows.map(([plural, kind, more]) => ({group, versions, plural, kind, namespaced: true, ...more})),
);

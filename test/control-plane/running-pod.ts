import {randomUUID} from 'node:crypto';

/** Who a pod of the load is. */
export type PodPlace = {
	readonly index: number;
	readonly namespace: string;
	readonly node: string;
	/** With the record of who wrote which field, as every pod of a real cluster has; doubles its size. */
	readonly managedFields: boolean;
};

/** One in a thousand crash-loops. */
const crashesEvery = 1000;

/** A pod as it lies in etcd once its kubelet has run it: a Deployment's, 3.5 KB as JSON. */
export function runningPod({index, namespace, node, managedFields}: PodPlace) {
	const app = `app-${Math.floor(index / 4) % 2500}`;
	const now = `${new Date().toISOString().slice(0, 19)}Z`;
	const isCrashing = index % crashesEvery === crashesEvery - 1;
	return {
		kind: 'Pod',
		apiVersion: 'v1',
		metadata: {
			name: `${app}-7c9d8f6b5-${index.toString(36).padStart(5, '0')}`,
			generateName: `${app}-7c9d8f6b5-`,
			namespace,
			uid: randomUUID(),
			generation: 1,
			creationTimestamp: now,
			labels: {app, 'app.kubernetes.io/name': app, 'app.kubernetes.io/managed-by': 'Helm', 'pod-template-hash': '7c9d8f6b5'},
			annotations: {'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080', 'kubectl.kubernetes.io/restartedAt': now},
			ownerReferences: [
				{
					apiVersion: 'apps/v1',
					kind: 'ReplicaSet',
					name: `${app}-7c9d8f6b5`,
					uid: randomUUID(),
					controller: true,
					blockOwnerDeletion: true,
				},
			],
			...(managedFields ? {managedFields: whoWroteWhat(now)} : {}),
		},
		spec: spec(node, app),
		status: status(now, app, index, isCrashing),
	};
}

function spec(nodeName: string, app: string) {
	const mount = {name: 'kube-api-access', readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount'};
	return {
		nodeName,
		volumes: [
			{name: 'config', configMap: {name: app, defaultMode: 420}},
			{
				name: 'kube-api-access',
				projected: {
					defaultMode: 420,
					sources: [
						{serviceAccountToken: {expirationSeconds: 3607, path: 'token'}},
						{configMap: {name: 'kube-root-ca.crt', items: [{key: 'ca.crt', path: 'ca.crt'}]}},
					],
				},
			},
		],
		containers: [
			{
				name: 'main',
				image: `registry.example.org/team/${app}:1.24.3`,
				imagePullPolicy: 'IfNotPresent',
				args: ['--listen=:8080', '--log-format=json'],
				ports: [{name: 'http', containerPort: 8080, protocol: 'TCP'}],
				env: [
					{name: 'LOG_LEVEL', value: 'info'},
					{name: 'POD_NAME', valueFrom: {fieldRef: {apiVersion: 'v1', fieldPath: 'metadata.name'}}},
				],
				resources: {requests: {cpu: '50m', memory: '64Mi'}, limits: {memory: '256Mi'}},
				livenessProbe: {
					httpGet: {path: '/healthz', port: 'http', scheme: 'HTTP'},
					timeoutSeconds: 1,
					periodSeconds: 10,
					successThreshold: 1,
					failureThreshold: 3,
				},
				volumeMounts: [{name: 'config', mountPath: '/etc/app'}, mount],
				terminationMessagePath: '/dev/termination-log',
				terminationMessagePolicy: 'File',
			},
		],
		restartPolicy: 'Always',
		terminationGracePeriodSeconds: 30,
		dnsPolicy: 'ClusterFirst',
		serviceAccountName: 'default',
		serviceAccount: 'default',
		securityContext: {},
		schedulerName: 'default-scheduler',
		tolerations: [
			{key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300},
			{key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300},
		],
		priority: 0,
		enableServiceLinks: true,
		preemptionPolicy: 'PreemptLowerPriority',
	};
}

function status(now: string, app: string, index: number, isCrashing: boolean) {
	const podIP = `10.${64 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
	const well = isCrashing ? 'False' : 'True';
	const condition = (type: string, value: string) => ({
		type,
		status: value,
		lastProbeTime: null,
		lastTransitionTime: now,
		...(value === 'False' ? {reason: 'ContainersNotReady', message: 'containers with unready status: [main]'} : {}),
	});
	const crashing = {
		state: {waiting: {reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container=main'}},
		lastState: {terminated: {exitCode: 1, reason: 'Error', startedAt: now, finishedAt: now}},
	};
	return {
		phase: 'Running',
		conditions: [
			condition('PodReadyToStartContainers', 'True'),
			condition('Initialized', 'True'),
			condition('Ready', well),
			condition('ContainersReady', well),
			condition('PodScheduled', 'True'),
		],
		hostIP: '127.0.0.1',
		hostIPs: [{ip: '127.0.0.1'}],
		podIP,
		podIPs: [{ip: podIP}],
		startTime: now,
		containerStatuses: [
			{
				name: 'main',
				...(isCrashing ? crashing : {state: {running: {startedAt: now}}, lastState: {}}),
				ready: !isCrashing,
				started: !isCrashing,
				restartCount: isCrashing ? 17 : 0,
				image: `registry.example.org/team/${app}:1.24.3`,
				imageID: `registry.example.org/team/${app}@sha256:${'0123456789abcdef'.repeat(4)}`,
				containerID: `containerd://${'fedcba9876543210'.repeat(4)}`,
			},
		],
		qosClass: 'Burstable',
	};
}

function whoWroteWhat(time: string) {
	const conditions = Object.fromEntries(
		['ContainersReady', 'Initialized', 'PodReadyToStartContainers', 'Ready'].map(type => [
			`k:{"type":"${type}"}`,
			{'.': {}, 'f:lastProbeTime': {}, 'f:lastTransitionTime': {}, 'f:observedGeneration': {}, 'f:status': {}, 'f:type': {}},
		]),
	);
	const container = {
		'.': {},
		'f:args': {},
		'f:env': {
			'.': {},
			'k:{"name":"LOG_LEVEL"}': {'.': {}, 'f:name': {}, 'f:value': {}},
			'k:{"name":"POD_NAME"}': {'.': {}, 'f:name': {}, 'f:valueFrom': {'.': {}, 'f:fieldRef': {}}},
		},
		'f:image': {},
		'f:imagePullPolicy': {},
		'f:livenessProbe': {
			'.': {},
			'f:failureThreshold': {},
			'f:httpGet': {'.': {}, 'f:path': {}, 'f:port': {}, 'f:scheme': {}},
			'f:periodSeconds': {},
			'f:successThreshold': {},
			'f:timeoutSeconds': {},
		},
		'f:name': {},
		'f:ports': {
			'.': {},
			'k:{"containerPort":8080,"protocol":"TCP"}': {'.': {}, 'f:containerPort': {}, 'f:name': {}, 'f:protocol': {}},
		},
		'f:resources': {'.': {}, 'f:limits': {'.': {}, 'f:memory': {}}, 'f:requests': {'.': {}, 'f:cpu': {}, 'f:memory': {}}},
		'f:terminationMessagePath': {},
		'f:terminationMessagePolicy': {},
		'f:volumeMounts': {'.': {}, 'k:{"mountPath":"/etc/app"}': {'.': {}, 'f:mountPath': {}, 'f:name': {}}},
	};
	const common = {operation: 'Update', apiVersion: 'v1', time, fieldsType: 'FieldsV1'};
	return [
		{
			manager: 'kube-controller-manager',
			...common,
			fieldsV1: {
				'f:metadata': {
					'f:annotations': {
						'.': {},
						'f:kubectl.kubernetes.io/restartedAt': {},
						'f:prometheus.io/port': {},
						'f:prometheus.io/scrape': {},
					},
					'f:generateName': {},
					'f:labels': {
						'.': {},
						'f:app': {},
						'f:app.kubernetes.io/managed-by': {},
						'f:app.kubernetes.io/name': {},
						'f:pod-template-hash': {},
					},
					'f:ownerReferences': {'.': {}, 'k:{"uid":"00000000-0000-4000-8000-000000000000"}': {}},
				},
				'f:spec': {
					'f:containers': {'k:{"name":"main"}': container},
					'f:dnsPolicy': {},
					'f:enableServiceLinks': {},
					'f:restartPolicy': {},
					'f:schedulerName': {},
					'f:securityContext': {},
					'f:terminationGracePeriodSeconds': {},
					'f:volumes': {
						'.': {},
						'k:{"name":"config"}': {'.': {}, 'f:configMap': {'.': {}, 'f:defaultMode': {}, 'f:name': {}}, 'f:name': {}},
					},
				},
			},
		},
		{
			manager: 'kubelet',
			...common,
			subresource: 'status',
			fieldsV1: {
				'f:status': {
					'f:conditions': conditions,
					'f:containerStatuses': {},
					'f:hostIP': {},
					'f:hostIPs': {},
					'f:phase': {},
					'f:podIP': {},
					'f:podIPs': {'.': {}, 'k:{"ip":"10.64.0.1"}': {'.': {}, 'f:ip': {}}},
					'f:startTime': {},
				},
			},
		},
	];
}

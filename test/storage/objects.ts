/** Objects as clusters really serve them, cut to what the storage pane reads. Times are epoch ms. */
export const now = Date.UTC(2026, 10, 21, 2, 14);
export const minutes = 60_000;
export const ago = (milliseconds: number): string => new Date(now - milliseconds).toISOString();

export const storageClass = (name: string, fields: object = {}, metadata: object = {}) => ({
	apiVersion: 'storage.k8s.io/v1',
	kind: 'StorageClass',
	metadata: {name, uid: `class-${name}`, creationTimestamp: ago(1e9), ...metadata},
	provisioner: 'driver.longhorn.io',
	parameters: {numberOfReplicas: '2', diskSelector: name},
	reclaimPolicy: 'Delete',
	volumeBindingMode: 'Immediate',
	...fields,
});

export const isDefault = {annotations: {'storageclass.kubernetes.io/is-default-class': 'true'}};

export const localPath = storageClass('local-path', {
	provisioner: 'rancher.io/local-path',
	parameters: {},
	volumeBindingMode: 'WaitForFirstConsumer',
});

export const volume = (name: string, className: string, claim: string, spec: object = {}, status: object = {}) => ({
	metadata: {name, uid: `pv-${name}`, creationTimestamp: ago(1e9)},
	spec: {
		storageClassName: className,
		capacity: {storage: '10Gi'},
		accessModes: ['ReadWriteOnce'],
		persistentVolumeReclaimPolicy: 'Delete',
		...(claim === '' ? {} : {claimRef: {namespace: claim.split('/')[0], name: claim.split('/')[1]}}),
		csi: {driver: 'driver.longhorn.io', volumeHandle: name, volumeAttributes: {}},
		...spec,
	},
	status: {phase: claim === '' ? 'Available' : 'Bound', ...status},
});

const onNode = (node: string) => ({
	nodeAffinity: {
		required: {nodeSelectorTerms: [{matchExpressions: [{key: 'kubernetes.io/hostname', operator: 'In', values: [node]}]}]},
	},
});

export const localVolume = (name: string, claim: string, node: string) =>
	volume(name, 'local-path', claim, {csi: undefined, local: {path: `/data/${name}`}, ...onNode(node)});

export const nfsVolume = (name: string, className: string, claim: string, server: string) =>
	volume(name, className, claim, {csi: undefined, nfs: {server, path: '/export'}});

export const claim = (
	path: string,
	className: string | undefined,
	fields: {spec?: object; status?: object; metadata?: object} = {},
) => ({
	metadata: {
		namespace: path.split('/')[0],
		name: path.split('/')[1],
		uid: `pvc-${path}`,
		creationTimestamp: ago(1e9),
		...fields.metadata,
	},
	spec: {
		...(className === undefined ? {} : {storageClassName: className}),
		resources: {requests: {storage: '10Gi'}},
		...fields.spec,
	},
	status: {phase: 'Bound', ...fields.status},
});

export const pendingClaim = (
	path: string,
	className: string | undefined,
	age: number,
	spec: object = {},
	metadata: object = {},
) => claim(path, className, {spec, status: {phase: 'Pending'}, metadata: {creationTimestamp: ago(age), ...metadata}});

export const longhornVolume = (name: string, claimPath: string, status: object = {}, spec: object = {}) => ({
	apiVersion: 'longhorn.io/v1beta2',
	kind: 'Volume',
	metadata: {namespace: 'longhorn-system', name, uid: `lhv-${name}`, creationTimestamp: ago(1e9)},
	spec: {size: '10737418240', numberOfReplicas: 2, diskSelector: ['nvme'], ...spec},
	status: {
		state: 'attached',
		robustness: 'healthy',
		currentNodeID: 'nuc-1',
		actualSize: 4_294_967_296,
		lastDegradedAt: '',
		conditions: [{type: 'Scheduled', status: 'True'}],
		kubernetesStatus: {
			pvName: name,
			pvStatus: 'Bound',
			namespace: claimPath.split('/')[0],
			pvcName: claimPath.split('/')[1],
			lastPodRefAt: '',
			workloadsStatus: [{podName: 'app-0', podStatus: 'Running', workloadName: 'app', workloadType: 'StatefulSet'}],
		},
		...status,
	},
});

const Gi = 2 ** 30;

export const longhornNode = (name: string, disk: object = {}, diskStatus: object = {}, tags: readonly string[] = ['nvme']) => ({
	metadata: {namespace: 'longhorn-system', name, uid: `lhn-${name}`, creationTimestamp: ago(1e9)},
	spec: {
		allowScheduling: true,
		tags: [],
		disks: {'default-disk': {path: '/var/lib/longhorn', allowScheduling: true, storageReserved: 10 * Gi, tags, ...disk}},
	},
	status: {
		conditions: [
			{type: 'Ready', status: 'True'},
			{type: 'Schedulable', status: 'True'},
		],
		diskStatus: {
			'default-disk': {
				storageAvailable: 40 * Gi,
				storageMaximum: 100 * Gi,
				storageScheduled: 45 * Gi,
				conditions: [
					{type: 'Ready', status: 'True'},
					{type: 'Schedulable', status: 'True'},
				],
				...diskStatus,
			},
		},
	},
});

export const attachment = (name: string, volumeName: string, node: string, fields: {age?: number; status?: object} = {}) => ({
	metadata: {name, uid: `va-${name}`, creationTimestamp: ago(fields.age ?? 1e9)},
	spec: {attacher: 'driver.longhorn.io', nodeName: node, source: {persistentVolumeName: volumeName}},
	status: {attached: true, ...fields.status},
});

export const csiNode = (name: string, drivers: readonly string[] = ['driver.longhorn.io']) => ({
	metadata: {name, uid: `csi-${name}`, creationTimestamp: ago(1e9)},
	spec: {drivers: drivers.map(driver => ({name: driver, nodeID: name, topologyKeys: ['kubernetes.io/hostname']}))},
});

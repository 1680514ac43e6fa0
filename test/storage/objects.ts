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

export const replica = (name: string, volumeName: string, node: string, spec: object = {}) => ({
	metadata: {namespace: 'longhorn-system', name, uid: `lhr-${name}`, creationTimestamp: ago(1e9)},
	spec: {
		volumeName,
		nodeID: node,
		diskPath: '/var/lib/longhorn',
		failedAt: '',
		healthyAt: ago(1e9 - minutes),
		...spec,
	},
	status: {currentState: 'running'},
});

export const engine = (volumeName: string, modes: Readonly<Record<string, string>>, status: object = {}) => ({
	metadata: {namespace: 'longhorn-system', name: `${volumeName}-e-0`, uid: `lhe-${volumeName}`, creationTimestamp: ago(1e9)},
	spec: {volumeName, nodeID: 'nuc-1'},
	status: {currentState: 'running', replicaModeMap: modes, rebuildStatus: {}, lastExpansionError: '', ...status},
});

/** A pod that mounts a claim and has not been made yet, or what `status` says instead. */
export const waitingPod = (
	path: string,
	claimName: string,
	node: string,
	fields: {since?: number; status?: object; owner?: object} = {},
) => {
	const [namespace, name] = path.split('/');
	const since = ago(fields.since ?? 3 * minutes);
	return {
		metadata: {
			namespace,
			name,
			uid: `pod-${path}`,
			creationTimestamp: since,
			...(fields.owner === undefined ? {} : {ownerReferences: [{controller: true, ...fields.owner}]}),
		},
		spec: {nodeName: node, volumes: [{name: 'data', persistentVolumeClaim: {claimName}}], containers: [{name: 'main'}]},
		status: {
			phase: 'Pending',
			conditions: [
				{type: 'PodScheduled', status: 'True', lastTransitionTime: since},
				{type: 'Ready', status: 'False', reason: 'ContainersNotReady', lastTransitionTime: since},
			],
			containerStatuses: [{name: 'main', state: {waiting: {reason: 'ContainerCreating'}}}],
			...fields.status,
		},
	};
};

/** A pod that runs, and does not answer. */
export const unready = (since: number) => ({
	phase: 'Running',
	conditions: [
		{type: 'PodScheduled', status: 'True'},
		{type: 'Ready', status: 'False', reason: 'ContainersNotReady', lastTransitionTime: ago(since)},
	],
	containerStatuses: [{name: 'main', ready: false, state: {running: {}}}],
});

/** A pod without a node. */
export const unplaced = {
	phase: 'Pending',
	conditions: [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'm', lastTransitionTime: ago(minutes)}],
	containerStatuses: [],
};

export const csiPlugin = (node: string, dir = '/var/lib/kubelet', ready = true) => ({
	metadata: {
		namespace: 'longhorn-system',
		name: `longhorn-csi-plugin-${node}`,
		uid: `plugin-${node}`,
		creationTimestamp: ago(1e9),
		labels: {app: 'longhorn-csi-plugin'},
		ownerReferences: [{kind: 'DaemonSet', name: 'longhorn-csi-plugin', controller: true}],
	},
	spec: {
		nodeName: node,
		volumes: [
			{name: 'registration-dir', hostPath: {path: `${dir}/plugins_registry`, type: 'Directory'}},
			{name: 'pods-mount-dir', hostPath: {path: `${dir}/pods`}},
		],
		containers: [{name: 'longhorn-csi-plugin'}],
	},
	status: {
		phase: 'Running',
		conditions: [{type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: ago(7 * minutes)}],
		containerStatuses: [{name: 'longhorn-csi-plugin', ready, state: {running: {}}}],
	},
});

/** A warning about an object; `about` is `Kind namespace/name`. */
export const warning = (
	reason: string,
	about: string,
	message: string,
	fields: {node?: string; first?: number; last?: number; count?: number} = {},
) => {
	const [kind = '', path = ''] = about.split(' ');
	const [namespace, name] = path.split('/');
	const uid = kind === 'Pod' ? `pod-${path}` : '';
	return {
		metadata: {
			namespace,
			name: `${name}.${reason}.${fields.node ?? ''}`,
			uid: `event-${about}-${reason}`,
			creationTimestamp: ago(minutes),
		},
		involvedObject: {kind, namespace, name, uid},
		type: 'Warning',
		reason,
		message,
		source: {component: 'kubelet', ...(fields.node === undefined ? {} : {host: fields.node})},
		firstTimestamp: ago(fields.first ?? 3 * minutes),
		lastTimestamp: ago(fields.last ?? minutes),
		count: fields.count ?? 2,
	};
};

export const notRegistered = (pv: string) =>
	`MountVolume.MountDevice failed for volume "${pv}" : kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name driver.longhorn.io not found in the list of registered CSI drivers`;
export const timedOut = (pv: string) =>
	`MountVolume.SetUp failed for volume "${pv}" : mount failed: exit status 32 Output: mount.nfs: Connection timed out`;

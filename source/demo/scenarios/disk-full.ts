import type {KubeObject, Scenario, Stage} from '../model.ts';
import {longhorn} from '../objects/longhorn/longhorn.ts';
import {storageNodes} from '../objects/longhorn/storage-node.ts';
import {conditionOf, nodes} from '../objects/node.ts';
import {object} from '../objects/object.ts';
import {stamp} from '../objects/time.ts';
import {record} from '../players/events.ts';

const host = 'nuc-3';
const disk = `${host}-nvme`;

/** A disk fills up: first Longhorn takes no more copies on it, then claims wait, then the kubelet complains. */
export const diskFull: Scenario = {
	id: 'disk-full',
	title: 'A disk runs full',
	description: "nuc-3's NVMe has been short of space for half an hour and keeps filling; new claims find no room",
	worlds: ['homelab'],
	steps: [
		{at: -1800, what: 'the disk falls below the reserve', act: (stage, at) => fill(stage, 0.13, at)},
		{at: -600, what: 'it fills further', act: (stage, at) => fill(stage, 0.082, at)},
		...[10, 20, 30, 40].map((at, index) => ({
			at,
			what: 'it fills further',
			act: (stage: Stage, now: number) => fill(stage, 0.071 - index * 0.011, now),
		})),
		{at: 25, what: 'a claim finds no disk with room', act: (stage, at) => claimInVain(stage, at)},
		{at: 45, what: 'the kubelet reports disk pressure', act: (stage, at) => pressDisk(stage, at)},
	],
};

/** Leaves this share of the disk free. */
function fill({store}: Stage, free: number, at: number): void {
	storageNodes.change(store, {metadata: {name: host, namespace: longhorn.namespace}}, draft => {
		const status = draft.status.diskStatus[disk];
		if (!status) return;
		status.storageAvailable = Math.round(status.storageMaximum * free);
		const message = `Disk ${disk} on the node ${host} has ${status.storageAvailable} available, but requires reserved and minimal`;
		for (const condition of status.conditions) {
			if (condition.type !== 'Schedulable' || condition.status === 'False') continue;
			Object.assign(condition, {status: 'False', reason: 'DiskPressure', message, lastTransitionTime: stamp(at)});
		}
	});
}

function claimInVain(stage: Stage, at: number): void {
	const claim: KubeObject = object(
		'v1',
		'PersistentVolumeClaim',
		{
			namespace: 'media',
			name: 'tdarr-cache',
			createdAt: at,
			annotations: {'volume.kubernetes.io/storage-provisioner': longhorn.driver},
			finalizers: ['kubernetes.io/pvc-protection'],
		},
		{
			spec: {
				accessModes: ['ReadWriteOnce'],
				resources: {requests: {storage: '800Gi'}},
				storageClassName: 'nvme',
				volumeMode: 'Filesystem',
			},
			status: {phase: 'Pending'},
		},
	);
	const message =
		'failed to provision volume with StorageClass "nvme": rpc error: code = ResourceExhausted desc = no disk with tag nvme has 858993459200 bytes to schedule';
	record(stage, {
		about: stage.store.put(claim),
		type: 'Warning',
		reason: 'ProvisioningFailed',
		message,
		from: `${longhorn.driver}_csi-provisioner`,
		at,
	});
}

function pressDisk(stage: Stage, at: number): void {
	const node = nodes.change(stage.store, {metadata: {name: host}}, draft => {
		const pressure = conditionOf(draft, 'DiskPressure');
		const reason = {reason: 'KubeletHasDiskPressure', message: 'kubelet has disk pressure'};
		if (pressure) Object.assign(pressure, {status: 'True', ...reason, lastTransitionTime: stamp(at)});
		const taint = {key: 'node.kubernetes.io/disk-pressure', effect: 'NoSchedule', timeAdded: stamp(at)};
		draft.spec = {...draft.spec, taints: [...(draft.spec?.taints ?? []), taint]};
	});
	const message = `Node ${host} status is now: NodeHasDiskPressure`;
	if (node) record(stage, {about: node, type: 'Normal', reason: 'NodeHasDiskPressure', message, from: 'kubelet', host, at});
}

import type {Scenario, Stage} from '../model.ts';
import {claims, persistentVolumes} from '../objects/claim.ts';
import {digestOf} from '../objects/identity.ts';
import {longhorn} from '../objects/longhorn/longhorn.ts';
import {conditionOf, nodes} from '../objects/node.ts';
import {writtenBy} from '../objects/object.ts';
import {claimsOf, type PodObject} from '../objects/pod.ts';
import {stamp} from '../objects/time.ts';
import {record} from '../players/events.ts';
import {lived} from './lived.ts';
import {remaking} from './remake.ts';

const host = 'nuc-3';
const directory = '/data/kubelet';

/** k3s runs with another kubelet directory; the CSI plugin still registers in the old one, and nobody notices until pods are made anew. */
export const csiBroken: Scenario = {
	id: 'csi-broken',
	title: 'A kubelet path was changed',
	description: `${host}'s kubelet moved to ${directory} 50 minutes ago; Longhorn's plugin registers in the old place, and pods made since find no volumes`,
	worlds: ['homelab'],
	steps: lived([
		{at: -3000, what: `k3s is restarted on ${host} with another kubelet directory`, act: move},
		{at: -2520, what: 'vaultwarden is restarted', act: remaking('apps', 'vaultwarden')},
		{at: -2400, what: 'home-assistant is restarted', act: remaking('home', 'home-assistant')},
		{at: -1500, what: 'grafana is restarted', act: remaking('monitoring', 'grafana')},
		{at: 40, what: 'open-webui is restarted', act: remaking('ai', 'open-webui')},
	]),
};

function move(stage: Stage, at: number): void {
	const node = nodes.change(stage.store, {metadata: {name: host}}, draft => {
		const {annotations = {}} = draft.metadata;
		const before = JSON.parse(annotations['k3s.io/node-args'] ?? '[]') as string[];
		draft.metadata.annotations = {
			...annotations,
			'k3s.io/node-args': JSON.stringify([...before, '--kubelet-arg', `root-dir=${directory}`]),
			'k3s.io/node-config-hash': `${digestOf(host, directory).slice(0, 52).toUpperCase()}====`,
		};
		draft.metadata.managedFields = [writtenBy('k3s', at, 'metadata'), writtenBy('k3s', at, 'status')];
		const ready = conditionOf(draft, 'Ready');
		if (ready) ready.lastTransitionTime = stamp(at + 14_000);
	});
	if (!node) return;
	const said = [
		['Starting', 'Starting kubelet.'],
		['NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods'],
		['NodeNotReady', `Node ${host} status is now: NodeNotReady`],
		['NodeReady', `Node ${host} status is now: NodeReady`],
	] as const;
	for (const [index, [reason, message]] of said.entries())
		record(stage, {about: node, type: 'Normal', reason, message, from: 'kubelet', host, at: at + 4000 * (index + 1)});
	stage.ailments.add({
		is: 'not mounted',
		since: at,
		hits: pod => (pod as PodObject).spec.nodeName === host && volumeOf(stage, pod as PodObject) !== undefined,
		message: pod =>
			`MountVolume.MountDevice failed for volume "${volumeOf(stage, pod as PodObject)}" : kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name ${longhorn.driver} not found in the list of registered CSI drivers`,
	});
}

/** The first of a pod's volumes that Longhorn's driver has to mount. */
function volumeOf({store}: Stage, pod: PodObject): string | undefined {
	return claimsOf(pod)
		.map(name => claims.get(store, name, pod.metadata.namespace)?.spec?.volumeName ?? '')
		.find(name => persistentVolumes.get(store, name)?.spec?.csi?.driver === longhorn.driver);
}

import type {Stage} from '../model.ts';
import {claims, persistentVolumes} from '../objects/claim.ts';
import {type AttachmentObject, attachment, attachments, csiDrivers} from '../objects/csi.ts';
import {claimsOf, isFinished, type PodObject, pods} from '../objects/pod.ts';
import {record, recordRarely} from './events.ts';
import type {Player} from './player.ts';

/** The attach/detach controller: a volume follows its pod, but never while another node may still be writing to it. */
export const attacher: Player = {
	name: 'attach/detach controller',
	every: 2,
	act: (stage, now) => {
		const wanted = pods.all(stage.store).flatMap(pod => wishes(stage, pod));
		const present = attachments.all(stage.store);
		for (const attachment of present) {
			const {nodeName, source} = attachment.spec ?? {};
			const volume = source?.persistentVolumeName;
			if (!wanted.some(wish => wish.volume === volume && wish.node === nodeName)) attachments.remove(stage.store, attachment);
		}
		for (const wish of wanted) attach(stage, wish, now);
	},
};

type Wish = {
	readonly pod: PodObject;
	readonly node: string;
	readonly volume: string;
	readonly driver: string;
	readonly shared: boolean;
};

/** The volumes a pod on a node needs there; a terminating pod needs them until it is gone. */
function wishes({store}: Stage, pod: PodObject): Wish[] {
	const node = pod.spec.nodeName;
	if (!node || isFinished(pod)) return [];
	return claimsOf(pod).flatMap(name => {
		const volume = claims.get(store, name, pod.metadata.namespace)?.spec?.volumeName ?? '';
		const {csi, accessModes = []} = persistentVolumes.get(store, volume)?.spec ?? {};
		if (!csi || csiDrivers.get(store, csi.driver)?.spec?.attachRequired === false) return [];
		return [{pod, node, volume, driver: csi.driver, shared: accessModes.includes('ReadWriteMany')}];
	});
}

function attach(stage: Stage, {pod, node, volume, driver, shared}: Wish, now: number): void {
	const held = attachmentsOf(stage, volume);
	if (held.some(({spec}) => spec?.nodeName === node)) return;
	const about = {about: pod, at: now, from: 'attachdetach-controller'};
	if (held.length > 0 && !shared) {
		if (pod.metadata.deletionTimestamp) return;
		const message = `Multi-Attach error for volume "${volume}" Volume is already exclusively attached to one node and can't be attached to another`;
		recordRarely(stage, 120, {...about, type: 'Warning', reason: 'FailedAttachVolume', message});
		return;
	}
	stage.store.put(attachment(driver, volume, node, now));
	const message = `AttachVolume.Attach succeeded for volume "${volume}"`;
	record(stage, {...about, type: 'Normal', reason: 'SuccessfulAttachVolume', message});
}

function attachmentsOf({store}: Stage, volume: string): readonly AttachmentObject[] {
	return attachments.all(store).filter(({spec}) => spec?.source?.persistentVolumeName === volume);
}

/** True when all the volumes a pod needs are attached to its node. */
export function isAttached(stage: Stage, pod: PodObject): boolean {
	return wishes(stage, pod).every(({volume, node}) => attachmentsOf(stage, volume).some(({spec}) => spec?.nodeName === node));
}

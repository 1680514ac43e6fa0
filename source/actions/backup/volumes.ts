import {safeText} from '../../cluster/safe-text.ts';
import type {LonghornVolumeRecord} from '../../storage/longhorn.ts';
import {own, type SafeText, type Subject, say} from '../../vocabulary.ts';
import type {Concern} from '../plan.ts';

/** A volume that is to be backed up. */
export type PlannedVolume = {
	readonly name: string;
	readonly uid: string;
	/** `namespace/claim`, or the volume's own name. Raw. */
	readonly called: string;
	readonly target: string;
};

/** A volume, as commands about it are made. */
export const subjectOf = ({namespace, name}: LonghornVolumeRecord): Subject => ({
	resource: 'volumes.longhorn.io',
	namespace,
	name,
});

/** As a plan keeps it. */
export const planned = ({name, uid, claim, backupTarget}: LonghornVolumeRecord): PlannedVolume => ({
	name,
	uid,
	called: claim || name,
	target: backupTarget || 'default',
});

/** `namespace/claim`, or its own name where no claim is bound to it. */
export const shownVolume = ({claim, name}: LonghornVolumeRecord): SafeText => safeText(claim || name, 317);

/** Why Longhorn cannot take a snapshot of it; undefined where it can. */
export function unfit(volume: LonghornVolumeRecord): SafeText | undefined {
	if (!volume.actionable) return own('its name is not valid');
	if (volume.robustness === 'faulted') return own('it is faulted: no copy of it can be read');
	return volume.restoring ? own('it is being restored') : undefined;
}

/** What is to be said of a volume before it is backed up. */
export function volumeConcern(volume: LonghornVolumeRecord): readonly Concern[] {
	const [why, about] = [unfit(volume), subjectOf(volume)];
	if (why !== undefined)
		return [{check: 'volumes', weight: 'hurts', about, text: say`volume ${shownVolume(volume)} is left out: ${why}`}];
	if (volume.state !== 'detached') return [];
	const text = say`volume ${shownVolume(volume)} is detached: Longhorn attaches it for as long as that takes`;
	return [{check: 'volumes', weight: 'tells', about, text}];
}

/** In the order in which people look for them. */
export const byName = (a: LonghornVolumeRecord, b: LonghornVolumeRecord) => (planned(a).called < planned(b).called ? -1 : 1);

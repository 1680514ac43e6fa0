import {safeText} from '../../cluster/safe-text.ts';
import {nearest} from '../../files/nearest.ts';
import type {LonghornVolumeRecord} from '../../storage/longhorn.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {join, shownPath, whyUnread} from '../../words.ts';
import {Unplanned} from '../action.ts';
import type {BackupsLook} from './look.ts';
import {type BackupOffer, backupOffers} from './offers.ts';

/** What is to be backed up: a tier, or one volume of Longhorn's. */
export type Found =
	| {readonly is: 'tier'; readonly offer: BackupOffer}
	| {readonly is: 'volume'; readonly volume: LonghornVolumeRecord};

const volumePath = ({namespace, name}: LonghornVolumeRecord): string => `volume/${namespace}/${name}`;

/** A volume by its name, its path, or `namespace/claim`. */
function volumesCalled(typed: string, {volumes}: BackupsLook): readonly LonghornVolumeRecord[] {
	return [...volumes.records.values()].filter(volume => [volume.name, volume.claim, volumePath(volume)].includes(typed));
}

/** Sources that may not be read may have it. */
function unread({facts: {states}}: BackupsLook): readonly SafeText[] {
	const asked = [states.schedules, states.recurringJobs, states.cronJobs, states.snapshots];
	return [...new Set(asked.map(whyUnread).filter(why => why !== undefined))];
}

function missing(typed: string, look: BackupsLook, offers: readonly BackupOffer[]): SafeText {
	const shown = safeText(typed, 253);
	const why = unread(look);
	if (why.length > 0) return say`whether there is a backup tier ${shown} could not be seen: ${join(why, '; ')}`;
	if (offers.length === 0) return say`there is no backup tier ${shown}, nor any other here`;
	const meant = nearest(
		typed,
		offers.flatMap(({name, path}) => [name, path]),
	);
	const instead = meant === undefined ? join(offers.map(offer => offer.shown)) : undefined;
	return instead === undefined
		? say`there is no backup tier ${shown}: did you mean ${safeText(meant ?? '', 320)}?`
		: say`there is no backup tier ${shown}: there is ${instead}`;
}

function only<T>(typed: string, found: readonly T[], pathOf: (one: T) => string): T | undefined {
	if (found.length > 1) {
		const paths = found.map(one => safeText(pathOf(one), 320));
		throw new Unplanned(say`${safeText(typed, 253)} is the name of several: say ${join(paths, ' or ')}`);
	}
	return found[0];
}

/** What somebody means by the name of a tier. @throws Unplanned where there is none, several are called that, or it has no valid name */
export function findBackup(typed: string, look: BackupsLook): Found {
	const offers = backupOffers(look.facts.tiers);
	const named = offers.filter(({name, path}) => name === typed || path === typed);
	const offer = only(typed, named, ({path}) => path);
	if (offer !== undefined) {
		if (offer.kind !== 'cronjob' && offer.tier.schedule?.actionable === false)
			throw new Unplanned(say`${offer.shown} has a name that Kubernetes would not allow: it is not acted on`);
		return {is: 'tier', offer};
	}
	const volume = only(typed, volumesCalled(typed, look), volumePath);
	if (volume === undefined) throw new Unplanned(missing(typed, look, offers));
	if (!volume.actionable) throw new Unplanned(say`volume ${shownPath(volume)} has a name that is not valid: it is not acted on`);
	return {is: 'volume', volume};
}

/** What there is to back up, for who did not say: one line each, and what could not be seen. */
export function offered(look: BackupsLook): readonly SafeText[] {
	const offers = backupOffers(look.facts.tiers);
	const lines = offers.map(({shown, about, why, pausing}) => {
		const paused = pausing === 'unpause' ? own('paused') : undefined;
		return join([say`${shown}: ${about}`, paused, why && say`not now: ${why}`], '; ');
	});
	const none = offers.length === 0 ? [own('there is no backup tier here')] : [];
	return [...lines, ...none, ...unread(look).map(why => say`not seen: ${why}`)];
}

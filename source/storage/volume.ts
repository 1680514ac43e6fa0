import {safeText} from '../cluster/safe-text.ts';
import type {Told} from '../reuse.ts';
import {type Health, own, type RawName, type SafeText, type Subject, say} from '../vocabulary.ts';
import {ageTurns, bytes, join, shownName} from '../words.ts';
import {attachTakes, resizeTakes, type Verdict, type VolumeParts, verdictsOf} from './verdict.ts';

export type VolumeFact = Told &
	VolumeParts & {
		readonly key: string;
		/** The class it belongs to; `''` for none. */
		readonly tier: RawName;
		/** The claim where there is one: that is what people know it by. */
		readonly shown: SafeText;
		/** Where it is in use, or the only place it can be. */
		readonly place: SafeText;
		/** Bytes it promises. */
		readonly size: number | undefined;
		readonly health: Health;
		/** Worst first. */
		readonly verdicts: readonly [Verdict, ...Verdict[]];
		readonly subject: Subject;
	};

function placeOf({volume, longhorn, attachments}: VolumeParts): SafeText {
	const name = longhorn?.node || attachments.find(attachment => attachment.attached)?.node;
	if (name) return shownName({name});
	return volume?.pinnedTo || volume?.server || own('');
}

function subjectOf({volume, longhorn, claim}: VolumeParts): Subject {
	if (claim !== undefined) return {resource: 'persistentvolumeclaims', namespace: claim.namespace, name: claim.name};
	if (volume !== undefined) return {resource: 'persistentvolumes', namespace: volume.namespace, name: volume.name};
	const [namespace, name] = [longhorn?.namespace ?? '', longhorn?.name ?? ''];
	return {resource: 'volumes.longhorn.io', namespace: namespace as RawName, name: name as RawName};
}

/** When a verdict or an age in it turns by time alone. */
function turnsAtOf({claim, attachments}: VolumeParts, [main]: readonly [Verdict, ...Verdict[]], now: number): number {
	const deadlines = [
		...attachments.map(({attached, createdAt}) => (attached ? 0 : createdAt + attachTakes)),
		claim?.resize === undefined ? 0 : claim.resize.at + resizeTakes,
	];
	return Math.min(ageTurns(main.since, now), ...deadlines.filter(at => at > now));
}

/** Tells one volume, with its ages counted to `now` (epoch ms). */
export function volumeFact(parts: VolumeParts, from: readonly unknown[], now: number): VolumeFact {
	const {volume, longhorn} = parts;
	const verdicts = verdictsOf(parts, now);
	return {
		...parts,
		key: `volume/${volume?.name ?? longhorn?.name ?? ''}`,
		tier: volume?.className ?? ('' as RawName),
		shown: safeText(volume?.claim || longhorn?.claim || volume?.name || longhorn?.name || ''),
		place: placeOf(parts),
		size: volume?.capacity ?? longhorn?.size,
		health: verdicts[0].health,
		verdicts,
		subject: subjectOf(parts),
		from,
		asOf: now,
		turnsAt: turnsAtOf(parts, verdicts, now),
	};
}

/** How big it is and where: `10Gi on nuc-1`. */
export function whereabouts({place, size}: Pick<VolumeFact, 'place' | 'size'>): SafeText {
	return join([bytes(size), place === '' ? undefined : say`on ${place}`], ' ');
}

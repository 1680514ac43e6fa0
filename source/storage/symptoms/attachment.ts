import {nameOf, type Symptom} from '../../diagnosis.ts';
import {memoised, own, type RawName, type SafeText, say} from '../../vocabulary.ts';
import {join, shownName} from '../../words.ts';
import type {AttachmentRecord, Trouble} from '../kubernetes.ts';
import {attachTakes} from '../verdict.ts';
import type {VolumeFact} from '../volume.ts';
import {line, noted} from './lines.ts';

/** What is wrong between a volume and its node; ages in milliseconds. */
type Stuck = Pick<Symptom, 'title' | 'since' | 'evidence'> & {readonly warning: number};

const on = ({node}: {readonly node: RawName}) => shownName({name: node});
const lineOf = (attachment: AttachmentRecord): SafeText =>
	line(
		say`${own(attachment.attached ? 'attached to' : 'not attached to')} ${on(attachment)}: VolumeAttachment ${shownName(attachment)}`,
	);

function refused(attachment: AttachmentRecord): Stuck | undefined {
	const {attachError, detachError} = attachment;
	const told = (title: SafeText, {at, text}: Trouble): Stuck => ({
		title,
		since: at,
		warning: 0,
		evidence: [lineOf(attachment), line(text)],
	});
	if (attachError !== undefined) return told(say`cannot be attached to ${on(attachment)}`, attachError);
	return detachError && told(say`cannot be detached from ${on(attachment)}`, detachError);
}

function twice({volume, attachments}: VolumeFact): Stuck | undefined {
	const [first, second] = attachments;
	if (volume?.oneNodeAtATime !== true || first === undefined || second === undefined) return undefined;
	return {
		title: say`on ${on(first)} and ${on(second)}, yet it may be used on one node at a time`,
		since: Math.max(first.createdAt, second.createdAt),
		warning: attachTakes,
		evidence: attachments.map(lineOf),
	};
}

function slow({attachments}: VolumeFact): Stuck | undefined {
	const waiting = attachments.find(({attached}) => !attached);
	return (
		waiting && {
			title: say`is not attached to ${on(waiting)}`,
			since: waiting.createdAt,
			warning: attachTakes,
			evidence: attachments.map(lineOf),
		}
	);
}

function held({heldElsewhere, attachments}: VolumeFact): Stuck | undefined {
	if (heldElsewhere === undefined) return undefined;
	const {event, said} = heldElsewhere;
	const where = join(attachments.map(on));
	return {
		title: where === '' ? own('another node holds it still') : say`${where} holds it still`,
		since: event.firstAt,
		warning: attachTakes,
		evidence: [noted(event, said), ...attachments.map(lineOf)],
	};
}

/** A volume that comes to no node, or leaves none. The same fact gives the same symptoms: one at the most. */
export const attachmentSymptoms = memoised((fact: VolumeFact): readonly Symptom[] => {
	const {shown, subject, attachments, volume, longhorn} = fact;
	const errors = attachments.map(refused).filter(each => each !== undefined);
	const stuck = errors[0] ?? twice(fact) ?? slow(fact) ?? held(fact);
	if (stuck === undefined) return [];
	const {warning, ...told} = stuck;
	const causes = [
		...attachments.map(attachment => nameOf('node-not-ready', on(attachment))),
		...attachments.map(attachment => nameOf('csi-driver-missing', `${volume?.driver ?? ''} on ${on(attachment)}`)),
		...(longhorn === undefined ? [] : [nameOf('volume-faulted', shown), nameOf('controller-down', 'longhorn-manager')]),
	];
	return [{id: 'attachment-stuck', about: shown, subject, after: {warning}, causes, ...told}];
});

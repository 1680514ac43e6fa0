import {safeText} from '../../cluster/safe-text.ts';
import {nameOf, type Symptom} from '../../diagnosis.ts';
import {memoised, own, type SafeText, say} from '../../vocabulary.ts';
import {bytes, shownName, shownPath} from '../../words.ts';
import {workloadOf} from '../claimants.ts';
import type {ClaimRecord} from '../kubernetes.ts';
import {type PendingFact, patience} from '../pending.ts';
import {isLonghorn} from '../provisioner.ts';
import {resizeTakes} from '../verdict.ts';
import type {VolumeFact} from '../volume.ts';
import {line, listed, noted} from './lines.ts';

function pendingEvidence({claim, warnings, pods}: PendingFact): readonly SafeText[] {
	const asked = claim.className === undefined ? own('of no class') : say`of class ${shownName({name: claim.className})}`;
	return [
		line(say`asks for ${bytes(claim.requested)} ${claim.className === '' ? own('without a class') : asked}`),
		...warnings.slice(0, 3).map(event => noted(event)),
		...listed(own('pods that wait'), pods.map(shownPath)),
	];
}

function pendingCauses({waitsForNode, pods, storageClass}: PendingFact): readonly string[] {
	return [
		...(waitsForNode ? pods.map(pod => nameOf('pods-unschedulable', shownPath(workloadOf(pod)))) : []),
		...(isLonghorn(storageClass) ? [nameOf('controller-down', 'longhorn-manager')] : []),
		...(storageClass === undefined || storageClass.server === '' ? [] : [nameOf('storage-server-down', storageClass.server)]),
	];
}

/** A claim that should have a volume by now: one symptom at the most. */
export const pendingSymptoms = memoised((fact: PendingFact): readonly Symptom[] => {
	const {reason, shown, subject, claim, warnings} = fact;
	if (reason === undefined) return [];
	const [newest] = warnings;
	return [
		{
			id: 'claim-pending',
			about: shown,
			subject,
			after: {warning: patience},
			since: claim.createdAt,
			title: say`pending: ${reason}`,
			...(newest === undefined ? {} : {more: safeText(newest.message, 160)}),
			evidence: pendingEvidence(fact),
			causes: [...new Set(pendingCauses(fact))],
		},
	];
});

/** A claim that was bound to a volume that is gone. */
export const lostSymptom = memoised((claim: ClaimRecord): Symptom => {
	const volume = shownName({name: claim.volume});
	return {
		id: 'claim-lost',
		about: shownPath(claim),
		subject: {resource: 'persistentvolumeclaims', namespace: claim.namespace, name: claim.name},
		after: {critical: 0},
		since: 0,
		title: own('its volume is gone'),
		evidence: [line(say`phase Lost; it was bound to PersistentVolume ${volume}`)],
		causes: [],
	};
});

/** A resize that failed, or does not end: one symptom at the most. */
export const resizeSymptoms = memoised(({shown, subject, claim, engine, attachments}: VolumeFact): readonly Symptom[] => {
	const resize = claim?.resize;
	if (claim === undefined || resize === undefined) return [];
	if (claim.resizeNeedsPod && attachments.length === 0) return [];
	const error = engine?.expansionError ? [say`Longhorn: ${engine.expansionError}`] : [];
	return [
		{
			id: 'resize-stuck',
			about: shown,
			subject,
			after: {warning: claim.resizeFailed ? 0 : resizeTakes},
			since: resize.at,
			title: own(claim.resizeFailed ? 'resize failed' : 'resize not finished'),
			evidence: [say`asks for ${bytes(claim.requested)}`, resize.text, ...error].map(line),
			causes: [nameOf('volume-faulted', shown), nameOf('attachment-stuck', shown)],
		},
	];
});

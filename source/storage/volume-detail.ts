import {compareHealth, type Detail, own, type SafeText, say} from '../vocabulary.ts';
import {age, bytes, count, join, shownName, shownPath} from '../words.ts';
import type {EventRecord} from '../workloads/event.ts';
import {copyWords} from './copies.ts';
import {ago, eventLines, evidenceLines, type Lines, line, said} from './detail-lines.ts';
import {attachmentSymptoms} from './symptoms/attachment.ts';
import {resizeSymptoms} from './symptoms/claim.ts';
import {volumeSymptoms} from './symptoms/volume.ts';
import {type VolumeFact, whereabouts} from './volume.ts';

function inKubernetes({volume, claim, attachments, server, waiting}: VolumeFact, now: number): Lines {
	const path = volume?.path ? say`${volume.server}:${volume.path}` : undefined;
	return [
		...line('claim', claim && join([claim.phase, say`${age(claim.createdAt, now)} old`])),
		...line('volume', volume && join([shownName(volume), volume.phase])),
		...line('driver', volume?.driver),
		...line('server', server),
		...line('export', path),
		...line('only on', volume?.pinnedTo),
		...attachments.flatMap(({node, attached, createdAt}) =>
			line(
				'attachment',
				say`${own(attached ? 'attached to' : 'waits for')} ${shownName({name: node})} for ${age(createdAt, now)}`,
			),
		),
		...waiting.flatMap(pod => line('pod', say`${shownPath(pod)}: ${pod.status}`)),
	];
}

function replicasWords({longhorn, copies}: VolumeFact): SafeText | undefined {
	if (longhorn?.replicas === undefined) return undefined;
	if (copies !== undefined) return say`${longhorn.replicas} wanted, ${copies.filter(({is}) => is === 'RW').length} RW`;
	return say`${longhorn.replicas} wanted${own(longhorn.robustness === 'degraded' ? ', not all are healthy' : '')}`;
}

function inLonghorn(fact: VolumeFact, now: number): Lines {
	const {longhorn, engine} = fact;
	if (longhorn === undefined) return [];
	return [
		...line('volume', shownName(longhorn)),
		...line('state', join([longhorn.state, longhorn.robustness])),
		...line('replicas', replicasWords(fact)),
		...line('on disk', say`${bytes(longhorn.actualSize)} of ${bytes(longhorn.size)} per copy`),
		...line('disk tags', join(longhorn.diskTags)),
		...line('workloads', join(longhorn.workloads)),
		...line('last backup', ago(longhorn.backedUpAt, now)),
		...line('restoring', own(longhorn.restoring ? 'yes' : '')),
		...line('rebuild error', engine?.rebuildError),
		...line('resize error', engine?.expansionError),
	];
}

function copyLines({copies = []}: VolumeFact, now: number): Lines {
	return copies.flatMap(copy => {
		const failed = ago(copy.replica.failedAt, now);
		return line(shownName(copy.replica), join([copyWords(copy), failed && say`since ${age(copy.replica.failedAt, now)}`]));
	});
}

const isWrong = ({health}: VolumeFact) => health === 'bad' || health === 'warn';

/** The others in the same place: where that is gone, so are they. */
function neighbours(fact: VolumeFact, all: readonly VolumeFact[]): Lines {
	const {place, server} = fact;
	const there = place === '' ? [] : all.filter(other => other !== fact && other.place === place && other.server === server);
	if (there.length === 0) return [];
	const wrong = there.filter(isWrong).toSorted((a, b) => compareHealth(a.health, b.health));
	return [
		...line(`on ${place}`, say`${count(there.length, 'other volume')}`),
		...wrong.map(({shown, verdicts}) => ({label: shown, value: verdicts[0].word, health: verdicts[0].health})),
	];
}

/** Everything known of a volume, with ages counted to `now` (epoch ms). `events`: what was noted of it and of its pods. */
export function volumeDetail(fact: VolumeFact, all: readonly VolumeFact[], events: readonly EventRecord[], now: number): Detail {
	const state = fact.verdicts.map((verdict, at) => said(at === 0 ? 'state' : 'also', verdict, now));
	const symptoms = [volumeSymptoms, attachmentSymptoms, resizeSymptoms].flatMap(symptomsOf => symptomsOf(fact));
	return {
		title: say`volume ${fact.shown}`,
		sections: [
			{title: 'State', lines: [...state, ...line('where', whereabouts(fact))]},
			{title: 'Kubernetes', lines: inKubernetes(fact, now)},
			{title: 'Longhorn', lines: inLonghorn(fact, now)},
			{title: 'Copies', lines: copyLines(fact, now)},
			{title: 'Evidence', lines: evidenceLines(symptoms)},
			{title: 'Neighbours', lines: neighbours(fact, all)},
			{title: 'Recent events', lines: eventLines(events, now)},
		].filter(({lines}) => lines.length > 0),
	};
}

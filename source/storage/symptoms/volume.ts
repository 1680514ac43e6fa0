import {nameOf, type Symptom} from '../../diagnosis.ts';
import {memoised, own, type SafeText, say} from '../../vocabulary.ts';
import {count, join, shownName} from '../../words.ts';
import {type Copy, copyWords, hangsOnLostNodes, lostNodes, rebuildWords, wholeCopies} from '../copies.ts';
import {longhornDriver} from '../verdict.ts';
import type {VolumeFact} from '../volume.ts';
import {line, listed} from './lines.ts';

/** A rebuild may take so long, in milliseconds, before a degraded volume is worth a warning. */
const rebuildTakes = 10 * 60_000;

const lastFailure = (copies: readonly Copy[]) => Math.max(0, ...copies.map(({replica}) => replica.failedAt));

/** What would explain that copies are gone: their nodes, their disks. */
function lossOf(copies: readonly Copy[]): readonly string[] {
	const failed = copies.filter(({is}) => is === 'failed' || is === 'ERR');
	const disks = failed.map(({replica}) => say`${shownName({name: replica.node})} ${replica.diskPath}`);
	return [
		...lostNodes(copies).map(node => nameOf('node-not-ready', shownName({name: node}))),
		...disks.map(disk => nameOf('disk-full', disk)),
	];
}

function evidenceOf({longhorn, copies, engine}: VolumeFact): readonly SafeText[] {
	const said = longhorn && say`Longhorn says: ${join([longhorn.state, longhorn.robustness])}`;
	const unseen = longhorn && copies === undefined ? own("Longhorn's replicas are not seen") : undefined;
	const error = engine?.rebuildError ? say`rebuild failed: ${engine.rebuildError}` : undefined;
	const stuck = longhorn?.unscheduled;
	const fits = stuck && say`Scheduled False: ${join([stuck.reason, stuck.message], ' ')}`;
	const facts = [said, ...(copies ?? []).map(copyWords), unseen, error, fits].filter(text => text !== undefined);
	return [...facts.map(line), ...listed(own('used by'), longhorn?.workloads ?? [])];
}

const about = (fact: VolumeFact): Pick<Symptom, 'about' | 'subject' | 'evidence'> => ({
	about: fact.shown,
	subject: fact.subject,
	evidence: evidenceOf(fact),
});

function faulted(fact: VolumeFact): Symptom {
	const {longhorn, copies = [], waiting} = fact;
	const isMissed = longhorn?.state !== 'detached' || longhorn.isWanted || waiting.length > 0;
	return {
		id: 'volume-faulted',
		...about(fact),
		after: isMissed ? {critical: 0} : {warning: 0},
		since: lastFailure(copies),
		title: own('no usable copy is left'),
		...(isMissed ? {} : {more: own('no pod wants it')}),
		causes: lossOf(copies),
	};
}

function missing(fact: VolumeFact): Symptom {
	const handle = fact.volume === undefined ? own('') : shownName({name: fact.volume.handle});
	return {
		id: 'volume-faulted',
		...about(fact),
		after: {critical: 0},
		since: 0,
		title: own('Longhorn has no such volume'),
		evidence: [line(say`Kubernetes counts on ${handle}, there is no volumes.longhorn.io of that name`)],
		causes: [],
	};
}

function degraded(fact: VolumeFact): Symptom {
	const {longhorn, copies} = fact;
	const whole = wholeCopies(copies ?? []).length;
	const wanted = longhorn?.replicas;
	const rebuild = rebuildWords(copies ?? []);
	const runs = rebuild !== undefined || (fact.engine?.rebuilds.length ?? 0) > 0;
	const isLast = hangsOnLostNodes(copies ?? []);
	const where = own(isLast ? 'the last healthy copy is on a node that is not ready' : 'no rebuild runs');
	return {
		id: 'volume-degraded',
		...about(fact),
		after: {warning: copies === undefined || runs ? rebuildTakes : 0, ...(isLast ? {critical: 0} : {})},
		since: longhorn?.degradedAt || lastFailure(copies ?? []),
		title:
			copies === undefined || wanted === undefined
				? own('not all of its copies are healthy')
				: say`${whole} of ${count(wanted, 'copy', 'copies')} healthy`,
		...(copies === undefined ? {} : {more: isLast ? where : (rebuild ?? where)}),
		causes: lossOf(copies ?? []),
	};
}

/** Attached, and its engine cannot tell; where its node is lost, that says it all. */
function untold(fact: VolumeFact): Symptom | undefined {
	if (fact.node?.word === 'silent' || fact.node?.word === 'not ready') return undefined;
	return {
		id: 'volume-degraded',
		...about(fact),
		after: {warning: rebuildTakes},
		since: 0,
		title: own('attached, yet Longhorn cannot tell its copies'),
		causes: [...lossOf(fact.copies ?? []), nameOf('controller-down', 'longhorn-manager')],
	};
}

/** How a volume fares in Longhorn: one symptom at the most. The same fact gives the same. */
export const volumeSymptoms = memoised((fact: VolumeFact): readonly Symptom[] => {
	const {volume, longhorn, longhornIs} = fact;
	if (longhorn === undefined) {
		const isMissing = volume?.driver === longhornDriver && volume.phase === 'Bound' && longhornIs === 'known';
		return isMissing ? [missing(fact)] : [];
	}
	if (longhorn.robustness === 'faulted') return [faulted(fact)];
	if (longhorn.robustness === 'degraded') return [degraded(fact)];
	const cannotTell = longhorn.state === 'attached' && longhorn.robustness !== 'healthy';
	return [cannotTell ? untold(fact) : undefined].filter(symptom => symptom !== undefined);
});

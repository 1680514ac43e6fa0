import type {Symptom} from '../diagnosis.ts';
import type {Settings} from '../settings.ts';
import {own, say} from '../vocabulary.ts';
import {age, duration, join, shownName} from '../words.ts';
import {holdsData} from './beside-data.ts';
import type {Beside} from './location-symptoms.ts';
import {endedAt} from './run.ts';
import type {BackupTier} from './tier.ts';
import {ofTier} from './tier-symptoms.ts';

const day = 24 * 3_600_000;
/** A restore proves a tier for so long, in milliseconds. */
const proofHolds = 90 * day;

function withoutData(tier: BackupTier): Symptom | undefined {
	const {last} = tier.history;
	if (last?.outcome !== 'good' || last.volumes === 0 || last.volumesDone > 0) return undefined;
	return ofTier(tier, 'backup-without-data', {
		after: {warning: 0},
		since: endedAt(last),
		title: say`newest backup holds 0 of ${last.volumes} volumes`,
		evidence: [say`${shownName(last)}: ${last.phase}`],
		causes: [],
	});
}

/** One beside its data is told with its location. */
function notOffsite(tier: BackupTier, {servers, aliases}: Beside): Symptom | undefined {
	const {by, lies, location, place, history} = tier;
	if (history.point === undefined || lies === undefined || lies === 'away') return undefined;
	const host = typeof location === 'object' ? location.host : own('');
	if (by !== 'k3s' && (lies === 'cluster' || holdsData(host, servers, aliases))) return undefined;
	return ofTier(tier, 'not-offsite', {
		after: {warning: 0},
		since: 0,
		title: say`only on ${join([place, host], ', ')}`,
		evidence: [own(lies === 'cluster' ? 'a service of this cluster' : 'a machine of this site')],
		causes: [],
	});
}

function unproven(tier: BackupTier): Symptom | undefined {
	const {by, shown, proof, history, schedule, asOf} = tier;
	if (by !== 'velero' || proof === 'unseen' || history.point === undefined) return undefined;
	const since = proof === undefined ? (schedule?.createdAt ?? 0) : proof.completedAt + proofHolds;
	if (asOf < since) return undefined;
	return ofTier(tier, 'restore-unproven', {
		after: {warning: 0},
		since,
		title: say`restore of ${shown} ${own(proof === undefined ? 'never proven' : 'proven too long ago')}`,
		evidence: [
			proof === undefined
				? own('no restore into other namespaces has completed')
				: say`${shownName(proof)} restored ${shownName({name: proof.backup})} ${age(proof.completedAt, asOf)} ago`,
		],
		causes: [],
	});
}

/** Nothing tells when somebody paused it, but the first run that did not come does. */
function paused(tier: BackupTier): Symptom | undefined {
	const {schedule, cycle, cron, asOf} = tier;
	if (schedule?.paused !== true) return undefined;
	const ran = schedule.lastRunAt || schedule.createdAt;
	const since = cycle?.next(ran) || ran;
	if (asOf < since) return undefined;
	return ofTier(tier, 'schedule-paused', {
		after: {warning: day},
		since,
		title: own('paused'),
		evidence: [say`${cron} runs no more`],
		causes: [],
	});
}

function invalid(tier: BackupTier): Symptom | undefined {
	const {schedule, cron} = tier;
	if (schedule?.phase !== 'FailedValidation') return undefined;
	return ofTier(tier, 'schedule-invalid', {
		after: {warning: 0},
		since: 0,
		title: say`refused: ${schedule.errors[0] ?? schedule.phase}`,
		evidence: [...(cron === '' ? [] : [say`schedule ${cron}`]), ...schedule.errors],
		causes: [],
	});
}

function retentionShort(tier: BackupTier, tiers: Settings['tiers']): Symptom | undefined {
	const {schedule, shown} = tier;
	const wanted = tiers[shown]?.retention;
	if (schedule === undefined || wanted === undefined || schedule.keeps === 0 || schedule.keeps >= wanted) return undefined;
	return ofTier(tier, 'retention-short', {
		after: {warning: 0},
		since: 0,
		title: say`kept for ${duration(schedule.keeps)}, target ${duration(wanted)}`,
		evidence: [],
		causes: [],
	});
}

/** What is wrong with a tier every day. */
export function tierRisks(tier: BackupTier, beside: Beside, tiers: Settings['tiers']): readonly Symptom[] {
	return [
		tier.isSeen ? withoutData(tier) : undefined,
		notOffsite(tier, beside),
		unproven(tier),
		paused(tier),
		invalid(tier),
		retentionShort(tier, tiers),
	].filter(symptom => symptom !== undefined);
}

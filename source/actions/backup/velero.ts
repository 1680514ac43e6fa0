import {troubleOf} from '../../backups/run.ts';
import {type BackupRecord, backupKind} from '../../backups/velero.ts';
import {progressOf} from '../../backups/verdict.ts';
import {identityOf} from '../../cluster/identity.ts';
import {items, name, type Raw, text} from '../../cluster/raw.ts';
import type {Reader} from '../../cluster/read-once.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {count, duration, join} from '../../words.ts';
import {type Outcome, type Running, Unplanned} from '../action.ts';
import type {Hands} from '../hands.ts';
import {byWeight, type Plan} from '../plan.ts';
import * as concerns from './concerns.ts';
import {batchOf} from './create.ts';
import type {BackupsLook} from './look.ts';
import {type Body, stampOf, veleroBackup} from './objects.ts';
import type {BackupOffer} from './offers.ts';
import type {BackupRequest} from './request.ts';
import {runSingle, type Seen} from './single.ts';
import {uploadedWords} from './uploads.ts';

/** What running it needs. */
export type VeleroData = {readonly by: 'velero'; readonly namespace: string; readonly schedule: string; readonly body: Body};

const collectionIn = (namespace: string): string => `/apis/velero.io/v1/namespaces/${namespace}/backups`;

/** Plans the backup that `velero backup create --from-schedule` would make. */
export async function planVelero(
	{tier, shown}: BackupOffer,
	{tier: typed, resumes}: BackupRequest,
	{facts}: BackupsLook,
	{transport, now}: Hands,
	reader: Reader,
): Promise<Plan> {
	const {namespace = '', name: schedule = ''} = tier.subject ?? {};
	const raw = await reader.get(`/apis/velero.io/v1/namespaces/${namespace}/schedules/${schedule}`);
	if (raw === undefined) throw new Unplanned(say`schedule ${shown} is not there any more`);
	const body = veleroBackup(raw);
	const trial = () => concerns.judge(transport, collectionIn(namespace), `${schedule}-${stampOf(now())}`, body);
	const [runs, judged] = await Promise.all([
		concerns.controller(reader, namespace, 'velero'),
		resumes === undefined ? trial() : [],
	]);
	const stands = [
		...concerns.otherRun(tier, resumes),
		...concerns.place(tier),
		...concerns.schedule(tier),
		...concerns.queue(tier, facts.tiers),
	];
	const data: VeleroData = {by: 'velero', namespace, schedule, body};
	return {
		action: 'backup',
		title: say`backup ${shown}`,
		command: ['midwatch', 'backup', typed],
		likewise: ['velero', 'backup', 'create', '--from-schedule', schedule, '--namespace', namespace],
		steps: [
			say`create a backup of schedule ${shown} in namespace ${safeText(namespace)}, called ${shown}-TIME`,
			own('follow it to its end'),
		],
		concerns: byWeight([...stands, ...runs, ...judged]),
		deeds: ['create', 'get'].map(verb => ({verb, group: 'velero.io', resource: 'backups', namespace})),
		confirm: {ask: 'yes'},
		objects: tier.subject === undefined ? [] : [{subject: tier.subject, uid: name(raw.metadata?.uid)}],
		data,
	};
}

function goodWords({startedAt, completedAt, items: all, warnings, volumes, volumesDone, expiresAt}: BackupRecord): SafeText {
	return join([
		startedAt > 0 && completedAt >= startedAt ? say`Completed in ${duration(completedAt - startedAt)}` : own('Completed'),
		all === undefined ? undefined : count(all, 'item'),
		volumes === 0 ? undefined : say`${volumesDone} of ${count(volumes, 'volume')}`,
		warnings === 0 ? undefined : count(warnings, 'warning'),
		expiresAt > startedAt && startedAt > 0 ? say`kept for ${duration(expiresAt - startedAt)}` : undefined,
	]);
}

/** What is missing in it, and where that is told in full. */
function badWords(run: BackupRecord, {metadata, status}: Raw): SafeText {
	const invalid = items(status?.validationErrors).map(error => text(error, 256));
	const trouble = invalid.length > 0 ? join(invalid, '; ') : troubleOf(run);
	const warnings = run.warnings === 0 ? undefined : count(run.warnings, 'warning');
	const said = join([run.phase, join([trouble, warnings])], ': ');
	if (run.outcome !== 'partial') return said;
	const describe = say`velero backup describe --details ${text(metadata?.name, 253)} -n ${text(metadata?.namespace, 63)}`;
	return say`${said}. The rest of it can be restored; what is missing is told by ${describe}`;
}

function endOf(run: BackupRecord, raw: Raw): Seen['end'] {
	switch (run.outcome) {
		case 'good':
			return {result: 'done', text: goodWords(run)};
		case 'partial':
		case 'failed':
			return {result: 'failed', text: badWords(run, raw)};
		case 'leaving':
			return {result: 'failed', text: own('it is being deleted')};
		default:
			return undefined;
	}
}

async function see(raw: Raw, reader: Reader): Promise<Seen> {
	const run = backupKind.project(raw, identityOf(raw.metadata), 'v1') as BackupRecord;
	const {items: total, itemsDone = 0, outcome} = run;
	const phase = run.phase === '' ? own('New') : run.phase;
	const uploaded = outcome === 'running' ? await uploadedWords(reader, run.namespace, run.name) : undefined;
	const done = total === undefined ? undefined : say`${itemsDone} of ${count(total, 'item')}`;
	const end = endOf(run, raw);
	return {
		phase,
		short: outcome === 'running' ? say`${progressOf(run)} ${phase}` : phase,
		done: itemsDone,
		total: total ?? 0,
		waiting: end === undefined ? [join([phase, done, uploaded && say`${uploaded} of its volumes`])] : [],
		...(end && {end}),
	};
}

/** Makes the backup, and follows it to its end. */
export function runVelero({namespace, schedule, body}: VeleroData, hands: Hands, running: Running): Promise<Outcome> {
	const name = batchOf(running.journal.before) ?? `${schedule}-${stampOf(hands.now())}`;
	const making = {what: 'backup', collection: collectionIn(namespace), name, batch: name, body};
	return runSingle({tier: safeText(schedule, 253), making, see}, hands, running);
}

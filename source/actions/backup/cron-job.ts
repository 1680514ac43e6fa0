import {flag, instant, items, name, number, type Raw, text} from '../../cluster/raw.ts';
import type {Reader} from '../../cluster/read-once.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {count, duration, join, shownPath} from '../../words.ts';
import {type Outcome, type Running, Unplanned} from '../action.ts';
import type {Hands} from '../hands.ts';
import {byWeight, type Plan} from '../plan.ts';
import * as concerns from './concerns.ts';
import {batchOf} from './create.ts';
import {type Body, cronJobJob, stampOf} from './objects.ts';
import type {BackupOffer} from './offers.ts';
import type {BackupRequest} from './request.ts';
import {runSingle, type Seen} from './single.ts';

/** What running it needs. */
export type CronJobData = {
	readonly by: 'cronjob';
	readonly tier: string;
	readonly namespace: string;
	readonly cronJob: string;
	readonly body: Body;
};

const collectionIn = (namespace: string): string => `/apis/batch/v1/namespaces/${namespace}/jobs`;

/** The name of a job is a label of its pods: no longer than 63 letters, the time included. */
const jobName = (cronJob: string, at: number): string => `${cronJob.slice(0, 48).replace(/[-.]+$/, '')}-${stampOf(at)}`;

/** Plans the job that `kubectl create job --from=cronjob/…` would make. */
export async function planCronJob(
	{tier, shown}: BackupOffer,
	{tier: typed, resumes}: BackupRequest,
	{transport, now}: Hands,
	reader: Reader,
): Promise<Plan> {
	const {namespace = '', name: cronJob = ''} = tier.subject ?? {};
	const raw =
		tier.schedule?.actionable === true
			? await reader.get(`/apis/batch/v1/namespaces/${namespace}/cronjobs/${cronJob}`)
			: undefined;
	if (raw === undefined || tier.subject === undefined)
		throw new Unplanned(
			say`there is no CronJob ${safeText(namespace)}/${safeText(cronJob)}, which the configuration names for ${shown}`,
		);
	const body = cronJobJob(raw);
	const job = jobName(cronJob, now());
	const judged = resumes === undefined ? await concerns.judge(transport, collectionIn(namespace), job, body) : [];
	const data: CronJobData = {by: 'cronjob', tier: shown, namespace, cronJob, body};
	return {
		action: 'backup',
		title: say`backup ${shown}`,
		command: ['midwatch', 'backup', typed],
		likewise: ['kubectl', 'create', 'job', `--from=cronjob/${cronJob}`, job, '--namespace', namespace],
		steps: [say`create a job of CronJob ${shownPath(tier.subject)}`, own('follow it to its end')],
		concerns: byWeight([...concerns.otherRun(tier, resumes), ...concerns.schedule(tier), ...judged]),
		deeds: ['create', 'get'].map(verb => ({verb, group: 'batch', resource: 'jobs', namespace})),
		confirm: {ask: 'yes'},
		objects: [{subject: tier.subject, uid: name(raw.metadata?.uid)}],
		data,
	};
}

const conditionOf = ({status}: Raw, type: string): Raw | undefined =>
	items(status?.conditions).find(condition => name(condition.type) === type && name(condition.status) === 'True');

function endOf(raw: Raw): Seen['end'] {
	const {metadata, status} = raw;
	const failed = conditionOf(raw, 'Failed');
	if (failed !== undefined) {
		const why = join([text(failed.reason, 64), text(failed.message, 256)], ': ');
		const logs = say`kubectl logs job/${text(metadata?.name, 253)} -n ${text(metadata?.namespace, 63)}`;
		return {result: 'failed', text: say`${join([own('Failed'), why], ': ')}. Why is told by ${logs}`};
	}
	if (conditionOf(raw, 'Complete') === undefined) return undefined;
	const [began, ended] = [instant(status?.startTime), instant(status?.completionTime)];
	return {result: 'done', text: began > 0 && ended >= began ? say`Complete in ${duration(ended - began)}` : own('Complete')};
}

const pods = (of: number, what: string): SafeText | undefined => (of === 0 ? undefined : say`${count(of, 'pod')} ${own(what)}`);

async function see(raw: Raw): Promise<Seen> {
	const {spec, status} = raw;
	const [active, ready, failed] = [number(status?.active) ?? 0, number(status?.ready) ?? 0, number(status?.failed) ?? 0];
	const end = endOf(raw);
	const [total, done] = [number(spec?.completions) ?? 1, number(status?.succeeded) ?? 0];
	const under = flag(spec?.suspend) ? own('suspended') : instant(status?.startTime) === 0 ? own('waiting') : own('running');
	const phase = end === undefined ? under : own(end.result === 'done' ? 'Complete' : 'Failed');
	const waiting = join([phase, pods(active, 'active'), pods(ready, 'ready'), pods(failed, 'failed')]);
	return {phase, short: phase, done, total, waiting: end === undefined ? [waiting] : [], ...(end && {end})};
}

/** Makes the job, and follows it to its end. */
export function runCronJob({tier, namespace, cronJob, body}: CronJobData, hands: Hands, running: Running): Promise<Outcome> {
	const of = batchOf(running.journal.before) ?? jobName(cronJob, hands.now());
	const making = {what: 'job', collection: collectionIn(namespace), name: of, batch: of, body};
	return runSingle({tier: safeText(tier, 253), making, see}, hands, running);
}

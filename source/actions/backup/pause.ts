import {flag, name, type Raw} from '../../cluster/raw.ts';
import {sentenceOf} from '../../cluster/sentence.ts';
import {write} from '../../cluster/write.ts';
import {own, type SafeText, type Subject, say} from '../../vocabulary.ts';
import {shownPath} from '../../words.ts';
import {type Action, type Outcome, Unplanned} from '../action.ts';
import {isPassing, outlast} from '../outlast.ts';
import {ownerOf} from '../ownership.ts';
import type {Concern, Plan} from '../plan.ts';
import {findBackup} from './find.ts';
import {lookAtBackups} from './look.ts';
import type {BackupOffer} from './offers.ts';
import type {PauseRequest} from './request.ts';

/** How a schedule is kept from running, by what it is. */
const ways = {
	schedule: {path: 'velero.io/v1', plural: 'schedules', field: 'paused', group: 'velero.io', what: own('schedule')},
	cronjob: {path: 'batch/v1', plural: 'cronjobs', field: 'suspend', group: 'batch', what: own('CronJob')},
} as const;
type Pausable = keyof typeof ways;

/** What running it needs. */
type PauseData = {readonly kind: Pausable; readonly namespace: string; readonly name: string; readonly uid: string};

const pathOf = ({kind, namespace, name: of}: Omit<PauseData, 'uid'>): string =>
	`/apis/${ways[kind].path}/namespaces/${namespace}/${ways[kind].plural}/${of}`;

/** What cannot be paused at all, and what could be done instead. */
function unpausable({kind, shown}: BackupOffer): SafeText {
	if (kind === 'recurringjob')
		return say`${shown} is a recurring job of Longhorn: those cannot be paused. Take its volumes out of it, or delete it`;
	return say`${shown} are snapshots that k3s takes by itself: when, its servers are told by --etcd-snapshot-schedule-cron`;
}

function ownership(raw: Raw, subject: Subject): readonly Concern[] {
	const owner = ownerOf(raw.metadata ?? {});
	if (owner === undefined) return [];
	const text = say`${shownPath(subject)} is managed by ${owner.by}: ${owner.reverts}`;
	return [{check: 'ownership', weight: 'hurts', about: subject, text, wayOut: own('change it there as well')}];
}

function likewise({kind, namespace, name: of}: PauseData, is: PauseRequest['is']): readonly string[] {
	if (kind === 'schedule') return ['velero', 'schedule', is, of, '--namespace', namespace];
	const patch = JSON.stringify({spec: {suspend: is === 'pause'}});
	return ['kubectl', 'patch', 'cronjob', of, '--namespace', namespace, '--patch', patch];
}

const plan: Action<PauseRequest>['plan'] = async ({is, tier: typed}, hands): Promise<Plan> => {
	const reader = hands.reader();
	const found = findBackup(typed, await lookAtBackups(reader, hands));
	if (found.is === 'volume')
		throw new Unplanned(say`${shownPath(found.volume)} is a volume: it has no schedule of its own to ${own(is)}`);
	const {kind, tier, shown} = found.offer;
	const {subject} = tier;
	if ((kind !== 'schedule' && kind !== 'cronjob') || subject === undefined) throw new Unplanned(unpausable(found.offer));
	const at = {kind, namespace: subject.namespace, name: subject.name};
	const raw = tier.schedule?.actionable === true ? await reader.get(pathOf(at)) : undefined;
	if (raw === undefined) throw new Unplanned(say`there is no ${ways[kind].what} ${shownPath(subject)}`);
	const data: PauseData = {...at, uid: name(raw.metadata?.uid)};
	const isPaused = flag(raw.spec?.[ways[kind].field]);
	const changes = isPaused !== (is === 'pause');
	const done = isPaused ? say`${shown} is paused already` : say`${shown} is not paused`;
	const words = is === 'pause' ? own('no backup is made by it until it is unpaused') : own('backups are made by it again');
	return {
		action: is,
		title: say`${own(is)} ${shown}`,
		command: ['midwatch', 'backup', `--${is}`, typed],
		likewise: likewise(data, is),
		steps: changes ? [say`${own(is)} ${ways[kind].what} ${shownPath(subject)}: ${words}`] : [],
		concerns: changes ? ownership(raw, subject) : [],
		deeds: [
			{verb: 'patch', group: ways[kind].group, resource: ways[kind].plural, namespace: subject.namespace, name: subject.name},
		],
		confirm: {ask: 'yes'},
		objects: [{subject, uid: data.uid}],
		...(changes ? {} : {done}),
		data,
	};
};

const run: Action<PauseRequest>['run'] = async (
	planned,
	{is, tier: typed},
	{transport},
	{journal, report, stop},
): Promise<Outcome> => {
	const data = planned.data as PauseData;
	const {title} = planned;
	await journal.write({is: 'intent', step: is, title, detail: {path: pathOf(data), uid: data.uid}});
	const outcome = await attempt();
	const result = outcome.result === 'stopped' ? 'unknown' : outcome.result;
	await journal.write({is: 'outcome', step: is, result, text: outcome.text});
	return outcome;

	async function attempt(): Promise<Outcome> {
		// The uid keeps another one of the same name from being changed.
		const body = {metadata: {uid: data.uid}, spec: {[ways[data.kind].field]: is === 'pause'}};
		const waiting = (why: SafeText) => report({short: title, done: 0, total: 1, waiting: [why], lines: []});
		try {
			await outlast(() => write(transport, {method: 'PATCH', path: pathOf(data), body}), {stop, waiting});
			const undo = is === 'pause' ? 'unpause' : 'pause';
			const text = say`${title}: ${is === 'pause' ? own('no backup is made by it until it is unpaused') : own('done')}`;
			return {result: 'done', text, rollBack: ['midwatch', 'backup', `--${undo}`, typed]};
		} catch (error) {
			const why = sentenceOf(error);
			if (!isPassing(error)) return {result: 'failed', text: say`${title}: not done: ${why}`};
			const text = say`${title}: whether it was done is not known: ${why}`;
			return {result: 'stopped', text, resume: ['midwatch', 'backup', `--${is}`, typed]};
		}
	}
};

/** Keeps a schedule from making backups, or lets it make them again: the request says which. */
export const pauseAction: Action<PauseRequest> = {plan, run};

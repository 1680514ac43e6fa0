import {type ActionRequest, usualDrain} from '../actions/request.ts';
import {goDuration} from '../backups/go-duration.ts';
import {act} from './acting/acting.ts';
import {resumed} from './acting/resuming.ts';
import {type Arguments, readArguments} from './arguments.ts';
import {Complaint} from './complaint.ts';

type DrainRequest = Extract<ActionRequest, {is: 'drain'}>;

/** Milliseconds of `20s`, `5m`, or seconds without a unit; as with kubectl, none or less is no limit. */
function timeOf(flags: Arguments['flags'], name: string, least = 1): number | undefined {
	const given = flags[name];
	if (given === undefined) return undefined;
	const ms = /^-?\d+$/.test(String(given)) ? Number(given) * 1000 : goDuration(String(given));
	if (ms === undefined) throw new Complaint(`--${name} wants a time like 90s or 5m, not ${JSON.stringify(given)}.`, 2);
	return ms < least ? undefined : ms;
}

/** What the flags of kubectl ask for. @throws Complaint */
export function drainRequest({flags, words}: Arguments): DrainRequest {
	const gracePeriod = timeOf(flags, 'grace-period', 0);
	const timeout = timeOf(flags, 'timeout');
	const skip = timeOf(flags, 'skip-wait-for-delete-timeout');
	const selector = flags['pod-selector'];
	return {
		is: 'drain',
		nodes: words,
		options: {
			...usualDrain,
			force: flags.force === true,
			deleteEmptyDirData: flags['delete-emptydir-data'] === true,
			ignoreDaemonSets: flags['ignore-daemonsets'] !== false,
			disableEviction: flags['disable-eviction'] === true,
			...(gracePeriod === undefined ? {} : {gracePeriod}),
			...(timeout === undefined ? {} : {timeout}),
			...(skip === undefined ? {} : {skipWaitForDeleteTimeout: skip}),
			...(selector === undefined ? {} : {podSelector: String(selector)}),
		},
	};
}

/** `midwatch drain NODE…`, with kubectl's options; `midwatch drain --resume RUN` */
export async function run(argv: readonly string[]): Promise<number> {
	const asked = await readArguments('drain', argv);
	const {resume} = asked.flags;
	if (resume !== undefined && asked.words.length > 0)
		throw new Complaint('--resume takes the nodes of the run that it goes on with: name no others.', 2);
	if (resume !== undefined) {
		const before = await resumed('drain', String(resume));
		return act({...drainRequest(before.asked), resumes: before.run}, asked.flags);
	}
	if (asked.words.length === 0)
		throw new Complaint('Say which NODE to drain, or --resume RUN; midwatch drain --help tells what there is.', 2);
	return act(drainRequest(asked), asked.flags);
}

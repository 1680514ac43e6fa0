import type {Moment} from '../diagnosis.ts';
import {keptLines} from '../files/step-folder.ts';
import {historyOf} from '../findings/history.ts';
import type {ReadRun} from '../journal/runs.ts';
import {beginningOf} from '../journal/view.ts';
import {outputFolders} from '../runbooks/report/attempts.ts';
import {reportMarkdown} from '../runbooks/report/markdown.ts';
import {reportOf} from '../runbooks/report/report.ts';
import type {Runbook} from '../runbooks/runbook.ts';
import {writtenPlan} from '../runbooks/session/written-plan.ts';
import type {Arguments} from './arguments.ts';
import {Complaint} from './complaint.ts';
import {json} from './data.ts';
import {lookOnce} from './once.ts';
import {flagsOfRun} from './run-cluster.ts';
import {runMeant} from './run-meant.ts';
import {runbookMeant} from './runbook-meant.ts';
import {chooseTarget} from './target.ts';

/** The runbook of a run, as it was walked; undefined where it is there no more, or another by now. */
async function runbookOf({entries}: ReadRun): Promise<Runbook | undefined> {
	const plan = writtenPlan(entries);
	if (plan === undefined) return undefined;
	const part = plan.id.includes('#') ? `#${plan.id.slice(plan.id.indexOf('#') + 1)}` : '';
	const meant = plan.file.includes('/') ? `${plan.file}${part}` : plan.id;
	const found = await runbookMeant(meant).catch(() => undefined);
	return found?.runbook.hash === plan.hash ? found.runbook : undefined;
}

/** What is kept of the output of a run's steps, by folder; only folders of the run itself are looked into. */
async function outputOf({entries, folder}: ReadRun): Promise<ReadonlyMap<string, readonly string[]>> {
	const ours = outputFolders(entries).filter(each => each.startsWith(`${folder}/`) && !each.includes('/../'));
	return new Map(await Promise.all(ours.map(async each => [each, await keptLines(each).catch(() => [])] as const)));
}

/** What the cluster of a run recorded; undefined where it does not answer, or another one is reached by that name now. */
async function momentsOf({entries}: ReadRun, flags: Arguments['flags']): Promise<readonly Moment[] | undefined> {
	try {
		const target = await chooseTarget(await flagsOfRun(entries, flags), 2);
		if ((target.declared ?? target.server).href !== beginningOf(entries)?.server) return undefined;
		return await lookOnce(target, {timeout: 3}, ({world, cluster, nothing}) => (nothing ? undefined : historyOf(world, cluster)));
	} catch {
		return undefined;
	}
}

/** `midwatch runbook report RUN`: what a walk came to, for those who were not there. */
export async function run({flags, words: [, word = '']}: Arguments): Promise<number> {
	const meant = await runMeant(word, 'runbook');
	const [runbook, output, moments] = await Promise.all([runbookOf(meant), outputOf(meant), momentsOf(meant, flags)]);
	const report = reportOf(meant, {runbook, output, moments});
	if (report === undefined)
		throw new Complaint(`The run ${meant.run} is no runbook: midwatch journal export ${meant.run} tells what it is.`, 2);
	process.stdout.write(flags.format === 'json' || flags.output === 'json' ? json(report) : reportMarkdown(report));
	return 0;
}

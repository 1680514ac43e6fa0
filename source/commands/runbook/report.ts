import type {Moment} from '../../diagnosis.ts';
import {historyOf} from '../../findings/history.ts';
import type {ReadRun} from '../../journal/runs.ts';
import {beginningOf} from '../../journal/view.ts';
import {reportMarkdown} from '../../runbooks/report/markdown.ts';
import type {Arguments} from '../arguments.ts';
import {Complaint} from '../complaint.ts';
import {json} from '../data.ts';
import {lookOnce} from '../once.ts';
import {runMeant} from '../run-meant.ts';
import {chooseTarget} from '../target.ts';
import {flagsOfRun} from './run-cluster.ts';
import {reportOn} from './run-report.ts';

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
	const report = await reportOn(meant, momentsOf(meant, flags));
	if (report === undefined)
		throw new Complaint(`The run ${meant.run} is no runbook: midwatch journal export ${meant.run} tells what it is.`, 2);
	process.stdout.write(flags.format === 'json' || flags.output === 'json' ? json(report) : reportMarkdown(report));
	return 0;
}

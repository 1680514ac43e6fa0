import type {Moment} from '../../diagnosis.ts';
import {keptLines} from '../../files/step-folder.ts';
import type {ReadRun} from '../../journal/runs.ts';
import {outputFolders} from '../../runbooks/report/attempts.ts';
import {reportOf} from '../../runbooks/report/report.ts';
import type {Runbook} from '../../runbooks/runbook.ts';
import {writtenPlan} from '../../runbooks/session/written-plan.ts';
import {runbookMeant} from './meant.ts';
import {wordOf} from './taken-up.ts';

/** The runbook of a run, as it was walked; undefined where it is there no more, or another by now. */
async function runbookOf({entries}: ReadRun): Promise<Runbook | undefined> {
	const plan = writtenPlan(entries);
	if (plan === undefined) return undefined;
	const found = await runbookMeant(wordOf(plan)).catch(() => undefined);
	return found?.runbook.hash === plan.hash ? found.runbook : undefined;
}

/** What is kept of the output of a run's steps, by folder; only folders of the run itself are looked into. */
async function outputOf({entries, folder}: ReadRun): Promise<ReadonlyMap<string, readonly string[]>> {
	const ours = outputFolders(entries).filter(each => each.startsWith(`${folder}/`) && !each.includes('/../'));
	return new Map(await Promise.all(ours.map(async each => [each, await keptLines(each).catch(() => [])] as const)));
}

/** What a walk came to, with what the cluster recorded meanwhile where that is known; undefined where the run is no runbook. */
export async function reportOn(
	run: ReadRun,
	recorded: Promise<readonly Moment[] | undefined>,
): Promise<ReturnType<typeof reportOf>> {
	const [runbook, output, moments] = await Promise.all([runbookOf(run), outputOf(run), recorded]);
	return reportOf(run, {runbook, output, moments});
}

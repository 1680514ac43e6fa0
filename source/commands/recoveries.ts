import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import type {Environment} from '../files/places.ts';
import type {MeanRecovery} from '../findings/targets.ts';
import {readRun, runNames} from '../journal/runs.ts';
import {beginningOf} from '../journal/view.ts';
import {meanRecoveries} from '../runbooks/report/recovery.ts';

/** So many walks, the last ones, tell how fast recoveries are. */
const most = 100;

/** How fast recoveries were on a cluster in the last walks that were written down here; none where that cannot be read. */
export async function readRecoveries(
	environment: Environment,
	{declared, server}: ClusterTarget,
): Promise<readonly MeanRecovery[]> {
	const names = await runNames(environment).catch(() => []);
	const walks = names.filter(name => /^\d+-\d+-runbook-/.test(name)).slice(0, most);
	const read = await Promise.all(walks.map(name => readRun(environment, name).catch(() => undefined)));
	const {href} = declared ?? server;
	return meanRecoveries(read.filter(run => run !== undefined).filter(({entries}) => beginningOf(entries)?.server === href));
}

import {spawn} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {drainAction} from '../../../../source/actions/drain/drain.ts';
import {inTurn} from '../../../../source/cluster/in-turn.ts';
import {readRun, runNames} from '../../../../source/journal/runs.ts';
import {type Passing, spoilerBefore} from '../../../_helpers/spoiler.ts';
import {eventually} from '../../../conformance/subject.ts';
import {running} from '../../../demo/running.ts';
import {handsOn} from '../../hands.ts';
import {newRun} from '../../running.ts';
import {drainOf, podsOn} from './arrange.ts';

const drainer = join(import.meta.dirname, '_fixtures', 'drainer.ts');
const pods = 3;

/** What changes something, and is kept. */
const isWrite = ({method, path}: Passing): boolean =>
	method !== 'GET' && !path.includes('selfsubject') && !path.includes('dryRun=All');

/** Kills a drain with its n-th write, which the server hears or not, and takes it up again. */
async function killedAt(nth: number, fate: 'lost' | 'answer lost'): Promise<void> {
	const state = await mkdtemp(join(tmpdir(), 'midwatch-killed-'));
	const embedded = await running(podsOn('n1', pods), {speed: 10});
	try {
		// What was evicted is still on its way when the drain is taken up again.
		embedded.cluster.stage.silent.add('n1');
		await using spoiler = await spoilerBefore(embedded.cluster.server, embedded.cluster.ca);
		const where = {server: spoiler.server, ca: spoiler.ca, token: embedded.cluster.token};
		const child = spawn(process.execPath, [drainer, JSON.stringify(where), state], {stdio: ['ignore', 'ignore', 'inherit']});
		const ended = new Promise(resolve => child.once('close', resolve));
		const heard: Passing[] = [];
		let writes = 0;
		spoiler.spoil(passing => {
			if (!isWrite(passing)) return 'pass';
			writes += 1;
			if (writes > nth) return 'lost';
			if (writes === nth) child.kill('SIGKILL');
			const what = writes === nth ? fate : 'pass';
			if (what !== 'lost') heard.push(passing);
			return what;
		});
		await ended;

		spoiler.spoil(passing => {
			if (isWrite(passing)) heard.push(passing);
			return 'pass';
		});
		const [name = ''] = await runNames({XDG_STATE_HOME: state});
		using hands = handsOn({...embedded.cluster, ...where}, {environment: {XDG_STATE_HOME: state}});
		const request = drainOf(['n1'], {}, name);
		const plan = await drainAction.plan(request, hands);
		await using run = await newRun(hands, 'drain', name);
		const resumed = drainAction.run(plan, request, hands, run);
		await eventually(async () => expect(run.reported.at(-1)?.waiting.join()).toContain('3 pods terminating'));
		embedded.cluster.stage.silent.delete('n1');
		const label = `killed at write ${nth}, ${fate}`;
		expect(await resumed, label).toEqual({
			result: 'done',
			text: 'n1 is drained and stays cordoned: all 3 pods that had to go are gone',
			rollBack: ['midwatch', 'uncordon', 'n1'],
		});
		const evicted = heard.flatMap(({path}) => /pods\/([^/]+)\/eviction/.exec(path)?.[1] ?? []);
		expect(evicted.toSorted(), label).toEqual(['web-0', 'web-1', 'web-2']);
		expect(
			heard.filter(({method}) => method === 'PATCH'),
			label,
		).toHaveLength(1);
		expect((await readRun(hands.environment, name)).damage, label).toEqual([]);
	} finally {
		await embedded.stop();
		await rm(state, {recursive: true, force: true});
	}
}

/** The lock, an Event, the cordon and the pods. */
const writes = 3 + pods;

test.each<[string, 'lost' | 'answer lost']>([
	['before the server has heard it', 'lost'],
	['after the server has heard it', 'answer lost'],
])(
	'killed with any of its writes, %s, and taken up again: nothing is evicted or cordoned twice, and the cordon is known as its own',
	{
		timeout: 120_000,
	},
	async (_, fate) => {
		// Side by side: most of their time they wait.
		await inTurn(
			Array.from({length: writes}, (_each, at) => at + 1),
			3,
			nth => killedAt(nth, fate),
		);
	},
);

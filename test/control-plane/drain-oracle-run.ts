import {setTimeout as pause} from 'node:timers/promises';
import {drainDataOf} from '../../source/actions/drain/data.ts';
import {kubectlFlags} from '../../source/actions/drain/flags.ts';
import {planDrain} from '../../source/actions/drain/plan.ts';
import type {Hands} from '../../source/actions/hands.ts';
import {inTurn} from '../../source/cluster/in-turn.ts';
import {type Client, connect} from '../conformance/client.ts';
import {type Case, caseOf} from './drain-oracle-case.ts';
import {differences, type Told} from './drain-oracle-judge.ts';
import {clearCase, makeCase, podsOf, type Standing} from './drain-oracle-make.ts';
import {handsOn} from './hands.ts';
import {type ControlPlane, startControlPlane} from './start.ts';

/** What came of one seed: nothing where all was as it had been said. */
export type Verdict = {
	readonly seed: number;
	readonly differences: readonly string[];
	readonly pods: Readonly<Record<string, number>>;
};

/** Clusters that stand side by side in one control plane. */
const sideBySide = 8;
/** Milliseconds: a Job waits ten seconds before it makes another pod. */
const jobWaits = 12_000;
/** Milliseconds until replacements have come and the scheduler has judged them. */
const settlesWithin = 25_000;
/** Of kubectl, in seconds: long enough for four tries at a budget, so that one of them finds what was replaced to be ready. */
const timeout = 20;

/** Asks us, then kubectl, and compares. */
async function judge(
	controlPlane: ControlPlane,
	admin: Client,
	hands: Hands,
	wanted: Case,
	standing: Standing,
): Promise<Verdict> {
	const {namespace, drained} = standing;
	const before = await podsOf(admin, namespace);
	const plan = await planDrain({is: 'drain', nodes: [drained], options: wanted.options}, hands);
	const [node] = drainDataOf(plan.data).nodes;
	const pods = node?.pods ?? [];
	const kubectl = await controlPlane.kubectl(['drain', drained, ...kubectlFlags(wanted.options), `--timeout=${timeout}s`]);
	// What is not to come again has to stay away for as long as a Job may take.
	const isJobOver = pods.some(({next, name}) => next.is === 'gone' && name.startsWith('job-'));
	await pause(isJobOver ? jobWaits : 1000);
	const end = Date.now() + settlesWithin;
	for (;;) {
		const told: Told = {wanted, pods, kubectl, before, after: await podsOf(admin, namespace)};
		const found = differences(told);
		if (found.length === 0 || Date.now() > end) return {seed: wanted.seed, differences: found, pods: tally(pods)};
		await pause(300);
	}
}

/** How often what was said, to show that the clusters were not all alike. */
function tally(pods: ReadonlyArray<{readonly is: string; readonly next: {readonly is: string}; readonly contested?: unknown}>) {
	const words = pods.flatMap(({is, next, contested}) => [
		is,
		`then ${next.is}`,
		...(contested === undefined ? [] : ['contested']),
	]);
	return Object.fromEntries([...Map.groupBy(words, word => word)].map(([word, all]) => [word, all.length]));
}

/** Stands a case up, tries it, and takes it down again. */
async function tried(controlPlane: ControlPlane, admin: Client, hands: Hands, wanted: Case): Promise<Verdict> {
	const {seed} = wanted;
	let standing: Standing | undefined;
	try {
		standing = await makeCase(admin, wanted, `s${seed}`);
		return await judge(controlPlane, admin, hands, wanted, standing);
	} catch (error) {
		return {seed, differences: [`it could not be tried: ${String(error)}`], pods: {}};
	} finally {
		if (standing !== undefined) await clearCase(admin, standing);
	}
}

/** Tries the seeds on one control plane, several at a time, and tells of each as it is done. */
export async function runOracle(seeds: readonly number[], onDone: (verdict: Verdict) => void): Promise<readonly Verdict[]> {
	const controlPlane = await startControlPlane();
	const admin = connect(controlPlane, 'h2', controlPlane.admin);
	const hands = await handsOn(controlPlane);
	const verdicts: Verdict[] = [];
	try {
		await inTurn(seeds, sideBySide, async seed => {
			const verdict = await tried(controlPlane, admin, hands, caseOf(seed));
			verdicts.push(verdict);
			onDone(verdict);
		});
		return verdicts;
	} finally {
		hands.close();
		admin.close();
		await controlPlane.stop();
	}
}

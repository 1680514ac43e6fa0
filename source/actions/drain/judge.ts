import {inTurn} from '../../cluster/in-turn.ts';
import {Refusal} from '../../cluster/refusal.ts';
import type {Transport} from '../../cluster/transport.ts';
import {write} from '../../cluster/write.ts';
import type {SafeText} from '../../vocabulary.ts';
import type {DrainPod} from './pod.ts';

/** What the API server says to an eviction that it only goes through. */
export type Judgement = {readonly is: 'goes'} | {readonly is: 'blocked'; readonly why: SafeText};

/** By the pod's uid; missing where the server did not say. */
export type Judgements = ReadonlyMap<string, Judgement>;

/** Questions that are on their way at once. */
const atOnce = 16;
/** Milliseconds; beyond them the plan does without. */
const within = 3000;

/** Whether the server turned down the eviction itself, for its budgets' sake; not because it is busy, or the user may not. */
function isVerdict({status, sentence, causes}: Refusal): boolean {
	if (status === 429) return causes.some(({reason}) => reason === 'DisruptionBudget');
	if (status === 500) return sentence.includes('more than one PodDisruptionBudget');
	return status === 403 && sentence.includes('poddisruptionbudget');
}

/** Asks the API server to evict pods as a dry run, which changes nothing. Never rejects. */
export async function judge(transport: Transport, pods: readonly DrainPod[]): Promise<Judgements> {
	const judgements = new Map<string, Judgement>();
	await inTurn(pods, atOnce, async pod => {
		const said = await judgementOf(transport, pod);
		if (said !== undefined) judgements.set(pod.uid, said);
	});
	return judgements;
}

async function judgementOf(transport: Transport, {namespace, name, uid, actionable}: DrainPod): Promise<Judgement | undefined> {
	if (!actionable) return undefined;
	const deleteOptions = {dryRun: ['All'], preconditions: {uid}};
	try {
		await write(transport, {
			method: 'POST',
			path: `/api/v1/namespaces/${namespace}/pods/${name}/eviction`,
			body: {apiVersion: 'policy/v1', kind: 'Eviction', metadata: {name, namespace}, deleteOptions},
			dryRun: true,
			within,
		});
		return {is: 'goes'};
	} catch (error) {
		if (!(error instanceof Refusal) || !isVerdict(error)) return undefined;
		return {is: 'blocked', why: error.causes.find(({message}) => message !== '')?.message ?? error.sentence};
	}
}

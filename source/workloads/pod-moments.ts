import type {Moment} from '../diagnosis.ts';
import {own, type Reading, type SafeText, say} from '../vocabulary.ts';
import {join, shownName, shownPath} from '../words.ts';
import {type Owners, workloadOf} from './owner.ts';
import type {PodRecord} from './pod.ts';
import {recorded} from './recorded.ts';

/** What befalls pods of one workload within so many milliseconds is told once. */
const together = 60_000;

/** What befell a pod, in words that its name is the end of. */
type Fate = {readonly at: number; readonly pod: PodRecord; readonly what: SafeText};

const endWords = ({exitCode, reason, container}: NonNullable<PodRecord['ended']>): SafeText =>
	say`${join([say`exit ${exitCode}`, reason], ' ')}: ${container} of`;

function fatesOf(pod: PodRecord): readonly Fate[] {
	const {ended, trouble, deletingAt, createdAt, readyAt, status, ready} = pod;
	return [
		...(ended === undefined ? [] : [{at: ended.at, pod, what: endWords(ended)}]),
		...(deletingAt > 0 && !ready ? [{at: deletingAt, pod, what: own('deleting')}] : []),
		...(status === 'Evicted' ? [{at: readyAt, pod, what: own('evicted')}] : []),
		// A pod in trouble was made at some time.
		...(trouble === undefined ? [] : [{at: createdAt, pod, what: own('created')}]),
	];
}

/** What happened to pods that are or were in trouble, told of their workloads. */
export function podMoments({records}: Reading<PodRecord>, owners: Owners): readonly Moment[] {
	const fates = [...records.values()].flatMap(fatesOf).map(fate => ({...fate, workload: workloadOf(fate.pod, owners)}));
	const alike = Map.groupBy(
		fates,
		({at, what, workload}) => `${workload.kind} ${shownPath(workload)} ${what} ${Math.floor(at / together)}`,
	);
	return [...alike.values()].flatMap(([first, ...others]) => {
		if (first === undefined) return [];
		const at = Math.min(first.at, ...others.map(each => each.at));
		const whom = others.length === 0 ? shownName(first.pod) : own(`${others.length + 1} pods`);
		return [recorded(first.workload, {at, text: say`${first.what} ${whom}`})];
	});
}

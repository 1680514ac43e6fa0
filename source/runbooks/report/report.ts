import {safeText} from '../../cluster/safe-text.ts';
import type {Moment} from '../../diagnosis.ts';
import type {Result} from '../../journal/entry.ts';
import type {RunState} from '../../journal/state.ts';
import {tellEntries} from '../../journal/tell.ts';
import {beginningOf, type ListedRun} from '../../journal/view.ts';
import {type SafeText, say} from '../../vocabulary.ts';
import type {Runbook} from '../runbook.ts';
import {stepsOf} from '../session/steps.ts';
import {writtenPlan} from '../session/written-plan.ts';
import {type Attempt, stepsWalked} from './attempts.ts';
import {findingNoted, recoveryOf} from './recovery.ts';

/** What became of one step. */
export type ReportStep = {
	readonly id: string;
	/** Its number and the phase that it is of, where the runbook is still there as it was. */
	readonly number?: number;
	readonly phase?: SafeText;
	readonly title: SafeText;
	readonly result: 'open' | Result;
	/** How it ended, or why it was skipped. */
	readonly text: SafeText;
	readonly byHand: boolean;
	readonly attempts: readonly Attempt[];
	readonly notes: readonly SafeText[];
};

/** Something that happened while it lasted: to us, by the journal, or to the cluster. */
export type ReportMoment = {readonly at: string; readonly by: 'midwatch' | 'cluster'; readonly text: SafeText};

/** What a walk of a runbook came to, as data. Times are ISO 8601 in UTC; lengths of time are seconds. */
export type Report = {
	readonly schema: 'midwatch.report/1';
	readonly run: string;
	readonly state: RunState;
	readonly runbook: {readonly id: string; readonly title: SafeText; readonly file: string; readonly hash: string};
	readonly finding?: string;
	readonly context: string;
	readonly server: string;
	readonly by: string;
	readonly version: string;
	readonly began: string;
	readonly ended?: string;
	readonly parameters: Readonly<Record<string, string>>;
	readonly seconds: {readonly walked: number; readonly toAcknowledge?: number; readonly toRecover?: number};
	readonly summary: SafeText;
	readonly steps: readonly ReportStep[];
	readonly notes: readonly SafeText[];
	readonly timeline: readonly ReportMoment[];
	/** Missing where the cluster did not tell what happened to it. */
	readonly clusterTold: boolean;
	readonly damage: readonly SafeText[];
};

/** What a report is made of beside the journal. */
export type Beside = {
	/** The runbook as it was walked; undefined where it is there no more, or another. */
	readonly runbook: Runbook | undefined;
	/** What is kept of the output of steps, by the folder that the journal names. */
	readonly output: ReadonlyMap<string, readonly string[]>;
	/** What happened to the cluster; undefined where it does not tell. */
	readonly moments: readonly Moment[] | undefined;
};

/** What happened to the cluster before it was walked is told from so long before on; ms. */
const reachBefore = 15 * 60_000;

const isoOf = (at: number): string => new Date(at).toISOString();
const secondsOf = (milliseconds: number): number => Math.max(0, Math.round(milliseconds / 1000));

/** The steps of the runbook in their order, with what was done about each; those alone that were touched, where it is gone. */
function reportSteps(run: ListedRun, {runbook, output}: Beside): readonly ReportStep[] {
	const walked = stepsWalked(run.entries, output);
	const untouched = {result: 'open', text: safeText(''), byHand: false, attempts: [], notes: []} as const;
	if (runbook === undefined) return [...walked].map(([id, step]) => ({id, ...step, title: step.title ?? safeText(id, 80)}));
	const phases = new Map(
		runbook.phases.flatMap(({title, blocks}) =>
			blocks.flatMap(block => (block.is === 'step' ? [[block.step.id, title] as const] : [])),
		),
	);
	return stepsOf(runbook).map(({id, number, title}) => ({
		...untouched,
		...walked.get(id),
		id,
		number,
		title,
		...(phases.has(id) ? {phase: phases.get(id) ?? safeText('')} : {}),
	}));
}

function timelineOf(run: ListedRun, moments: readonly Moment[], from: number, until: number): readonly ReportMoment[] {
	const ours = tellEntries(run).map(({at, what, text}) => ({at, by: 'midwatch' as const, text: say`${what}: ${text}`}));
	const theirs = moments
		.filter(({at}) => at >= from && at <= until)
		.map(({at, about, text}) => ({at, by: 'cluster' as const, text: say`${about}: ${text}`}));
	return [...ours, ...theirs].toSorted((a, b) => a.at - b.at).map(({at, ...rest}) => ({at: isoOf(at), ...rest}));
}

function summaryOf(steps: readonly ReportStep[]): SafeText {
	const counts = [...Map.groupBy(steps, ({result}) => result)].map(([result, some]) => `${some.length} ${result}`);
	return safeText(counts.length === 0 ? 'no step was begun' : `steps: ${counts.join(', ')}`);
}

/** What a walk came to; undefined where the run is none of a runbook. Pure. */
export function reportOf(run: ListedRun, beside: Beside): Report | undefined {
	const {entries} = run;
	const [began, plan, last] = [beginningOf(entries), writtenPlan(entries), entries.at(-1)];
	if (began === undefined || plan === undefined || last === undefined) return undefined;
	const ended = entries.findLast(({is}) => is === 'ended' || is === 'resumed');
	const until = ended?.is === 'ended' ? ended.at : last.at;
	const {since, acknowledgedAt, clearedAt} = recoveryOf(entries) ?? {};
	const isKnown = since !== undefined && since > 0;
	const steps = reportSteps(run, beside);
	const {context, server, by, version} = began;
	return {
		schema: 'midwatch.report/1',
		run: run.run,
		state: run.state,
		runbook: {id: plan.id, title: beside.runbook?.title ?? safeText(plan.id, 120), file: plan.file, hash: plan.hash},
		...(plan.finding === undefined ? {} : {finding: plan.finding}),
		context,
		server,
		by,
		version,
		began: isoOf(began.at),
		...(ended?.is === 'ended' ? {ended: isoOf(ended.at)} : {}),
		parameters: plan.parameters,
		seconds: {
			walked: secondsOf(until - began.at),
			...(isKnown ? {toAcknowledge: secondsOf((acknowledgedAt ?? began.at) - since)} : {}),
			...(isKnown && clearedAt !== undefined ? {toRecover: secondsOf(clearedAt - since)} : {}),
		},
		summary: summaryOf(steps),
		steps,
		notes: entries.flatMap(entry =>
			entry.is === 'noted' && entry.step === undefined && findingNoted(entry) === undefined ? [safeText(entry.text, 4000)] : [],
		),
		timeline: timelineOf(run, beside.moments ?? [], (isKnown ? Math.min(since, began.at) : began.at) - reachBefore, until),
		clusterTold: beside.moments !== undefined,
		damage: run.damage.map(({text}) => text),
	};
}

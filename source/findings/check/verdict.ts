import type {Blind} from '../../diagnosis.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import type {Finding} from '../finding.ts';
import {type Incident, without} from '../fold.ts';
import type {IncidentsFacts} from '../incidents.ts';
import type {World} from '../world.ts';
import {type Measures, measure, noMeasures} from './measures.ts';

export type State = 'critical' | 'warning' | 'unknown' | 'ok';

/** What the caller wants left out, and what counts. */
export type Asked = {
	/** Systems whose silence lowers no verdict. */
	readonly optional: readonly string[];
	/** Findings that lower no verdict: `backup-late`, `backup-late:tier-0`. */
	readonly ignore: readonly string[];
	/** Standing risks lower it too. */
	readonly risks: boolean;
};

/** What one look at a cluster comes to. */
export type CheckVerdict = {
	readonly state: State;
	readonly incidents: readonly Incident[];
	readonly risks: readonly Finding[];
	readonly marks: IncidentsFacts['marks'];
	/** Systems that could not be judged, once each. */
	readonly unjudged: readonly {readonly what: SafeText; readonly why: SafeText; readonly required: boolean}[];
	readonly measures: Measures;
	readonly stateless: boolean;
};

/** `check`'s and Nagios' exit codes. */
export const exitOf: Readonly<Record<State, number>> = {ok: 0, warning: 1, critical: 2, unknown: 3};

const order: readonly State[] = ['critical', 'warning', 'unknown', 'ok'];

/** The worst of several states; `ok` for none. */
export function worstState(states: readonly State[]): State {
	return order.find(state => states.includes(state)) ?? 'ok';
}

/** `backup-late`, `backup-late:tier-0`. */
const isAmong =
	(names: readonly string[]) =>
	({name, symptom}: Finding): boolean =>
		names.includes(name) || names.includes(symptom.id);

/** One line a system: the reasons of its sources are told once, those of what is required first, nodes before what stands on them. */
function unjudgedOf(blind: readonly Blind[], optional: readonly string[]): CheckVerdict['unjudged'] {
	const bySystem = Map.groupBy(blind, ({what, why}) => `${what}: ${why}`);
	const all = [...bySystem.values()].flatMap(([first]) => (first === undefined ? [] : [first]));
	return all
		.map(({what, why, required}) => ({what, why, required: required && !optional.includes(what)}))
		.sort((a, b) => Number(b.required) - Number(a.required));
}

/** How an incident counts: one that cannot be judged does not where nobody misses what it would be judged by. */
function stateOf({is, severity, root}: Incident, forgiven: ReadonlySet<string | undefined>): State {
	if (is === 'raised') return severity;
	return forgiven.has(root.why) ? 'ok' : 'unknown';
}

/** `gpu: exporter on gpu-1 gave no answer`; a reason may begin with the name of its system. */
export function unjudgedWords({what, why}: CheckVerdict['unjudged'][number]): SafeText {
	return why.startsWith(`${what}: `) ? why : say`${what}: ${why}`;
}

/** Judges what was seen of a cluster. */
export function verdictOf(world: World, {optional, ignore, risks: withRisks}: Asked, stateless: boolean): CheckVerdict {
	const {incidents: facts} = world;
	const isIgnored = isAmong(ignore);
	const incidents = facts.incidents.map(incident => without(incident, isIgnored)).filter(incident => incident !== undefined);
	const risks = facts.risks.filter(risk => !isIgnored(risk));
	const unjudged = unjudgedOf(facts.blind, optional);
	const forgiven = new Set<string | undefined>(unjudged.filter(({required}) => !required).map(({why}) => why));
	const states: State[] = [
		...incidents.map(incident => stateOf(incident, forgiven)),
		...(unjudged.some(({required}) => required) ? (['unknown'] as const) : []),
		...(withRisks && risks.some(({name}) => !facts.marks.has(name)) ? (['warning'] as const) : []),
	];
	return {state: worstState(states), incidents, risks, marks: facts.marks, unjudged, measures: measure(world), stateless};
}

/** The verdict on a cluster of which nothing was seen, and why that is. */
export function unseenVerdict(why: SafeText): CheckVerdict {
	return {
		state: 'unknown',
		incidents: [],
		risks: [],
		marks: new Map(),
		unjudged: [{what: own('apiserver-unreachable'), why, required: true}],
		measures: noMeasures,
		stateless: false,
	};
}

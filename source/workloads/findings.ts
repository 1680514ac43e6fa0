import {type Diagnosis, type Felt, type FindingId, nameOf, type Symptom} from '../diagnosis.ts';
import {matchesAny, type Settings} from '../settings.ts';
import {memoised, own, type SafeText, say} from '../vocabulary.ts';
import type {Ailment} from './ailment.ts';
import {blindOf} from './blindness.ts';
import type {WorkloadsFacts} from './facts.ts';
import {evidenceLine} from './said.ts';
import type {ShortFact} from './short-fact.ts';
import type {TroubledFact} from './troubled-fact.ts';

const minute = 60_000;
/** So many pods that no node takes are no longer one workload's own affair. */
const manyPending = 10;

/** What is said of a workload depends on whether it pages, and on whether many others wait too. */
type Weight = {readonly isCritical: boolean; readonly isCrowded: boolean};

const base = ({shown, subject}: TroubledFact | ShortFact) => ({about: shown, ...(subject === undefined ? {} : {subject})});

function ofAilment(fact: TroubledFact, id: FindingId, ailment: Ailment, critical: number | undefined): Symptom {
	const {many, since, after, title, evidence, causes} = ailment;
	// What people would miss is told first, and why it does not run under it.
	const louder = nameOf('critical-workload-down', fact.shown);
	const thresholds = critical === undefined ? {warning: after} : {warning: after, critical};
	return {...base(fact), id, after: thresholds, since, title, evidence, causes: [...causes, louder], many};
}

function troubleSymptoms(fact: TroubledFact, {isCritical, isCrowded}: Weight): readonly Symptom[] {
	const {pending, failing} = fact;
	return [
		...(pending === undefined
			? []
			: [ofAilment(fact, 'pods-unschedulable', pending, isCritical || isCrowded ? pending.after : undefined)]),
		...(failing === undefined ? [] : [ofAilment(fact, 'pods-failing', failing, undefined)]),
	];
}

/** What is wrong with those of its pods that there are. */
function podsSay({troubled}: ShortFact): readonly SafeText[] {
	const ailments = [troubled?.failing, troubled?.pending].filter(ailment => ailment !== undefined);
	if (ailments.length === 0) return troubled?.notes.slice(0, 2) ?? [];
	return ailments.flatMap(({title, evidence}) => [title, ...evidence.slice(1, 2)]);
}

function criticalSymptom(fact: ShortFact): Symptom {
	const {record, since, isFelt, app, forbidden, troubled} = fact;
	const {wanted, ready} = record;
	return {
		...base(fact),
		id: 'critical-workload-down',
		after: ready === 0 ? {critical: minute} : {warning: 5 * minute},
		since,
		title: say`${ready} of ${wanted} ready`,
		evidence: [
			say`${own(record.kind)} ${fact.shown}: ${wanted} wanted, ${record.made} made, ${ready} ready`,
			...(forbidden === undefined ? [] : [evidenceLine(forbidden.title)]),
			...podsSay(fact),
		],
		causes: [...(troubled?.causes ?? []), nameOf('workload-short', fact.shown)],
		...(isFelt ? {apps: [app]} : {}),
	};
}

function shortSymptom(fact: ShortFact, createCauses: readonly string[]): Symptom | undefined {
	const {record, forbidden} = fact;
	if (forbidden === undefined) return undefined;
	return {
		...base(fact),
		id: 'workload-short',
		after: {warning: 2 * minute},
		since: forbidden.since,
		title: forbidden.title,
		evidence: [say`${record.wanted} wanted, ${record.made} made, ${record.ready} ready`, evidenceLine(forbidden.message)],
		causes: forbidden.byWebhook ? createCauses : [],
	};
}

function shortSymptoms(fact: ShortFact, isCritical: boolean, createCauses: readonly string[]): readonly Symptom[] {
	const {wanted, ready} = fact.record;
	const short = shortSymptom(fact, createCauses);
	return [...(isCritical && ready < wanted ? [criticalSymptom(fact)] : []), ...(short === undefined ? [] : [short])];
}

const feltOf = memoised((fact: ShortFact): Felt => {
	const own = (['critical-workload-down', 'workload-short', 'pods-failing', 'pods-unschedulable'] as const).map(id =>
		nameOf(id, fact.shown),
	);
	return {app: fact.app, causes: [...(fact.troubled?.causes ?? []), ...own]};
});

/** The symptoms of each fact by its weight, under one declaration; unchanged facts keep theirs. */
const tellers = memoised(({critical}: Settings) => {
	const pages = memoised((fact: TroubledFact | ShortFact) => ({it: matchesAny(fact.key, critical)}));
	const ofTroubled = ([false, true] as const).map(isCrowded =>
		memoised((fact: TroubledFact) => troubleSymptoms(fact, {isCritical: pages(fact).it, isCrowded})),
	);
	const ofShort = memoised((createCauses: readonly string[]) =>
		memoised((fact: ShortFact) => shortSymptoms(fact, pages(fact).it, createCauses)),
	);
	return {ofTroubled: (isCrowded: boolean) => ofTroubled[isCrowded ? 1 : 0], ofShort};
});

const diagnosisUnder = memoised((settings: Settings) =>
	memoised((facts: WorkloadsFacts): Diagnosis => {
		const {ofTroubled, ofShort} = tellers(settings);
		const {troubled, short, pending, createCauses} = facts;
		return {
			symptoms: [
				...troubled.flatMap(fact => ofTroubled(pending > manyPending)?.(fact) ?? []),
				...short.flatMap(ofShort(createCauses)),
			],
			blind: blindOf(facts),
			felt: short.filter(({isFelt}) => isFelt).map(feltOf),
		};
	}),
);

/** What is wrong with the workloads and their pods. The same facts and settings give the same object. */
export function diagnoseWorkloads(facts: WorkloadsFacts, settings: Settings): Diagnosis {
	return diagnosisUnder(settings)(facts);
}

import {type Blind, type Diagnosis, type FindingId, nameOf, type Symptom} from '../../source/diagnosis.ts';
import {judge, type Ledger} from '../../source/findings/judge.ts';
import {own} from '../../source/vocabulary.ts';

export const now = Date.parse('2026-11-21T02:14:00Z');
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;

/** A symptom that is worth a warning at once and has nothing else to say. */
export function symptom(id: FindingId, about: string, more: Partial<Symptom> = {}): Symptom {
	return {id, about: own(about), after: {warning: 0}, since: 0, title: own('wrong'), evidence: [], causes: [], ...more};
}

export const blind = (ids: readonly FindingId[], more: Partial<Blind> = {}): Blind => ({
	ids,
	what: own('storage'),
	why: own('longhorn: denied'),
	loading: false,
	required: true,
	...more,
});

export const says = (symptoms: readonly Symptom[], more: Partial<Diagnosis> = {}): readonly Diagnosis[] => [
	{symptoms, blind: [], ...more},
];

const nobody: ReadonlyMap<string, number> = new Map();

/** Judges, one after the other, what is said at each of these moments. */
export function judged(
	moments: ReadonlyArray<readonly [at: number, diagnoses: readonly Diagnosis[]]>,
	remembered = nobody,
	before?: Ledger,
): Ledger {
	let ledger = before;
	for (const [at, diagnoses] of moments) ledger = judge({diagnoses, now: at, remembered}, ledger);
	if (ledger === undefined) throw new Error('Nothing was said.');
	return ledger;
}

/** A ledger of symptoms that have been there for an hour, and can be seen to. */
export function standing(symptoms: readonly Symptom[], more: Partial<Diagnosis> = {}): Ledger {
	return judged([
		[
			now,
			says(
				symptoms.map(each => ({...each, since: each.since || now - hour})),
				more,
			),
		],
	]);
}

/** Each finding in a line: name, severity, how it stands, since when it is known. */
export const told = ({findings}: Ledger): readonly string[] =>
	findings.map(({name, severity, is, known}) => `${name} ${severity} ${is} ${known}`);

export const named = (id: FindingId, about: string): string => nameOf(id, about);

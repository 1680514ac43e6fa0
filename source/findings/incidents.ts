import {type Mark, type Marks, markFor} from '../marks.ts';
import type {Finding} from './finding.ts';
import {type Folded, fold} from './fold.ts';
import type {Ledger} from './judge.ts';
import {findingTurns} from './tell.ts';

/** What is wrong, as it is told at one moment. */
export type IncidentsFacts = Folded & {
	/** Marks that hold now, by the finding's name. */
	readonly marks: ReadonlyMap<string, Mark>;
	readonly blind: Ledger['blind'];
	/** Ages are counted to this moment, epoch ms. */
	readonly asOf: number;
	/** When a word of it turns by time alone, epoch ms. */
	readonly changesAt: number;
	readonly from: readonly unknown[];
};

/** What a finding says without its ages: what it is about, how many, and of a risk in which words. */
export function fingerprint({symptom, class: kind}: Finding): string {
	const {id, about, title, many = 1} = symptom;
	const words = kind === 'risk' ? title : '';
	return `${id}:${about} ${words.replaceAll(/\d+[smhdy]\S*/g, '')} ${many}`.trim();
}

/** An incident that began after it was acknowledged is another one: the first was over meanwhile. */
const isOfAnother = ({kind, at}: Mark, {since, known}: Finding): boolean =>
	kind === 'acknowledged' && known !== 'found' && at < since;

function marksOf(findings: readonly Finding[], marks: Marks, now: number): ReadonlyMap<string, Mark> {
	return new Map(
		findings.flatMap(finding => {
			if (finding.is === 'cleared') return [];
			const mark = markFor(finding.name, fingerprint(finding), marks, now);
			return mark === undefined || isOfAnother(mark, finding) ? [] : [[finding.name, mark] as const];
		}),
	);
}

/** How what is wrong is told at `now` (epoch ms); the answer from before while it still holds. */
export function incidentsFacts(ledger: Ledger, marks: Marks, now: number, before?: IncidentsFacts): IncidentsFacts {
	const from = [ledger, marks];
	if (before !== undefined && now < before.changesAt && from.every((one, at) => one === before.from[at])) return before;
	const folded = fold(ledger);
	const holding = marksOf(ledger.findings, marks, now);
	const turns = [
		...ledger.findings.map(finding => findingTurns(finding, now)),
		...[...holding.values()].map(({until}) => until ?? Number.POSITIVE_INFINITY),
	];
	return {...folded, marks: holding, blind: ledger.blind, asOf: now, changesAt: Math.min(...turns), from};
}

import {sameList, stillTrue, type Told} from '../reuse.ts';
import type {Health, Reading, SafeText, Subject} from '../vocabulary.ts';
import {ageTurns, shownName} from '../words.ts';
import type {Answering, Answers} from './answering.ts';
import type {ApiServiceRecord} from './api-service.ts';
import {serviceFindings} from './blame.ts';

/** An API that something in the cluster serves. */
export type ApiServiceFact = Told & {
	readonly key: string;
	readonly about: SafeText;
	readonly record: ApiServiceRecord;
	/** Who answers for it; undefined where that cannot be told. */
	readonly answering: Answering | undefined;
	readonly health: Health;
	readonly causes: readonly string[];
	readonly subject: Subject;
};

const healthOf = (available: boolean | undefined): Health => (available === undefined ? 'unknown' : available ? 'ok' : 'warn');

/** The APIs served from inside the cluster. Give it its last answer: what is still true stays the same object. */
export function apiServiceFacts(
	{records}: Reading<ApiServiceRecord>,
	answers: Answers,
	lost: ReadonlySet<string>,
	now: number,
	previous: readonly ApiServiceFact[] | undefined,
): readonly ApiServiceFact[] {
	const known = new Map(previous?.map(fact => [fact.key, fact]));
	const facts = [...records.values()].map(record => {
		const answering = answers(record.service);
		const causes = answering === undefined || record.available !== false ? [] : serviceFindings(answering, lost);
		const key = `apiservice/${record.name}`;
		const from = [record, answering?.ready, answering?.total, causes.join()];
		return (
			stillTrue(known.get(key), from, now) ?? {
				key,
				about: shownName(record),
				record,
				answering,
				health: healthOf(record.available),
				causes,
				subject: {resource: 'apiservices.apiregistration.k8s.io', namespace: record.namespace, name: record.name},
				from,
				asOf: now,
				turnsAt: record.available === true ? Number.POSITIVE_INFINITY : ageTurns(record.since, now),
			}
		);
	});
	return sameList(previous, facts);
}

import {sameList, stillTrue, type Told} from '../reuse.ts';
import type {Health, Reading, SafeText, Subject} from '../vocabulary.ts';
import {ageTurns, shownName} from '../words.ts';
import type {Answering, Answers, ServiceName} from './answering.ts';
import {serviceFindings} from './blame.ts';
import {fullResource, type Webhook, type WebhookRecord} from './webhook.ts';

/** A webhook of a configuration, and who answers for it: undefined where that cannot be told, or nobody in the cluster does. */
export type AskedFact = {readonly webhook: Webhook; readonly answering: Answering | undefined};

/** The webhook configurations of one name: often there is one that validates and one that mutates. */
export type WebhookFact = Told & {
	readonly key: string;
	readonly about: SafeText;
	readonly records: readonly WebhookRecord[];
	readonly asked: readonly AskedFact[];
	/** Those for which nobody answers, and without which nothing is stored. */
	readonly blocking: readonly AskedFact[];
	readonly health: Health;
	/** Since when nobody answers, epoch ms; 0 where nothing tells. */
	readonly since: number;
	readonly causes: readonly string[];
	readonly subject: Subject;
};

const isSilent = ({answering}: AskedFact): boolean => answering?.ready === 0;

/** Since when at least one of them has nobody, by what was noted. */
function silentSince(silent: readonly AskedFact[]): number {
	const noted = silent.map(({answering}) => answering?.changedAt ?? 0).filter(at => at > 0);
	return noted.length === 0 ? 0 : Math.min(...noted);
}

function healthOf(asked: readonly AskedFact[], blocking: readonly AskedFact[]): Health {
	if (blocking.length > 0) return 'bad';
	if (asked.some(({webhook, answering}) => webhook.service !== undefined && answering === undefined)) return 'unknown';
	return asked.some(isSilent) ? 'idle' : 'ok';
}

/** Every service that a webhook asks. */
export function askedServices(configurations: ReadonlyArray<Reading<WebhookRecord>>): readonly ServiceName[] {
	return configurations
		.flatMap(({records}) => [...records.values()])
		.flatMap(({webhooks}) => webhooks.map(({service}) => service))
		.filter(service => service !== undefined);
}

/** The webhook configurations by name. Give it its last answer: what is still true stays the same object. */
export function webhookFacts(
	configurations: ReadonlyArray<Reading<WebhookRecord>>,
	answers: Answers,
	lost: ReadonlySet<string>,
	now: number,
	previous: readonly WebhookFact[] | undefined,
): readonly WebhookFact[] {
	const known = new Map(previous?.map(fact => [fact.key, fact]));
	const byName = Map.groupBy(
		configurations.flatMap(({records}) => [...records.values()]),
		({name}) => name,
	);
	const facts = [...byName.values()].flatMap(records => {
		const [first] = records;
		if (first === undefined) return [];
		const asked = records
			.flatMap(({webhooks}) => webhooks)
			.map(webhook => ({webhook, answering: webhook.service && answers(webhook.service)}));
		const blocking = asked.filter(one => one.webhook.fails && isSilent(one));
		const since = silentSince(blocking);
		const causes = [
			...new Set(blocking.flatMap(({answering}) => (answering === undefined ? [] : serviceFindings(answering, lost)))),
		];
		const readiness = asked.map(({answering}) => `${answering?.ready}/${answering?.total}`).join();
		const key = `webhook/${first.name}`;
		const from = [...records, since, causes.join(), readiness];
		const still = stillTrue(known.get(key), from, now);
		if (still !== undefined) return [still];
		const culprit = records.find(({webhooks}) => blocking.some(({webhook}) => webhooks.includes(webhook))) ?? first;
		return [
			{
				key,
				about: shownName(first),
				records,
				asked,
				blocking,
				health: healthOf(asked, blocking),
				since,
				causes,
				subject: {resource: fullResource(culprit), namespace: first.namespace, name: first.name},
				from,
				asOf: now,
				turnsAt: blocking.length === 0 ? Number.POSITIVE_INFINITY : ageTurns(since, now),
			},
		];
	});
	return sameList(previous, facts);
}

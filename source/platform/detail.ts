import {type Detail, type DetailLine, own, type SafeText, say} from '../vocabulary.ts';
import {age, count, join, shownPath} from '../words.ts';
import type {AskedFact, WebhookFact} from './admission.ts';
import type {ApiServiceFact} from './aggregated.ts';
import type {CertificateFact} from './certificate.ts';
import type {ComponentFact} from './component.ts';
import type {PlatformFacts} from './facts.ts';
import {endpointsLine, podLine} from './lines.ts';
import type {ServerFact} from './server.ts';
import {apiServiceWords, certificateWords, componentWords, keptWords, serverWords, webhookWords} from './state-words.ts';

const line = (label: string, value: SafeText | undefined, health?: DetailLine['health']): readonly DetailLine[] =>
	value === undefined || value === '' ? [] : [{label, value, ...(health === undefined ? {} : {health})}];

const sinceLine = (since: number, now: number) => line('since', since === 0 ? undefined : say`${age(since, now)} ago`);
const time = (at: number): SafeText => own(new Date(at).toISOString().slice(0, 16).replace('T', ' '));

function componentDetail(fact: ComponentFact, now: number): Detail {
	const {about, health, presence, nodes = []} = fact;
	return {
		title: about,
		sections: [
			{
				title: 'State',
				lines: [
					...line('pods', componentWords(fact), health),
					...sinceLine(presence.since, now),
					...line('keeps true', keptWords(fact)),
				],
			},
			{
				title: 'Missing',
				lines: [
					...nodes.flatMap(node => line('node', node.about, node.health)),
					...presence.missing.flatMap(pod => line('pod', podLine(pod))),
				],
			},
		],
	};
}

function askedLines({webhook, answering}: AskedFact): readonly DetailLine[] {
	const isSilent = answering?.ready === 0;
	return [
		...line('webhook', webhook.name, isSilent ? (webhook.fails ? 'bad' : 'idle') : undefined),
		...line('failure policy', own(webhook.fails ? 'Fail: nothing is stored while it does not answer' : 'Ignore')),
		...line('asked about', join(webhook.resources)),
		...line('answers', answering ? endpointsLine(answering) : ((webhook.service && shownPath(webhook.service)) ?? own('a URL'))),
	];
}

function webhookDetail(fact: WebhookFact, now: number): Detail {
	return {
		title: fact.about,
		sections: [
			{title: 'State', lines: [...line('state', webhookWords(fact), fact.health), ...sinceLine(fact.since, now)]},
			...fact.asked.map(asked => ({title: 'Webhook', lines: askedLines(asked)})),
		],
	};
}

function apiServiceDetail(fact: ApiServiceFact, now: number): Detail {
	const {about, record, answering, health} = fact;
	return {
		title: about,
		sections: [
			{
				title: 'State',
				lines: [
					...line('state', apiServiceWords(fact), health),
					...sinceLine(record.since, now),
					...line('reason', record.reason),
					...line('message', record.message),
					...line('served by', answering ? endpointsLine(answering) : shownPath(record.service)),
				],
			},
		],
	};
}

function serverDetail(fact: ServerFact, now: number): Detail {
	const {about, health, readyz, tail} = fact;
	return {
		title: about,
		sections: [
			{
				title: 'State',
				lines: [
					...line('state', serverWords(fact), health),
					...(readyz?.failing ?? []).flatMap(check => line('failing', check)),
					...line('seen from here', tail && say`99 of 100 answers within ${tail.p99} ms`),
					...line('measured', tail && say`${count(tail.samples, 'probe')} since ${age(tail.since, now)}`),
				],
			},
		],
	};
}

function certificateDetail(fact: CertificateFact): Detail {
	const {about, term, health} = fact;
	return {
		title: say`certificate: ${about}`,
		sections: [
			{
				title: 'State',
				lines: [
					...line('state', certificateWords(fact), health),
					...line('valid from', say`${time(term.issuedAt)} UTC`),
					...line('valid until', say`${time(term.expiresAt)} UTC`),
				],
			},
		],
	};
}

/** Everything known of what stands behind a row; undefined when there is no such row. */
export function platformDetail(facts: PlatformFacts, key: string, now: number): Detail | undefined {
	const has = (fact: {readonly key: string}) => fact.key === key;
	const component = [...facts.core, ...facts.core.flatMap(({nodes = []}) => nodes), ...facts.controllers].find(has);
	if (component !== undefined) return componentDetail(component, now);
	const webhook = facts.webhooks.find(has);
	if (webhook !== undefined) return webhookDetail(webhook, now);
	const apiService = facts.apiServices.find(has);
	if (apiService !== undefined) return apiServiceDetail(apiService, now);
	const certificate = facts.certificates.find(has);
	if (certificate !== undefined) return certificateDetail(certificate);
	return has(facts.server) ? serverDetail(facts.server, now) : undefined;
}

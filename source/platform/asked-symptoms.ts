import type {Symptom} from '../diagnosis.ts';
import {memoised, own, type SafeText, say} from '../vocabulary.ts';
import {join} from '../words.ts';
import type {AskedFact, WebhookFact} from './admission.ts';
import type {ApiServiceFact} from './aggregated.ts';
import {cut, endpointsLine, listed} from './lines.ts';

const minute = 60_000;

const blockedLine = ({webhook}: AskedFact): SafeText =>
	cut(say`failurePolicy Fail: ${webhook.name} blocks ${join(listed(webhook.resources)) || own('what it is asked about')}`);

/** Nothing can be stored that a webhook is asked about, and nobody answers for it. */
export const webhookSymptoms = memoised((fact: WebhookFact): readonly Symptom[] => {
	const {blocking, about, subject, since, causes} = fact;
	if (blocking.length === 0) return [];
	const silent = new Set(blocking.flatMap(({answering}) => (answering === undefined ? [] : [endpointsLine(answering)])));
	const resources = [...new Set(blocking.flatMap(({webhook}) => webhook.resources))];
	return [
		{
			id: 'webhook-down',
			about,
			subject,
			after: {critical: minute},
			since,
			title: own('no ready endpoint'),
			...(resources.length === 0 ? {} : {more: say`blocks ${join(listed(resources))}`}),
			evidence: [...listed([...silent.keys()]), ...listed(blocking.map(blockedLine))],
			causes,
		},
	];
});

/** An API that is served from inside the cluster is not. */
export const apiServiceSymptoms = memoised((fact: ApiServiceFact): readonly Symptom[] => {
	const {record, about, subject, answering, causes} = fact;
	if (record.available !== false) return [];
	const said = join([say`Available=False: ${record.reason}`, record.message], ': ');
	return [
		{
			id: 'apiservice-unavailable',
			about,
			subject,
			after: {warning: 2 * minute},
			since: record.since,
			title: own('not available'),
			evidence: [cut(said), ...(answering === undefined ? [] : [endpointsLine(answering)])],
			causes,
		},
	];
});

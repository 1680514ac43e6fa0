import {together} from '../together.ts';
import {
	type Cell,
	type Column,
	compareHealth,
	type Health,
	memoised,
	type Note,
	own,
	type PaneView,
	type Row,
	type SafeText,
	type Subject,
	say,
} from '../vocabulary.ts';
import {age, count, join, shownPath, sourceNote} from '../words.ts';
import type {WebhookFact} from './admission.ts';
import type {ApiServiceFact} from './aggregated.ts';
import type {CertificateFact} from './certificate.ts';
import type {ComponentFact} from './component.ts';
import type {PlatformFacts} from './facts.ts';
import {endpointsLine, listed, podLine} from './lines.ts';
import type {ServerFact} from './server.ts';
import {apiServiceWords, certificateWords, componentWords, keptWords, serverWords, webhookWords} from './state-words.ts';

const columns: readonly Column[] = [
	{id: 'what', title: 'WHAT', priority: 0, min: 16, max: 48},
	{id: 'kind', title: 'KIND', priority: 2},
	{id: 'state', title: 'STATE', priority: 0, min: 10, max: 32},
	{id: 'since', title: 'SINCE', align: 'right', priority: 1},
	{id: 'detail', title: 'DETAIL', priority: 3, min: 8, grow: true},
];

const blank: Cell = {text: own('')};

type Told = {
	readonly fact: {readonly key: string; readonly about: SafeText; readonly health: Health; readonly asOf: number};
	readonly kind: string;
	readonly words: SafeText;
	/** Epoch ms; 0 where nothing tells, or nothing is wrong. */
	readonly since?: number;
	readonly detail?: SafeText | undefined;
	readonly subject?: Subject | undefined;
	readonly under?: string;
};

const rowOf = ({fact, kind, words, since = 0, detail = own(''), subject, under}: Told): Row => ({
	key: fact.key,
	health: fact.health,
	...(subject === undefined ? {} : {subject}),
	...(under === undefined ? {} : {under}),
	cells: [
		{text: fact.about},
		{text: own(kind)},
		{text: words, health: fact.health},
		since === 0 ? {...blank, sort: 0} : {text: age(since, fact.asOf), sort: -since},
		{text: detail},
	],
});

const unlessWell = ({health}: {readonly health: Health}, since: number): number => (health === 'ok' ? 0 : since);

function componentRows(fact: ComponentFact, kind: string, under?: string): readonly Row[] {
	const {presence, subject, nodes = [], keeps} = fact;
	const [missed] = presence.missing;
	const frozen = presence.ready === 0 && keeps !== undefined ? say`frozen with it: ${keptWords(fact)}` : undefined;
	const detail = join([frozen, missed && podLine(missed)]);
	const words = componentWords(fact);
	const row = rowOf({fact, kind, words, since: unlessWell(fact, presence.since), detail, subject, ...(under && {under})});
	return [row, ...nodes.flatMap(node => componentRows(node, kind, fact.key))];
}

const coreRows = memoised((fact: ComponentFact) => componentRows(fact, 'core service'));
const controllerRows = memoised((fact: ComponentFact) => componentRows(fact, 'controller'));

const webhookRows = memoised((fact: WebhookFact): readonly Row[] => {
	const {since, subject, asked, blocking} = fact;
	const resources = [...new Set((blocking.length > 0 ? blocking : asked).flatMap(({webhook}) => webhook.resources))];
	const asks = join(listed(resources));
	const detail = blocking.length > 0 ? say`blocks ${asks}` : asks;
	return [rowOf({fact, kind: 'webhook', words: webhookWords(fact), since: unlessWell(fact, since), detail, subject})];
});

const apiServiceRows = memoised((fact: ApiServiceFact): readonly Row[] => {
	const {record, answering, subject} = fact;
	const why = join([record.reason, answering && endpointsLine(answering)], ': ');
	const detail = record.available === true ? shownPath(record.service) : why;
	const since = unlessWell(fact, record.since);
	return [rowOf({fact, kind: 'API service', words: apiServiceWords(fact), since, detail, subject})];
});

const serverRows = memoised((fact: ServerFact): readonly Row[] => [
	rowOf({fact, kind: 'core service', words: serverWords(fact), detail: join(listed(fact.readyz?.failing ?? []))}),
]);

const certificateRows = memoised((fact: CertificateFact): readonly Row[] => [
	rowOf({fact, kind: 'certificate', words: certificateWords(fact)}),
]);

function rowsOf(facts: PlatformFacts): readonly Row[] {
	const groups = [
		serverRows(facts.server),
		...facts.core.map(coreRows),
		...facts.controllers.map(controllerRows),
		...facts.certificates.map(certificateRows),
		...facts.apiServices.map(apiServiceRows),
		...facts.webhooks.map(webhookRows),
	];
	const healthOf = ([row]: readonly Row[]): Health => row?.health ?? 'idle';
	return groups.sort((a, b) => compareHealth(healthOf(a), healthOf(b))).flat();
}

function summaryOf({core, controllers, webhooks, apiServices}: PlatformFacts): SafeText {
	const all = [...core, ...controllers, ...webhooks, ...apiServices];
	const down = all.filter(({health}) => health === 'bad').length;
	const impaired = all.filter(({health}) => health === 'warn').length;
	if (down + impaired === 0) return all.length === 0 ? own('') : count(all.length, 'service');
	return join([down === 0 ? undefined : say`${down} down`, impaired === 0 ? undefined : say`${impaired} impaired`]);
}

const limitNote = (what: string, limit: PlatformFacts['podsOf']): Note | undefined =>
	limit && {health: 'unknown', text: say`${own(what)}: only namespace ${limit.namespace}: ${limit.missing}`};

const stateOf = ({states}: PlatformFacts) => together(Object.values(states));

function notesOf(facts: PlatformFacts): readonly Note[] {
	const {states, podsOf, endpointsOf} = facts;
	const state = stateOf(facts);
	const notes = [
		limitNote('pods', podsOf),
		limitNote('endpoints', endpointsOf),
		sourceNote('pods', states.controllers, state),
		sourceNote('endpoints', states.endpoints, state),
		sourceNote('validating webhooks', states.validating, state),
		sourceNote('mutating webhooks', states.mutating, state),
		sourceNote('API services', states.apiServices, state),
	];
	return notes.filter(note => note !== undefined);
}

/** The platform view: what has no pane of its own. The same facts give the same object, an unchanged fact the same rows. */
export const platformView = memoised(
	(facts: PlatformFacts): PaneView => ({
		summary: summaryOf(facts),
		state: stateOf(facts),
		columns,
		rows: rowsOf(facts),
		notes: notesOf(facts),
		empty: own('nothing is known of the platform'),
	}),
);

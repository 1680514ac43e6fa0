import type {Moment} from '../diagnosis.ts';
import {own, type Reading, say} from '../vocabulary.ts';
import {shownName} from '../words.ts';
import type {WebhookFact} from './admission.ts';
import type {ApiServiceFact} from './aggregated.ts';
import type {CertificateFact} from './certificate.ts';
import type {ComponentFact} from './component.ts';
import type {CoreConfigRecord} from './core-config.ts';
import type {PlatformFacts} from './facts.ts';
import {fullResource} from './webhook.ts';

/** How long a thing that is as it should be is worth telling, in milliseconds: what is not stays told. */
const reach = 24 * 3_600_000;

type Happened = Omit<Moment, 'how'> & {readonly stands?: true};

function ofComponent({about, subject, presence, nodes = []}: ComponentFact): readonly Happened[] {
	const {ready, wanted, since} = presence;
	const text = ready === wanted ? say`all ${ready} ready` : say`${ready} of ${wanted} ready`;
	const one: Happened = {
		at: since,
		about,
		text,
		isChange: false,
		...(subject === undefined ? {} : {subject}),
		...(ready === wanted ? {} : {stands: true}),
	};
	return [...(wanted === 0 ? [] : [one]), ...nodes.flatMap(ofComponent)];
}

function ofWebhook({about, subject, records, blocking, since}: WebhookFact): readonly Happened[] {
	const created = records.map(record => ({
		at: record.createdAt,
		about,
		subject: {...subject, resource: fullResource(record)},
		text: own('webhook configuration created'),
		isChange: true,
	}));
	const silent = {at: since, about, subject, text: own('no ready endpoint any more'), isChange: false, stands: true} as const;
	return blocking.length === 0 ? created : [...created, silent];
}

function ofApiService({about, subject, record: {available, reason, since}}: ApiServiceFact): readonly Happened[] {
	if (available === undefined) return [];
	const text = say`Available turned ${own(available ? 'True' : 'False')} (${reason})`;
	return [{at: since, about, subject, text, isChange: false, ...(available ? {} : {stands: true})}];
}

function recorded(happened: Happened): Moment {
	const {stands: _, ...moment} = happened;
	return {...moment, how: 'recorded'};
}

const ofCertificate = ({about, term}: CertificateFact): readonly Happened[] => [
	{at: term.issuedAt, about, text: own('certificate issued'), isChange: true},
	{at: term.expiresAt, about, text: own('certificate expired'), isChange: false, stands: true},
];

function ofConfig({namespace, name, changed}: CoreConfigRecord): readonly Happened[] {
	if (changed === undefined) return [];
	const subject = {resource: 'configmaps', namespace, name};
	const text = say`its ConfigMap was changed by ${changed.by || own('somebody')}`;
	return [{at: changed.at, about: shownName({name}), subject, text, isChange: true}];
}

/** What the time stamps of the platform tell: of the last day, and of what still is not as it should be. `now` in epoch ms. */
export function platformMoments(facts: PlatformFacts, configs: Reading<CoreConfigRecord>, now: number): readonly Moment[] {
	const all = [
		...facts.core.flatMap(ofComponent),
		...facts.controllers.flatMap(ofComponent),
		...facts.webhooks.flatMap(ofWebhook),
		...facts.apiServices.flatMap(ofApiService),
		...facts.certificates.flatMap(ofCertificate),
		...[...configs.records.values()].flatMap(ofConfig),
	];
	return all.filter(({at, stands}) => at > 0 && at <= now && (stands === true || at > now - reach)).map(recorded);
}

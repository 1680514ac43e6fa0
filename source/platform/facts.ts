import type {Readyz, Tail, Term} from '../cluster/transport.ts';
import type {Standing} from '../nodes/liveness.ts';
import type {Told} from '../reuse.ts';
import {settled, stillSettled} from '../settled.ts';
import {momentOf} from '../together.ts';
import type {Reading, SourceState} from '../vocabulary.ts';
import type {Controllers} from '../workloads/controllers.ts';
import type {EndpointsRecord} from '../workloads/endpoints.ts';
import {askedServices, type WebhookFact, webhookFacts} from './admission.ts';
import {type ApiServiceFact, apiServiceFacts} from './aggregated.ts';
import {answersFor} from './answering.ts';
import type {ApiServiceRecord} from './api-service.ts';
import {type CertificateFact, certificateFacts} from './certificate.ts';
import type {ComponentFact} from './component.ts';
import {controllerFacts, type Kept} from './controllers.ts';
import {coreFacts, dns} from './core.ts';
import {lostNodes} from './presence.ts';
import {type ServerFact, serverFact} from './server.ts';
import type {WebhookRecord} from './webhook.ts';

export type PlatformInput = {
	/** The recognised pods by component, in the state of the pods themselves. */
	readonly controllers: Controllers;
	/** How the nodes do, by name. */
	readonly nodes: ReadonlyMap<string, Standing>;
	readonly endpoints: Reading<EndpointsRecord>;
	readonly validating: Reading<WebhookRecord>;
	readonly mutating: Reading<WebhookRecord>;
	readonly apiServices: Reading<ApiServiceRecord>;
	readonly kept: Kept;
	/** Undefined where the API server does not say. */
	readonly readyz: Readyz | undefined;
	/** Of the probes from here; `since` on the server's clock. Undefined before the first. */
	readonly latency: Tail | undefined;
	readonly certificates: readonly Term[];
	/** Epoch ms on the server's clock. */
	readonly now: number;
};

const sources = ['controllers', 'endpoints', 'validating', 'mutating', 'apiServices'] as const;

export type PlatformFacts = Told & {
	/** What every cluster stands on. */
	readonly core: readonly ComponentFact[];
	/** What keeps true what the panes show. */
	readonly controllers: readonly ComponentFact[];
	readonly webhooks: readonly WebhookFact[];
	readonly apiServices: readonly ApiServiceFact[];
	readonly server: ServerFact;
	readonly certificates: readonly CertificateFact[];
	readonly states: Readonly<Record<(typeof sources)[number], SourceState>>;
	/** Set where only the pods, or the endpoints, of one namespace are seen. */
	readonly podsOf: Reading<unknown>['limitedTo'];
	readonly endpointsOf: Reading<unknown>['limitedTo'];
	/** The earliest moment at which something here changes without an event, epoch ms. */
	readonly changesAt: number;
};

/** What is known of the platform. Give it its last answer: what is still true stays the same object, and so does the whole. */
export function platformFacts(input: PlatformInput, previous?: PlatformFacts): PlatformFacts {
	const {controllers, nodes, endpoints, validating, mutating, apiServices, kept, now} = input;
	const server = serverFact(input.readyz, input.latency, now, previous?.server);
	const from = [controllers, nodes, endpoints, validating, mutating, apiServices, ...Object.values(kept), server];
	const all = [...from, input.certificates];
	const before = stillSettled(previous, all, now);
	if (before !== undefined) return before;
	const lost = lostNodes(nodes);
	const {state} = controllers;
	const allSeen = (state.is === 'live' || state.is === 'polled') && controllers.limitedTo === undefined;
	const configurations = [validating, mutating];
	const asked = [dns, ...askedServices(configurations), ...[...apiServices.records.values()].map(({service}) => service)];
	const answers = answersFor(asked, endpoints);
	const pods = {controllers, allSeen, lost, now: momentOf(state, now)};
	const told = {
		core: coreFacts({...pods, answers, ciliumNodes: kept.bgpNodes.records.size}, previous?.core),
		controllers: controllerFacts({...pods, kept}, previous?.controllers),
		webhooks: webhookFacts(configurations, answers, lost, momentOf(endpoints.state, now), previous?.webhooks),
		apiServices: apiServiceFacts(apiServices, answers, lost, momentOf(apiServices.state, now), previous?.apiServices),
		server,
		certificates: certificateFacts(input.certificates, now, previous?.certificates),
	};
	const facts = [told.core, told.controllers, told.webhooks, told.apiServices, told.certificates].flat();
	const changesAt = [...facts, ...told.core.flatMap(fact => fact.nodes ?? [])].reduce(
		(at, {turnsAt}) => (turnsAt > now ? Math.min(at, turnsAt) : at),
		Number.POSITIVE_INFINITY,
	);
	return settled(previous, {
		...told,
		states: Object.fromEntries(sources.map(source => [source, input[source].state])) as PlatformFacts['states'],
		podsOf: controllers.limitedTo,
		endpointsOf: endpoints.limitedTo,
		changesAt,
		from: all,
		asOf: now,
		turnsAt: changesAt,
	});
}

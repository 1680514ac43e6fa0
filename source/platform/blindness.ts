import type {Blind} from '../diagnosis.ts';
import {memoised, own, type SourceState, say} from '../vocabulary.ts';
import {whyUnread} from '../words.ts';
import type {PlatformFacts} from './facts.ts';

type Eyes = Pick<Blind, 'ids' | 'required'> & {readonly what: string; readonly source: string};

/** Remembered per state: as long as a source is in the same one, what it blinds is the same object. */
const blindIn = ({ids, what, source, required}: Eyes) =>
	memoised((state: SourceState): readonly Blind[] => {
		const why = whyUnread(state);
		return why === undefined
			? []
			: [{ids, what: own(what), why: say`${own(source)}: ${why}`, loading: state.is === 'loading', required}];
	});

const ofPods: Eyes = {ids: ['core-service-down', 'controller-down'], what: 'pods', source: 'pods', required: true};
const ofEndpoints: Eyes = {ids: ['webhook-down'], what: 'webhooks', source: 'endpointslices', required: false};
const eyes: Readonly<Record<keyof PlatformFacts['states'], (state: SourceState) => readonly Blind[]>> = {
	controllers: blindIn(ofPods),
	endpoints: blindIn(ofEndpoints),
	validating: blindIn({ids: ['webhook-down'], what: 'webhooks', source: 'validating webhooks', required: false}),
	mutating: blindIn({ids: ['webhook-down'], what: 'webhooks', source: 'mutating webhooks', required: false}),
	apiServices: blindIn({ids: ['apiservice-unavailable'], what: 'API services', source: 'apiservices', required: false}),
};

type Limit = NonNullable<PlatformFacts['podsOf']>;
/** The same for a source of which only one namespace may be read. */
const blindBeyond = (eye: Eyes) =>
	memoised(({namespace, missing}: Limit): readonly Blind[] => [
		{
			ids: eye.ids,
			what: own(eye.what),
			why: say`${own(eye.source)}: only namespace ${namespace} is read: ${missing}`,
			loading: false,
			required: eye.required,
		},
	]);
const beyondPods = blindBeyond(ofPods);
const beyondEndpoints = blindBeyond(ofEndpoints);

const unasked: readonly Blind[] = [
	{ids: ['apiserver-slow'], what: own('API server'), why: own('no answer to /readyz yet'), loading: true, required: false},
];

/** What of the platform cannot be judged now. */
export function blindOf({states, podsOf, endpointsOf, server}: PlatformFacts): readonly Blind[] {
	return [
		...(Object.keys(eyes) as ReadonlyArray<keyof typeof eyes>).flatMap(source => eyes[source](states[source])),
		...(podsOf === undefined ? [] : beyondPods(podsOf)),
		...(endpointsOf === undefined ? [] : beyondEndpoints(endpointsOf)),
		...(server.readyz === undefined && server.tail === undefined ? unasked : []),
	];
}

import type {Blind, FindingId} from '../diagnosis.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {count, join, shownPath, whyUnread} from '../words.ts';
import type {BgpFacts} from './facts.ts';
import type {SourceName} from './input.ts';
import {sessionName} from './session.ts';

const ofSessions = ['session-down', 'session-flapping', 'session-silent'] as const;

/** What each source is needed for, and what it is called. */
const needs: Readonly<Record<SourceName, readonly [name: string, ids: readonly FindingId[]]>> = {
	nodeConfigs: ['BGP sessions', [...ofSessions, 'address-not-advertised', 'bgp-misconfigured']],
	clusterConfigs: ['cluster configs', ['bgp-misconfigured', 'address-not-advertised']],
	peerConfigs: ['peer configs', ['bgp-misconfigured', 'session-silent', 'address-not-advertised']],
	advertisements: ['advertisements', ['session-silent', 'address-not-advertised']],
	pools: ['address pools', ['pool-exhausted']],
	services: ['services', ['address-pending', 'address-not-advertised', 'session-silent', 'pool-exhausted']],
	endpoints: ['endpoints', ['address-not-advertised']],
};

type Silence = {readonly name: string; readonly ids: readonly FindingId[]; readonly why: SafeText; readonly loading: boolean};

/** Endpoints are only asked where an address is to be carried. */
const isNeeded = (source: SourceName, {carriages}: BgpFacts): boolean => source !== 'endpoints' || carriages.length > 0;

function silencesIn(facts: BgpFacts): readonly Silence[] {
	return (Object.keys(needs) as readonly SourceName[]).flatMap(source => {
		const state = facts.states[source];
		const why = whyUnread(state);
		const [name, ids] = needs[source];
		return why === undefined || !isNeeded(source, facts) ? [] : [{name, ids, why, loading: state.is === 'loading'}];
	});
}

/** Cilium's operator writes the conditions of its configuration: without it they are frozen. */
function frozen({operatorRuns, states}: BgpFacts): readonly Silence[] {
	if (operatorRuns || states.clusterConfigs.is === 'absent') return [];
	return [{name: 'conditions', ids: ['bgp-misconfigured'], why: own('cilium-operator not running'), loading: false}];
}

/** Sources that are not heard; those that are silent for the same reason are told together. */
function silentSources(facts: BgpFacts): readonly Blind[] {
	const groups = Map.groupBy([...silencesIn(facts), ...frozen(facts)], ({why}) => why);
	return [...groups].map(([why, silences]) => ({
		ids: [...new Set(silences.flatMap(({ids}) => ids))],
		what: own('bgp'),
		why: say`${join(silences.map(({name}) => own(name)))}: ${why}`,
		loading: silences.every(({loading}) => loading),
		required: true,
	}));
}

/** Sessions of which nothing is reported are not known to be down. */
function unreported({sessions}: BgpFacts): readonly Blind[] {
	const silent = sessions.filter(({state}) => state === 'unreported');
	const [first] = silent;
	if (first === undefined) return [];
	const abouts = new Set(silent.map(sessionName));
	const why = say`${count(silent.length, 'session')}: ${first.why || first.word}`;
	return [{ids: ofSessions, abouts, what: own('bgp'), why, loading: false, required: true}];
}

/** What was wrong with a session when its agent fell silent is not over because of that. */
function unheard({sessions}: BgpFacts): readonly Blind[] {
	const atStake = sessions.filter(({state, resets, peer}) => state === 'unknown' && (resets.length > 0 || peer.advertised === 0));
	if (atStake.length === 0) return [];
	const why = say`${count(atStake.length, 'agent')} not heard`;
	const abouts = new Set(atStake.map(sessionName));
	return [{ids: ['session-flapping', 'session-silent'], abouts, what: own('bgp'), why, loading: false, required: false}];
}

/** Addresses of which nobody reports whether they are advertised. */
function unseen({carriages}: BgpFacts): readonly Blind[] {
	const dark = carriages.filter(
		({state, route, answering}) => state === 'unseen' && route !== undefined && answering !== undefined,
	);
	const [first] = dark;
	if (first === undefined) return [];
	const abouts = new Set(dark.map(({service}) => shownPath(service)));
	const why = say`${count(dark.length, 'address', 'addresses')}: ${first.word}`;
	return [{ids: ['address-not-advertised'], abouts, what: own('bgp'), why, loading: false, required: true}];
}

/** Whoever sees the services of one namespace only knows nothing of the others, good or bad. */
function limited({limitedTo}: BgpFacts): readonly Blind[] {
	if (limitedTo === undefined) return [];
	const why = say`services: only namespace ${limitedTo.namespace}: ${limitedTo.missing}`;
	return [
		{
			ids: ['address-pending', 'address-not-advertised'],
			abouts: new Set(),
			what: own('bgp'),
			why,
			loading: false,
			required: true,
		},
	];
}

/** What cannot be judged of sessions and addresses now, and why. */
export function bgpBlind(facts: BgpFacts): readonly Blind[] {
	return [silentSources, unreported, unheard, unseen, limited].flatMap(tell => tell(facts));
}

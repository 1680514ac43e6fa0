import {type Diagnosis, nameOf, type Symptom} from '../diagnosis.ts';
import type {Settings} from '../settings.ts';
import {memoised} from '../vocabulary.ts';
import {isKnown, join} from '../words.ts';
import {carriageSymptoms, pendingSymptoms, poolSymptoms} from './address-findings.ts';
import {bgpBlind} from './blind.ts';
import type {Complaint} from './complaints.ts';
import type {BgpFacts} from './facts.ts';
import {sessionSymptoms} from './session-findings.ts';

/** Milliseconds. */
const misconfiguredFor = 60_000;

function misconfigured([first, ...more]: readonly [Complaint, ...Complaint[]]): Symptom {
	const all = [first, ...more];
	return {
		id: 'bgp-misconfigured',
		about: first.about,
		...(first.subject === undefined ? {} : {subject: first.subject}),
		after: {warning: misconfiguredFor},
		since: Math.min(...all.map(({since}) => since)),
		title: join(all.map(({said}) => said)),
		evidence: all.flatMap(({evidence}) => evidence),
		causes: first.about === 'operator' ? [nameOf('controller-down', 'cilium-operator')] : [],
	};
}

/** What Cilium says is wrong with its configuration, one symptom for each object. */
const complaintSymptoms = memoised((complaints: readonly Complaint[]): readonly Symptom[] => {
	const faults = complaints.filter(({about}) => about !== '');
	return [...Map.groupBy(faults, ({about}) => about).values()].flatMap(([first, ...more]) =>
		first === undefined ? [] : [misconfigured([first, ...more])],
	);
});

/** What was only begun to be read says nothing yet; what is cut off was true once. */
function symptomsOf(facts: BgpFacts, settings: Settings): readonly Symptom[] {
	const {states, sessions, carriages, pending, pools, complaints, wants} = facts;
	const [peering, services] = [isKnown(states.nodeConfigs), isKnown(states.services)];
	return [
		...(peering ? sessionSymptoms(sessions) : []),
		...(peering && services ? carriageSymptoms(carriages, wants) : []),
		...(services ? pendingSymptoms(pending, settings) : []),
		...(isKnown(states.pools) ? poolSymptoms(pools) : []),
		...complaintSymptoms(complaints),
	];
}

const diagnosed = memoised((settings: Settings) =>
	memoised((facts: BgpFacts): Diagnosis => ({symptoms: symptomsOf(facts, settings), blind: bgpBlind(facts)})),
);

/** What is wrong on the way in from outside. The same facts and settings give the same object. */
export function diagnoseBgp(facts: BgpFacts, settings: Settings): Diagnosis {
	return diagnosed(settings)(facts);
}

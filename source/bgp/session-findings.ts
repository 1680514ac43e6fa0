import {nameOf, type Symptom} from '../diagnosis.ts';
import {memoised, own, type RawName, type SafeText, say} from '../vocabulary.ts';
import {count, join, shownName} from '../words.ts';
import {isFlapping, type SessionFact, sessionName} from './session.ts';

/** Milliseconds. */
const downFor = 45_000;
const silentFor = 60_000;

const subjectOf = (node: RawName) => ({resource: 'ciliumbgpnodeconfigs.cilium.io', namespace: '' as RawName, name: node});

/** What would explain that a session is not as it should be: its peer, its node, its agent, its configuration. */
function causesOf({node, peer, state, word, company}: SessionFact): readonly string[] {
	const shown = shownName({name: node});
	const lost = nameOf('node-not-ready', shown);
	const agent = nameOf('core-service-down', `cilium on ${shown}`);
	return [
		...(company.peerIsDown && state === 'down' ? [nameOf('session-down', peer.address)] : []),
		...(word === 'unknown, agent not ready' ? [agent, lost] : [lost, agent]),
		nameOf('bgp-misconfigured', `peer config ${shownName({name: peer.config})}`),
		nameOf('bgp-misconfigured', 'agents'),
	];
}

const lastWord = ({peer}: SessionFact): SafeText => {
	const routes = peer.advertised === undefined ? undefined : say`${count(peer.advertised, 'route')} advertised`;
	return say`last word of its agent: ${join([peer.state || own('no state'), routes])}`;
};

/** The last session of a node that carries a `Local` service, or of a peer: nothing takes over. */
const isLast = ({state, company}: SessionFact): boolean =>
	state !== 'missing' && ((!company.peerIsUp && !company.peerIsDown) || (!company.nodeIsUp && company.carries.length > 0));

function downEvidence(fact: SessionFact): readonly SafeText[] {
	const {state, why, peer, trouble, company} = fact;
	const lines = [
		state === 'down' ? say`CiliumBGPNodeConfig: peeringState ${peer.state}` : undefined,
		state === 'unknown' ? lastWord(fact) : undefined,
		why,
		trouble && say`BGPReconcileError: ${trouble.message}`,
		company.nodeIsUp || company.carries.length === 0
			? undefined
			: say`no other session carries ${join(company.carries.slice(0, 3))} (traffic policy Local) from this node`,
	];
	return lines.filter(line => line !== undefined).filter(line => line !== '');
}

function downTitle({state, word}: SessionFact): SafeText {
	if (state === 'missing') return own('no longer configured');
	if (state === 'unknown') return own(word.replace('unknown, ', 'presumed down: '));
	return say`session ${word}`;
}

/** Seen at the first look is no proof of a beginning. */
const provenSince = ({since, atLeast}: SessionFact): number => (atLeast ? 0 : since);

const down = (fact: SessionFact): Symptom => ({
	id: 'session-down',
	about: sessionName(fact),
	subject: subjectOf(fact.node),
	after: isLast(fact) ? {critical: downFor} : {warning: downFor},
	since: provenSince(fact),
	title: downTitle(fact),
	evidence: downEvidence(fact),
	causes: causesOf(fact),
	...(fact.state === 'unknown' ? {counted: ['BGP session presumed down', 'BGP sessions presumed down'] as const} : {}),
});

const silent = (fact: SessionFact): Symptom => ({
	id: 'session-silent',
	about: sessionName(fact),
	subject: subjectOf(fact.node),
	after: {warning: silentFor},
	since: 0,
	title: own('up, but nothing is advertised'),
	evidence: [say`established, 0 routes advertised, ${fact.peer.received ?? 0} received`, fact.why],
	causes: causesOf(fact),
});

const flapping = (fact: SessionFact): Symptom => ({
	id: 'session-flapping',
	about: sessionName(fact),
	subject: subjectOf(fact.node),
	after: {warning: 0},
	since: fact.resets[0] ?? 0,
	title: say`reset ${fact.resets.length} times in 15 minutes`,
	evidence: [say`now ${fact.word}`, say`hold time ${fact.peer.holdTime ?? 0} s, keepalive ${fact.peer.keepalive ?? 0} s`],
	causes: causesOf(fact),
});

/** What is wrong with one session. The same fact gives the same symptoms. */
const ofSession = memoised((fact: SessionFact): readonly Symptom[] => {
	const {state} = fact;
	return [
		...(state === 'down' || state === 'unknown' || state === 'missing' ? [down(fact)] : []),
		...(state === 'silent' ? [silent(fact)] : []),
		...(isFlapping(fact) ? [flapping(fact)] : []),
	];
});

/** All sessions with one peer are down: the fault is more likely on its side than on each of ours. */
function peerDown(address: SafeText, facts: readonly SessionFact[]): Symptom {
	const seen = facts.map(provenSince);
	return {
		id: 'session-down',
		about: address,
		after: {critical: downFor},
		since: Math.max(...seen),
		title: say`none of ${count(facts.length, 'session')} is up: the router's side`,
		evidence: facts.slice(0, 5).map(fact => say`${shownName({name: fact.node})}: ${fact.word}`),
		causes: [],
		many: facts.length,
	};
}

/** What is wrong with the sessions. The same facts give the same symptoms. */
export const sessionSymptoms = memoised((sessions: readonly SessionFact[]): readonly Symptom[] => {
	const down = sessions.filter(({state, company}) => state === 'down' && company.peerIsDown);
	const peers = Map.groupBy(down, ({peer}) => peer.address);
	return [...[...peers].map(([address, facts]) => peerDown(address, facts)), ...sessions.flatMap(ofSession)];
});

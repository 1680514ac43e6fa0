import {type Detail, type DetailLine, own, say} from '../vocabulary.ts';
import {age, join, shownName, shownPath} from '../words.ts';
import type {Carriage} from './carriage.ts';
import {firstOf, line, most, written} from './detail-lines.ts';
import type {BgpFacts} from './facts.ts';
import type {SessionFact} from './session.ts';
import {sessionWords} from './view.ts';

type Lines = readonly DetailLine[];

/** The other sessions with the same peer, and those of the same node. */
function neighbours({key, node, peer}: SessionFact, sessions: readonly SessionFact[]): Lines {
	const others = sessions.filter(other => other.key !== key && (other.peer.address === peer.address || other.node === node));
	return firstOf(
		others.map(other => ({
			label: shownName({name: other.node}),
			value: say`${other.peer.address}: ${sessionWords(other)}`,
			health: other.health,
		})),
	);
}

/** The addresses that go over this session by its configuration. */
function carriedOver({node, peer}: SessionFact, carriages: readonly Carriage[]): Lines {
	const over = carriages.filter(({route, way}) => route?.senders.includes(peer.config) === true && way.wanted.includes(node));
	return firstOf(
		over.map(({service, word, health}) => ({
			label: shownPath(service),
			value: say`${join(service.addresses)}: ${word}`,
			health,
		})),
	);
}

/** A session: how it is, what it is made of, what should go over it, and how its neighbours do. */
export function sessionDetail(fact: SessionFact, {sessions, carriages, wants}: BgpFacts, now: number): Detail {
	const {peer, node, health, why, state, trouble, resets, company} = fact;
	const last =
		state === 'unknown' || state === 'missing'
			? join([peer.state, peer.establishedAt === 0 ? undefined : say`for ${age(peer.establishedAt, now)}`], ' ')
			: undefined;
	return {
		title: say`session ${shownName({name: node})} with ${peer.address || peer.peer}`,
		sections: written([
			{
				title: 'State',
				lines: [
					{label: 'state', value: sessionWords(fact), health},
					...line('why', why),
					...line('nodeSelector wants', state === 'missing' ? wants : undefined),
					...line('last said', last),
					...line('resets', resets.length === 0 ? undefined : say`${resets.length} seen in 15 minutes`),
					...line('Local services here', join(company.carries.slice(0, most))),
					...(trouble === undefined ? [] : [{label: 'agent', value: trouble.message, health: 'warn' as const}]),
				],
			},
			{
				title: last === undefined ? 'Session' : 'Session, as the agent last said',
				lines: [
					...line('peer', join([peer.address, peer.peer])),
					...line('peer ASN', peer.asn === 0 ? own('any') : peer.asn),
					...line('local ASN', peer.localAsn),
					...line('instance', peer.instance),
					...line('peer config', shownName({name: peer.config})),
					...line('received', peer.received, ' routes'),
					...line('advertised', peer.advertised, ' routes'),
					...line('hold time', peer.holdTime, ' s'),
					...line('keepalive', peer.keepalive, ' s'),
				],
			},
			{title: 'Should carry', lines: carriedOver(fact, carriages)},
			{title: 'Neighbours', lines: neighbours(fact, sessions)},
		]),
	};
}

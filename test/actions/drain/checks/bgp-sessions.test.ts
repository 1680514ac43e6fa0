import {expect, test} from 'vitest';
import {bgpSessions} from '../../../../source/actions/drain/checks/bgp-sessions.ts';
import {down, established, nodeConfig} from '../../../bgp/objects.ts';
import {node} from '../../../nodes/objects.ts';
import {drained, told} from './sight.ts';

const nodes = [node('nuc-1'), node(drained)];
const of = (name: string, ...peers: readonly object[]) =>
	nodeConfig(name, Object.fromEntries(peers.map((peer, at) => [`10.0.0.${at + 1}`, peer])));

test('sessions that are up stay up', () => {
	const sessions = [of('nuc-1', established()), of('nuc-2', established(), established())];
	expect(told(bgpSessions, {nodes, sessions})).toEqual([
		'tells: 2 BGP sessions of nuc-2 stay up: neither cordon nor drain withdraws a route',
	]);
});

test('the only node with one is missed', () => {
	expect(told(bgpSessions, {nodes, sessions: [of('nuc-1', down()), of('nuc-2', established())]})).toEqual([
		'hurts: 1 BGP session of nuc-2 stays up: neither cordon nor drain withdraws a route, and no other node has one: once it is down, no address is advertised',
	]);
});

test('a node without a session has none to keep', () => {
	expect(told(bgpSessions, {nodes, sessions: [of('nuc-1', established()), of('nuc-2', down())]})).toEqual([]);
	expect(told(bgpSessions, {nodes, sessions: [of('nuc-1', established())]})).toEqual([]);
});

import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {sessionName} from '../../source/bgp/session.ts';
import {baselineOf} from '../../source/findings/baseline.ts';
import {keptOf} from '../../source/findings/keep.ts';
import {openWorld, type World} from '../../source/findings/world.ts';
import type {LastKnown} from '../../source/last-known.ts';
import {lastKnownOf, textOf} from '../../source/last-known-text.ts';
import {own} from '../../source/vocabulary.ts';
import {knownOf} from '../_helpers/known.ts';
import {firstSightOf, type Sight} from '../demo/first-sight.ts';
import {everySource} from './every-source.ts';
import {hour, minute, now} from './symptoms.ts';

const day = 24 * hour;

let sight: Sight;
beforeAll(async () => {
	sight = await firstSightOf('node-lost');
});
afterAll(() => sight[Symbol.asyncDispose]());

const keep = (world: World, known?: LastKnown, server?: string) =>
	keptOf(world, everySource({is: 'live'}, server), own('homelab'), known);
const again = (known: LastKnown) => lastKnownOf(textOf(known));

describe('what is kept of a cluster', () => {
	test('is found again as it was', () => {
		const kept = keep(sight.world());
		expect(again(kept)).toEqual(kept);
	});

	test('is what a single look later has to be compared with', () => {
		const baseline = baselineOf(again(keep(sight.world())), now + hour);
		expect([...baseline.peers].toSorted()).toEqual(sight.world().bgp.sessions.map(sessionName).toSorted());
		expect([...baseline.gpus]).toEqual([['gpu-1', 1]]);
		expect(baselineOf(undefined, now)).toMatchObject({peers: new Set(), gpus: new Map(), resets: new Map()});
	});

	test('tells the verdict in a line, the nodes, who holds the VIP, and since when what is known', () => {
		const kept = keep(sight.world(), undefined, 'https://10.9.9.9:6443');
		expect(kept.verdict).toEqual({state: 'critical', line: 'CRIT, 7/8 nodes, etcd 2/3; node-not-ready nuc-2'});
		expect(kept.nodes?.find(({name}) => name === 'nuc-2')).toMatchObject({ready: false});
		expect(kept.findings?.get('node-not-ready:nuc-2')).toMatchObject({severity: 'critical', title: 'kubelet silent'});
		expect(kept.vip?.address).toBe('10.9.9.9');
		expect([...(kept.tiers?.keys() ?? [])].toSorted()).toEqual(['etcd', 'tier-0', 'tier-1', 'tier-2']);
	});

	test('is no VIP where the API is reached at a node, or by a name', () => {
		const address = sight.world().nodes.nodes[0]?.node.address;
		expect(keep(sight.world(), undefined, `https://${address}:6443`).vip?.address).toBeUndefined();
		expect(keep(sight.world(), undefined, 'https://k8s.example:6443').vip?.address).toBeUndefined();
	});

	test('is what was known before where nothing was seen', () => {
		const denied = everySource({is: 'denied', verb: own('list'), resource: own('all')});
		const live = openWorld(denied);
		const known = knownOf(3);
		const kept = keptOf(live.current(), denied, own('homelab'), known);
		live.close();
		const {nodes, vip, tiers, gpus, devices, sessions} = known;
		expect(kept).toMatchObject({nodes, vip, tiers, gpus, devices, sessions, verdict: {state: 'unknown'}});
	});
});

describe('a session that is not there any more', () => {
	/** The world with one session missing, and when that was first seen. */
	const without = (firstSeen: number): World => {
		const world = sight.world();
		const [first, ...rest] = world.bgp.sessions;
		const [watch] = world.ledger.watches.values();
		if (first === undefined || watch === undefined) throw new Error('There is none.');
		const sessions = [{...first, state: 'missing' as const}, ...rest];
		const watches = new Map([[`session-down:${sessionName(first)}`, {...watch, firstSeen}]]);
		return {...world, bgp: {...world.bgp, sessions}, ledger: {...world.ledger, watches}};
	};
	const isKept = (world: World) => keep(world).sessions?.length === world.bgp.sessions.length;

	test('is missed for a day', () => {
		expect(isKept(without(now - day + minute))).toBe(true);
		expect(isKept(without(now - day))).toBe(false);
	});

	test('is missed from when it was seen last', () => {
		const known = again({...keep(sight.world()), seenAt: now - day});
		expect(baselineOf(known, now - 1).peers.size).toBe(7);
		expect(baselineOf(known, now).peers.size).toBe(0);
	});
});

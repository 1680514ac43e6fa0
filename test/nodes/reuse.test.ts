import {describe, expect, test} from 'vitest';
import {type NodesFacts, type NodesInput, nodesFacts} from '../../source/nodes/facts.ts';
import {diagnoseNodes} from '../../source/nodes/findings.ts';
import {leaseKind, systemLeaseKind} from '../../source/nodes/index.ts';
import {type LoseIt, nodesView} from '../../source/nodes/view.ts';
import {own} from '../../source/vocabulary.ts';
import {nodeEventKind} from '../../source/workloads/event.ts';
import {reading} from '../_helpers/reading.ts';
import {input} from './cluster.ts';
import {condition, event, lease, minutes, node, now, plan, seconds, vip} from './objects.ts';

const names = Array.from({length: 1000}, (_, at) => `node-${at}`);
const nodes = names.map(name => node(name));

/** The same cluster later: leases renewed at times told by `renewed` (ms ago of `now`), everything else untouched. */
const later = (before: NodesInput, by: number, renewed: (name: string, at: number) => number): NodesInput => ({
	...before,
	leases: reading(
		leaseKind,
		names.map((name, at) => lease(name, renewed(name, at))),
	),
	now: now + by,
});

describe('a thousand nodes at rest', () => {
	test('renewals in time change nothing: the whole is the same object, second after second', () => {
		let state = input({nodes});
		let facts = nodesFacts(state);
		const first = facts;
		for (let second = 1; second <= 14; second++) {
			state = later(state, second * seconds, (_, at) => -(second - (at % 10)) * seconds);
			facts = nodesFacts(state, facts);
			expect(facts).toBe(first);
		}
	});

	test('when its time has come it looks again, and still tells the same facts and rows', () => {
		const start = input({nodes});
		const first = nodesFacts(start);
		expect(first.changesAt).toBe(now + 15 * seconds + 1);
		const next = nodesFacts(
			later(start, 16 * seconds, () => -12 * seconds),
			first,
		);
		expect(next.nodes).toBe(first.nodes);
		expect(nodesView(next).rows).toBe(nodesView(first).rows);
		expect(next.changesAt).toBe(now + 32 * seconds + 1);
	});

	test('a look that says the same keeps every row, one that does not changes one', () => {
		const facts = nodesFacts(input({nodes}));
		const [yes, no] = [
			{text: own('yes'), health: 'ok'},
			{text: own('no: etcd'), health: 'risk'},
		] as const;
		const all: LoseIt = new Map(names.map(name => [name, yes]));
		const before = nodesView(facts, all);
		expect(nodesView(facts, all)).toBe(before);
		const same = nodesView(facts, new Map(all)).rows;
		expect(same.filter(row => !before.rows.includes(row))).toEqual([]);
		const changed = new Map(all).set('node-7', no);
		const other = nodesView(facts, changed).rows;
		expect(other.filter(row => !before.rows.includes(row)).map(({key}) => key)).toEqual(['node-7']);
	});

	test('costs next to nothing', () => {
		const start = input({nodes});
		const facts = nodesFacts(start);
		const again = {...start, leases: {...start.leases, revision: start.leases.revision + 1}};
		const from = performance.now();
		for (let round = 0; round < 1000; round++) nodesFacts(again, facts);
		// 1,000 frames: half a minute of them. A full pass takes more than a millisecond each.
		expect(performance.now() - from).toBeLessThan(500);
	});
});

describe('a thousand nodes of which one has an event', () => {
	const quiet = names.flatMap(name => [event(name, 'NodeReady', 20 * minutes), event(name, 'RegisteredNode', 21 * minutes)]);
	const start = input({nodes, events: quiet, plans: [plan('k3s', ['node-3'])], systemLeases: [vip()], serverVersion: 'v1.36.0'});
	const noted = (at: number) => event('node-7', 'Starting', -at * seconds, {message: 'Starting kubelet.'});
	/** The same cluster so many seconds later, when one kubelet has just started. */
	const later = (at: number): NodesInput => {
		const {records, ...events} = reading(nodeEventKind, [noted(at)]);
		return {...start, events: {...events, records: new Map([...start.events.records, ...records])}, now: now + at * seconds};
	};

	test('touch one fact, one row and one symptom', () => {
		const first = nodesFacts(start);
		const next = nodesFacts(later(1), first);
		const changed = next.nodes.filter(fact => fact !== first.byName.get(fact.node.name));
		expect(changed.map(({node: {name}}) => name)).toEqual(['node-7']);
		const before = new Set(nodesView(first).rows);
		expect(nodesView(next).rows.filter(row => !before.has(row))).toHaveLength(1);
		const said = new Set(diagnoseNodes(first).symptoms);
		expect(diagnoseNodes(next).symptoms.filter(symptom => !said.has(symptom))).toMatchObject([{title: 'kubelet restarted'}]);
	});

	test('cost less than 5 ms each, findings included', () => {
		const rounds = Array.from({length: 40}, (_, round) => later(round));
		let facts = nodesFacts(start);
		diagnoseNodes(facts);
		const took = rounds.map(round => {
			const from = performance.now();
			facts = nodesFacts(round, facts);
			diagnoseNodes(facts);
			return performance.now() - from;
		});
		expect(took.toSorted((a, b) => a - b)[took.length / 2]).toBeLessThan(5);
	});
});

describe('a VIP', () => {
	const three = ['a', 'b', 'c'].map(name => node(name));
	const start = input({nodes: three, systemLeases: [vip({holder: 'a'})]});
	const renewing = (fields: Parameters<typeof vip>[0], at: number) => ({
		...start,
		systemLeases: reading(systemLeaseKind, [vip({holder: 'a', ...fields})]),
		now: now + at,
	});

	test('that is renewed in time changes nothing', () => {
		const first = nodesFacts(start);
		expect(first.changesAt).toBe(now + 13 * seconds + 1);
		expect(nodesFacts(renewing({renewed: -9 * seconds}, 10 * seconds), first)).toBe(first);
		const next = nodesFacts(renewing({renewed: -13 * seconds}, 14 * seconds), first);
		expect([next.nodes, next.vips]).toEqual([first.nodes, first.vips]);
		expect([next.nodes === first.nodes, next.vips === first.vips]).toEqual([true, true]);
	});

	test('that moves is told at once, with the nodes that it left and came to', () => {
		const first = nodesFacts(start);
		const next = nodesFacts(renewing({holder: 'b', acquired: -seconds, renewed: -seconds, transitions: 5}, 2 * seconds), first);
		expect(next.vips).toMatchObject([{holder: 'b', moves: [{at: now + 2 * seconds, times: 1}]}]);
		expect(next.nodes.map((fact, at) => fact !== first.nodes[at])).toEqual([true, true, false]);
	});

	test('that expires is told when its time has come', () => {
		const first = nodesFacts(start);
		const next = nodesFacts({...start, now: first.changesAt}, first);
		expect(next.vips).toMatchObject([{expiredAt: now + 13 * seconds}]);
	});
});

describe('what changed is told anew, and nothing else', () => {
	const small = ['a', 'b', 'c'].map(name => node(name));
	const changed = (facts: NodesFacts, before: NodesFacts) =>
		facts.nodes.filter(fact => fact !== before.byName.get(fact.node.name)).map(fact => fact.node.name);

	test('one node that goes silent is one new fact and one new row', () => {
		const start = input({nodes: small});
		const first = nodesFacts(start);
		const renewed = (names: readonly string[]) =>
			reading(
				leaseKind,
				names.map(name => lease(name, -40 * seconds)),
			);
		const leases = renewed(['b', 'c']);
		const next = nodesFacts(
			{...start, leases: {...leases, records: new Map([...start.leases.records, ...leases.records])}, now: now + 45 * seconds},
			first,
		);
		expect(changed(next, first)).toEqual(['a']);
		const rows = nodesView(next).rows;
		expect(rows.map(row => row.key)).toEqual(['a', 'b', 'c']);
		expect(
			nodesView(first)
				.rows.filter(row => rows.includes(row))
				.map(row => row.key),
		).toEqual(['b', 'c']);
		expect(rows[0]?.cells[2]?.text).toBe('silent 50s');
	});

	test('the ticking age of one node leaves the others alone', () => {
		const silent = node('a', {conditions: [condition('Ready', 'Unknown', 5 * minutes)]});
		const start = {...input({nodes: [silent, node('b')], leases: []})};
		const first = nodesFacts(start);
		expect(first.changesAt).toBe(now + minutes);
		const next = nodesFacts({...start, now: now + minutes}, first);
		expect(changed(next, first)).toEqual(['a']);
		expect(nodesFacts({...start, now: now + minutes - 1}, first)).toBe(first);
	});

	test('a boot id that changes is a reboot, shown for an hour', () => {
		const before = nodesFacts(input({nodes: [node('a')]}));
		const rebooted = input({nodes: [node('a', {info: {bootID: 'boot-2'}})]});
		const seen = nodesFacts(rebooted, before);
		const state = (facts: NodesFacts) => nodesView(facts).rows[0]?.cells[2]?.text;
		expect(state(seen)).toBe('ready, rebooted <10s ago');
		const hour = 60 * minutes;
		const lease60 = {...rebooted, leases: reading(leaseKind, [lease('a', -hour)]), now: now + hour};
		expect(state(nodesFacts(lease60, seen))).toBe('ready');
	});
});

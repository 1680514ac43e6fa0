import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {addressPoolKind, bgpAdvertisementKind, bgpClusterKind, bgpNodeKind, bgpPeerConfigKind} from '../../source/bgp/cilium.ts';
import {bgpDetail} from '../../source/bgp/detail.ts';
import {balancerKind} from '../../source/bgp/services.ts';
import {bgpView} from '../../source/bgp/view.ts';
import type {Raw} from '../../source/cluster/raw.ts';
import {labelsOf, selectorOf, selects} from '../../source/cluster/selector.ts';
import {damaged, expectSafe, poisoned, project} from '../_helpers/hostile.ts';
import {told} from './cluster.ts';
import {
	clusterConfig,
	down,
	established,
	everyService,
	given,
	nodeConfig,
	now,
	peerConfig,
	pool,
	refused,
	service,
	serviceAdvertisement,
} from './objects.ts';

test('a node config joins each configured peer with its report', () => {
	const record = project(bgpNodeKind, nodeConfig('nuc-1', {'10.0.0.1': established(), '10.0.0.2': down()}));
	expect(record).toMatchObject({name: 'nuc-1', reports: true, reconcileError: undefined});
	expect(record?.peers).toMatchObject([
		{
			address: '10.0.0.1',
			asn: 64_500,
			localAsn: 64_512,
			state: 'established',
			received: 4,
			advertised: 9,
			holdTime: 90,
			keepalive: 30,
		},
		{address: '10.0.0.2', state: 'active', establishedAt: 0, received: undefined},
	]);
});

test('only services that want an address are kept', () => {
	expect(project(balancerKind, service('a/b', '', {spec: {type: 'ClusterIP'}}))).toBeUndefined();
	expect(project(balancerKind, service('a/b', '10.0.0.9'))?.addresses).toEqual(['10.0.0.9']);
});

test('a pool reads its figures out of the messages of conditions', () => {
	expect(project(addressPoolKind, pool('lan', '16', '12'))).toMatchObject({
		total: 16,
		available: 12,
		used: 4,
		ranges: ['10.0.10.0/28', '10.0.11.1-10.0.11.9'],
	});
});

describe('a selector', () => {
	const labels = labelsOf({a: '1', b: '2'} as unknown as Raw);
	const selector = (raw: object) => selectorOf(raw as Raw);
	test.each<[object, boolean]>([
		[{}, true],
		[{matchLabels: {a: '1'}}, true],
		[{matchLabels: {a: '1', b: '1'}}, false],
		[{matchExpressions: [{key: 'a', operator: 'In', values: ['1', '9']}]}, true],
		[{matchExpressions: [{key: 'c', operator: 'In', values: ['1']}]}, false],
		[{matchExpressions: [{key: 'c', operator: 'NotIn', values: ['1']}]}, true],
		[{matchExpressions: [{key: 'a', operator: 'NotIn', values: ['1']}]}, false],
		[{matchExpressions: [{key: 'a', operator: 'Exists'}]}, true],
		[{matchExpressions: [{key: 'a', operator: 'DoesNotExist'}]}, false],
		[{matchExpressions: [{key: 'c', operator: 'DoesNotExist'}]}, true],
		[{matchExpressions: [{key: 'a', operator: 'Gt', values: ['0']}]}, false],
	])('%j', (raw, expected) => {
		const made = selector(raw);
		expect(made !== undefined && selects(made, labels)).toBe(expected);
	});

	test('that is not there is not an empty one', () => {
		expect(selectorOf(undefined)).toBeUndefined();
		expect(selectorOf(null as unknown as Raw)).toBeUndefined();
	});
});

const samples = [
	[bgpNodeKind, nodeConfig('nuc-1', {'10.0.0.1': established()})],
	[bgpClusterKind, clusterConfig({matchExpressions: [{key: 'a', operator: 'In', values: ['b']}]}, ['NoMatchingNode'])],
	[bgpPeerConfigKind, peerConfig()],
	[bgpAdvertisementKind, serviceAdvertisement(everyService)],
	[addressPoolKind, pool('lan', '16', '12')],
	[balancerKind, service('a/b', '', {status: refused('no_pool', 1)})],
] as const;

describe.each(samples.map(([kind, object]) => ({id: kind.id, kind, object})))('$id', ({kind, object}) => {
	test('is projected whatever a server sends', () => {
		fc.assert(
			fc.property(damaged(object), damage => {
				project<never>(kind as never, damage);
			}),
		);
	});
});

test('nothing a cluster says reaches the screen as more than text', () => {
	const facts = told(
		poisoned({
			nodeConfigs: [nodeConfig('nuc-1', {'10.0.0.1': established(), '10.0.0.2': down()})],
			clusterConfigs: [clusterConfig({}, ['Odd'])],
			pools: [pool('lan', '16', '12')],
			services: [given('a/c', '10.0.10.9'), service('a/b', '', {spec: {loadBalancerClass: 'x'}, status: refused('no_pool', 1)})],
		}),
	);
	const view = bgpView(facts);
	expect(view.rows).toHaveLength(5);
	expectSafe({...view, rows: view.rows.map(({cells}) => cells)});
	for (const row of view.rows) expectSafe(bgpDetail(facts, row.key, now));
});

import {describe, expect, test} from 'vitest';
import {bgpDetail} from '../../source/bgp/detail.ts';
import {bgpFacts} from '../../source/bgp/facts.ts';
import {bgpView} from '../../source/bgp/view.ts';
import {own, type SourceState} from '../../source/vocabulary.ts';
import {detailText, rowTexts} from '../_helpers/told.ts';
import {input, type Objects, told} from './cluster.ts';
import {
	advertisement,
	ago,
	clusterConfig,
	days,
	down,
	established,
	everyService,
	minutes,
	nodeConfig,
	now,
	peerConfig,
	pool,
	refused,
	service,
	serviceAdvertisement,
} from './objects.ts';

const router = '10.0.0.1';
const columns = ['node', 'peer', 'state', 'in', 'out'];
const view = (objects: Objects) => bgpView(told(objects));
const rows = (objects: Objects) => rowTexts(view(objects), columns);
const notes = (objects: Objects) => view(objects).notes.map(({text}) => text);
const silent = {word: 'silent', since: now - 35 * minutes} as const;

describe('a session', () => {
	test('that is up says since when, and how many routes go each way over all families', () => {
		expect(rows({nodeConfigs: [nodeConfig('nuc-1', {[router]: established()})]})).toEqual([
			'ok | nuc-1 | 10.0.0.1 | up 12d | 4 | 9',
		]);
	});

	test.each(['idle', 'connect', 'active', 'open_sent', 'open_confirm'])('in state %s is down', state => {
		expect(rows({nodeConfigs: [nodeConfig('nuc-1', {[router]: down(state)})]})).toEqual([
			`bad | nuc-1 | 10.0.0.1 | down, ${state} | – | –`,
		]);
	});

	test('that is down while others with the same peer are up is only a warning', () => {
		const nodeConfigs = [nodeConfig('nuc-1', {[router]: down()}), nodeConfig('nuc-2', {[router]: established()})];
		expect(rows({nodeConfigs})).toEqual([
			'warn | nuc-1 | 10.0.0.1 | down, active | – | –',
			'ok | nuc-2 | 10.0.0.1 | up 12d | 4 | 9',
		]);
	});

	test('seen going down says since when; found down says at least since when', () => {
		const up = {nodeConfigs: [nodeConfig('nuc-1', {[router]: established()})]};
		const gone = {nodeConfigs: [nodeConfig('nuc-1', {[router]: down()})]};
		const seen = bgpFacts({...input(gone), now: now + minutes}, told(up));
		const later = bgpFacts({...input(gone), now: now + 5 * minutes}, seen);
		expect(rowTexts(bgpView(later), ['state'])).toEqual(['bad | down, active 4m']);
		const found = bgpFacts({...input(gone), now: now + 5 * minutes}, told(gone));
		expect(rowTexts(bgpView(found), ['state'])).toEqual(['bad | down, active 5m+']);
	});

	test('with a state in capitals is read the same', () => {
		expect(rows({nodeConfigs: [nodeConfig('a', {[router]: established({peeringState: 'Established'})})]})[0]).toContain('up 12d');
	});
});

describe('an agent that is not heard of leaves its last word behind, and it is not believed', () => {
	const up = {nodeConfigs: [nodeConfig('nuc-2', {[router]: established()})]};
	test.each<[string, Objects, string]>([
		['its node is silent', {nodes: {'nuc-2': silent}}, 'unknown | nuc-2 | 10.0.0.1 | unknown, agent silent 35m | – | –'],
		['its pod is not ready', {agentsDown: ['nuc-2']}, 'unknown | nuc-2 | 10.0.0.1 | unknown, agent not ready 7m | – | –'],
		[
			'its node is gone',
			{nodes: {'nuc-1': {word: 'ready', since: 0}}},
			'unknown | nuc-2 | 10.0.0.1 | unknown, node gone | – | –',
		],
	])('%s', (_, more, row) => {
		expect(rows({...up, ...more})).toEqual([row]);
		expect(view({...up, ...more}).summary).toBe('0 of 1 up');
	});

	test('a node that says it is not ready may still have an agent that talks', () => {
		const nodes = {'nuc-2': {word: 'not ready', since: 0}} as const;
		expect(rows({...up, nodes})).toEqual(['ok | nuc-2 | 10.0.0.1 | up 12d | 4 | 9']);
	});

	test('while pods and nodes are not known, the status is all there is', () => {
		const given = input(up);
		const blind = {
			...given,
			nodes: new Map(),
			controllers: {...given.controllers, state: {is: 'loading'} as const, records: new Map()},
		};
		expect(rowTexts(bgpView(bgpFacts(blind)), columns)).toEqual(['ok | nuc-2 | 10.0.0.1 | up 12d | 4 | 9']);
	});

	test('the detail keeps what was said last', () => {
		const facts = told({...up, nodes: {'nuc-2': silent}});
		const text = detailText(bgpDetail(facts, facts.sessions[0]?.key ?? '', now));
		expect(text).toContain('state: unknown, agent silent 35m (unknown)');
		expect(text).toContain('why: presumed down: its node is silent');
		expect(text).toContain('last said: established for 12d');
		expect(text).toContain('[Session, as the agent last said]');
	});
});

describe('nothing reported is not down', () => {
	const reportOff =
		'sessions are not reported: status report off (bgpControlPlane.statusReport.enabled), or Cilium older than 1.17';
	test('status report off, on every node', () => {
		const nodeConfigs = ['nuc-1', 'nuc-2'].map(node => nodeConfig(node, {[router]: {}}, {bgpInstances: undefined}));
		expect(rows({nodeConfigs})[0]).toBe('unknown | nuc-1 | 10.0.0.1 | not reported | – | –');
		expect(notes({nodeConfigs})).toEqual([reportOff]);
	});

	test('on one node only: its agent has not written yet', () => {
		const nodeConfigs = [nodeConfig('a', {[router]: {}}, {bgpInstances: []}), nodeConfig('b', {[router]: established()})];
		expect(rows({nodeConfigs})[0]).toBe('unknown | a | 10.0.0.1 | not reported | – | –');
		expect(notes({nodeConfigs})).toEqual([]);
	});

	test('a peer without a state', () => {
		expect(rows({nodeConfigs: [nodeConfig('a', {[router]: {}})]})).toEqual([
			'unknown | a | 10.0.0.1 | no state reported | – | –',
		]);
	});

	test('a peer without an address', () => {
		expect(rows({nodeConfigs: [nodeConfig('a', {'': {}})]})).toEqual(['unknown | a | peer- | no address yet | – | –']);
	});
});

describe('up but silent', () => {
	const quiet = established({routeCount: [{afi: 'ipv4', safi: 'unicast', received: 4, advertised: 0}]});
	const chain: Objects = {
		nodeConfigs: [nodeConfig('nuc-1', {[router]: quiet})],
		peerConfigs: [peerConfig()],
		advertisements: [serviceAdvertisement(everyService)],
		services: [service('media/jellyfin', '10.0.10.2')],
	};
	const up = 'ok | nuc-1 | 10.0.0.1 | up 12d | 4 | 0';
	test.each<[string, Objects, string]>([
		['a service with an address should be advertised', {}, 'warn | nuc-1 | 10.0.0.1 | up, silent 12d | 4 | 0'],
		[
			'selected by its name',
			{advertisements: [serviceAdvertisement({matchLabels: {'io.kubernetes.service.name': 'jellyfin'}})]},
			'warn | nuc-1 | 10.0.0.1 | up, silent 12d | 4 | 0',
		],
		[
			'pod ranges should be',
			{services: [], advertisements: [advertisement({advertisementType: 'PodCIDR'})]},
			'warn | nuc-1 | 10.0.0.1 | up, silent 12d | 4 | 0',
		],
		['no service has an address', {services: [service('media/jellyfin', '')]}, up],
		[
			'the service is carried by its own nodes only',
			{services: [service('a/b', '10.0.10.2', {spec: {externalTrafficPolicy: 'Local'}})]},
			up,
		],
		['the advertisement selects nothing', {advertisements: [serviceAdvertisement(undefined)]}, up],
		['it selects other services', {advertisements: [serviceAdvertisement({matchLabels: {bgp: 'yes'}})]}, up],
		[
			'it sends other addresses',
			{
				advertisements: [
					advertisement({advertisementType: 'Service', service: {addresses: ['ClusterIP']}, selector: everyService}),
				],
			},
			up,
		],
		['the peer selects other advertisements', {peerConfigs: [peerConfig({matchLabels: {advertise: 'other'}})]}, up],
		['the peer selects none', {peerConfigs: [{metadata: {name: 'router'}, spec: {families: [{afi: 'ipv4'}]}}]}, up],
		['that cannot be told', {states: {advertisements: {is: 'denied', verb: own('list'), resource: own('x')}}}, up],
	])('%s', (_, more, row) => {
		expect(rows({...chain, ...more}).find(text => text.includes('nuc-1'))).toBe(row);
	});
});

describe('a node that is no longer selected', () => {
	const nodes = {'nuc-1': {word: 'ready', since: 0}, 'nuc-2': {word: 'ready', since: 0}} as const;
	const both = {nodes, nodeConfigs: ['nuc-1', 'nuc-2'].map(node => nodeConfig(node, {[router]: established()}))};
	const one = {nodes, nodeConfigs: [nodeConfig('nuc-1', {[router]: established()})]};

	test('stays, as missing, while its node is there', () => {
		const gone = told(one, told(both));
		expect(rowTexts(bgpView(gone), columns)).toEqual([
			'warn | nuc-2 | 10.0.0.1 | missing <10s | – | –',
			'ok | nuc-1 | 10.0.0.1 | up 12d | 4 | 9',
		]);
		const later = bgpFacts({...input(one), now: now + 3 * minutes}, gone);
		expect(rowTexts(bgpView(later), ['state'])[0]).toBe('warn | missing 3m');
		expect(told(both, later).sessions.every(({state}) => state === 'up')).toBe(true);
	});

	test('goes when the node goes', () => {
		expect(told({...one, nodes: {'nuc-1': nodes['nuc-1']}}, told(both)).sessions).toHaveLength(1);
	});

	test('is not called missing because the source was cut off', () => {
		const cut: SourceState = {is: 'stale', since: now, why: own('cut off')};
		expect(told({nodes, states: {nodeConfigs: cut}}, told(both)).sessions).toEqual([]);
	});

	test('one that is selected by its labels but has no configuration is told', () => {
		const labelled = {word: 'ready', since: 0, labels: [['bgp', 'on']]} as const;
		const selected = {...one, clusterConfigs: [clusterConfig({matchLabels: {bgp: 'on'}})]};
		const text = '1 node selected but without a configuration: is the Cilium operator running?';
		expect(notes({...selected, nodes: {'nuc-1': labelled, 'nuc-2': labelled}})).toEqual([text]);
		const unlabelled = {...labelled, labels: []};
		const outside = {...selected, nodes: {'nuc-1': labelled, 'nuc-2': unlabelled, 'nas-1': unlabelled}};
		expect(notes(outside)).toEqual([]);
		expect(rows(outside)).toContain('idle | 2 nodes | not selected: nas-1, nuc-2');
		expect(detailText(bgpDetail(told(outside), 'outside', now))).toContain('nuc-2: selected by no CiliumBGPClusterConfig');
		expect(rows({...outside, clusterConfigs: [clusterConfig()]})).toHaveLength(1);
	});
});

test.each<[string, Objects, string]>([
	['no node', {clusterConfigs: [clusterConfig({}, ['NoMatchingNode'])]}, 'cluster config bgp: its nodeSelector selects no node'],
	[
		'peer config missing',
		{clusterConfigs: [clusterConfig({}, ['MissingPeerConfigs'])]},
		'cluster config bgp: a peer configuration it names does not exist',
	],
	[
		'conflict',
		{clusterConfigs: [clusterConfig({}, ['ConflictingClusterConfig'])]},
		'cluster config bgp: another cluster config selects the same nodes',
	],
	[
		'secret',
		{peerConfigs: [peerConfig({}, ['MissingAuthSecret'])]},
		'peer config router: the secret with its password does not exist',
	],
	['a condition of tomorrow', {peerConfigs: [peerConfig({}, ['TooNew'])]}, 'peer config router: as said'],
	[
		'reconcile error',
		{
			nodeConfigs: [
				nodeConfig(
					'nuc-1',
					{[router]: established()},
					{conditions: [{type: 'cilium.io/BGPReconcileError', status: 'True', message: 'instance: bad ASN'}]},
				),
			],
		},
		'nuc-1: the agent cannot carry out its configuration: instance: bad ASN',
	],
	[
		'reconciled',
		{
			nodeConfigs: [
				nodeConfig(
					'a',
					{[router]: {}},
					{bgpInstances: undefined, conditions: [{type: 'cilium.io/BGPReconcileError', status: 'False'}]},
				),
			],
		},
		'sessions are not reported: status report off (bgpControlPlane.statusReport.enabled), or Cilium older than 1.17',
	],
])('a condition is told in words: %s', (_, objects, note) => {
	expect(notes(objects)).toEqual([note]);
});

describe('a service without an address', () => {
	const pending = (reason: string, age: number, spec: object = {}) =>
		rows({
			services: [
				service('media/jellyfin', '', {spec, age, status: {loadBalancer: {}, ...(reason === '' ? {} : refused(reason, age))}}),
			],
		});
	test.each([
		['no_pool', 'no enabled pool selects it'],
		['pool_selector_mismatch', 'the pool of the address it asks for does not select it'],
		['out_of_ips', 'the pools that select it are used up'],
		['already_allocated', 'the address it asks for belongs to another service'],
		['already_allocated_incompatible_service', 'the address it wants to share has other ports or another policy'],
		['new_reason', 'new_reason'],
		['', 'nobody has answered it'],
	])('says why: %s', (reason, why) => {
		expect(pending(reason, 9 * minutes)).toEqual([`warn | media/jellyfin | service | no address 9m: ${why}`]);
	});

	test('of another class names it', () => {
		expect(pending('', 9 * minutes, {loadBalancerClass: 'tailscale'})).toEqual([
			'warn | media/jellyfin | service | no address 9m: its class tailscale has not answered',
		]);
	});

	test('gets two minutes', () => {
		expect(pending('', 2 * minutes)[0]).toMatch(/^warn/);
		expect(pending('', 2 * minutes - 1)[0]).toMatch(/^idle/);
	});

	test('one with an address, or a host name, is no row', () => {
		const named = service('a/c', '', {status: {loadBalancer: {ingress: [{hostname: 'lb.example.org'}]}}});
		expect(rows({nodeConfigs: [], services: [service('a/b', '10.0.10.2'), named]})).toEqual([]);
	});

	test('its detail shows what was said and the pools', () => {
		const facts = told({services: [service('a/b', '', {status: refused('no_pool', days)})], pools: [pool('lan', '16', '12')]});
		const text = detailText(bgpDetail(facts, 'service/a/b', now));
		expect(text).toContain('said: said no_pool');
		expect(text).toContain('lan: 12 of 16 left (ok)');
	});
});

describe('a pool', () => {
	const one = (object: object, services: readonly object[] = []) =>
		rows({pools: [object], services}).find(row => row.includes('| pool |'));
	test.each([
		['plenty', pool('lan', '16', '12'), 'ok | lan | pool | 12 of 16 left'],
		['a tenth left', pool('lan', '100', '10'), 'risk | lan | pool | 10 of 100 left'],
		['just over a tenth left', pool('lan', '100', '11'), 'ok | lan | pool | 11 of 100 left'],
		['two left', pool('lan', '16', '2'), 'risk | lan | pool | 2 of 16 left'],
		['nothing left, nobody waits', pool('lan', '16', '0'), 'risk | lan | pool | 0 of 16 left'],
		['IPv6', pool('six', '18446744073709551616', '18446744073709551610'), 'ok | six | pool | 2e+19 of 2e+19 left'],
		['disabled', pool('lan', '16', '12', {spec: {disabled: true}}), 'held | lan | pool | disabled'],
		['not counted', {metadata: {name: 'lan'}, spec: {}}, 'unknown | lan | pool | not counted yet'],
		[
			'in conflict',
			{
				metadata: {name: 'lan'},
				status: {conditions: [{type: 'cilium.io/PoolConflict', status: 'True', reason: 'cidr_overlap', message: 'overlaps wan'}]},
			},
			'warn | lan | pool | ignored: overlaps another pool',
		],
	])('%s', (_, object, row) => {
		expect(one(object)).toBe(row);
	});

	test('is bad when nothing is left and a service waits for it', () => {
		expect(one(pool('lan', '16', '0'), [service('a/b', '', {status: refused('out_of_ips', days)})])).toBe(
			'bad | lan | pool | 0 of 16 left',
		);
	});
});

describe('the pane', () => {
	test('sums up sessions and addresses', () => {
		const nodeConfigs = ['a', 'b', 'c'].map(node => nodeConfig(node, {[router]: node === 'a' ? down() : established()}));
		expect(view({nodeConfigs, services: [service('x/y', '')]}).summary).toBe('2 of 3 up, 1 without address');
	});

	test('says absent where Cilium has no BGP and nothing waits', () => {
		expect(view({states: {nodeConfigs: {is: 'absent'}, pools: {is: 'absent'}}}).state).toEqual({is: 'absent'});
	});

	test('still shows a waiting service there', () => {
		const waiting = view({states: {nodeConfigs: {is: 'absent'}, pools: {is: 'absent'}}, services: [service('x/y', '')]});
		expect(waiting.state).toEqual({is: 'live'});
		expect(waiting.notes.map(({text}) => text)).toEqual(['no Cilium BGP here: sessions of other speakers are not read']);
		expect(waiting.rows).toHaveLength(1);
	});

	const denied: SourceState = {is: 'denied', verb: own('list'), resource: own('ciliumloadbalancerippools.cilium.io')};
	test.each<[string, Objects['states'], SourceState['is'], readonly string[]]>([
		['loading', {nodeConfigs: {is: 'loading'}}, 'loading', []],
		['denied', {nodeConfigs: denied}, 'denied', []],
		['cut off', {nodeConfigs: {is: 'stale', since: now, why: own('no answer')}}, 'stale', []],
		['without its pools', {pools: denied}, 'live', ['address pools: denied: list ciliumloadbalancerippools.cilium.io']],
	])('is honest when it is %s', (_, states, is, said) => {
		const told_ = view({states: states ?? {}});
		expect(told_.state.is).toBe(is);
		expect(told_.notes.map(({text}) => text)).toEqual(said);
	});

	test('a report that says the same changes nothing, not even when its time of establishment jitters', () => {
		const report = (jitter: number) => [nodeConfig('nuc-1', {[router]: established({establishedTime: ago(12 * days + jitter)})})];
		const before = told({nodeConfigs: report(0)});
		const after = told({nodeConfigs: report(4000)}, before);
		expect(after).toBe(before);
		expect(bgpView(after).rows[0]).toBe(bgpView(before).rows[0]);
		const reset = told({nodeConfigs: [nodeConfig('nuc-1', {[router]: established({establishedTime: ago(minutes)})})]}, after);
		expect(rowTexts(bgpView(reset), ['state'])).toEqual(['ok | up 1m']);
	});
});

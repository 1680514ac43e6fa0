import {describe, expect, test} from 'vitest';
import {bgpDetail} from '../../source/bgp/detail.ts';
import {bgpFacts} from '../../source/bgp/facts.ts';
import {bgpMoments} from '../../source/bgp/moments.ts';
import {bgpView} from '../../source/bgp/view.ts';
import {warningKind} from '../../source/workloads/event.ts';
import {reading} from '../_helpers/reading.ts';
import {detailText, rowTexts} from '../_helpers/told.ts';
import {input, type Objects, told} from './cluster.ts';
import {
	ago,
	answeredOn,
	clusterConfig,
	days,
	down,
	established,
	everyService,
	given,
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
const up = (node: string) => nodeConfig(node, {[router]: established()});
const gone = (node: string) => nodeConfig(node, {[router]: down()});
const ready = {word: 'ready', since: 0} as const;
const silent = {word: 'silent', since: now - 35 * minutes} as const;
const well: Objects = {
	nodeConfigs: [up('nuc-1'), up('nuc-2')],
	clusterConfigs: [clusterConfig({matchLabels: {bgp: 'peer'}})],
	peerConfigs: [peerConfig()],
	advertisements: [serviceAdvertisement(everyService)],
	services: [given('media/jellyfin', '10.0.10.15')],
	endpoints: [answeredOn('media/jellyfin', 'nuc-1')],
};
const jellyfin = (objects: Objects) =>
	rowTexts(bgpView(told({...well, ...objects})), ['node', 'peer', 'state']).find(row => row.includes('jellyfin'));

describe('a service with an address', () => {
	test.each<[string, Objects, string]>([
		['by all', {}, 'ok | jellyfin | 10.0.10.15 | advertised by 2 of 2 nodes'],
		['by fewer', {nodeConfigs: [up('nuc-1'), gone('nuc-2')]}, 'ok | jellyfin | 10.0.10.15 | advertised by 1 of 2 nodes'],
		['by one', {nodeConfigs: [up('nuc-1')]}, 'ok | jellyfin | 10.0.10.15 | advertised by 1 of 1 node'],
		[
			'one is silent',
			{nodes: {'nuc-1': ready, 'nuc-2': silent}},
			'ok | jellyfin | 10.0.10.15 | advertised by 1 of 1 node, 1 not heard',
		],
		['nowhere', {advertisements: []}, 'bad | media/jellyfin | 10.0.10.15 | no node advertises it: no advertisement selects it'],
		['nobody answers', {endpoints: []}, 'idle | jellyfin | 10.0.10.15 | no endpoint is ready'],
		[
			'chain not seen',
			{states: {advertisements: {is: 'loading'}}},
			'unknown | media/jellyfin | 10.0.10.15 | how it is advertised cannot be seen',
		],
	])('says how it is carried: %s', (_, objects, row) => {
		expect(jellyfin(objects)).toBe(row);
	});

	test('that is not advertised is in the summary', () => {
		expect(bgpView(told({...well, advertisements: []})).summary).toBe('2 of 2 up, 1 not advertised');
	});

	test('keeps its row when other endpoints come and go, and when other things are told', () => {
		const start = input(well);
		const facts = bgpFacts(start);
		const endpoints = input({...well, endpoints: [answeredOn('media/jellyfin', 'nuc-1'), answeredOn('a/b', 'nuc-2')]}).endpoints;
		expect(bgpFacts({...start, endpoints}, facts)).toBe(facts);
		const {services} = input({...well, services: [given('media/jellyfin', '10.0.10.15'), service('a/b', '')]});
		const jellyfinRecord = start.services.records.get('media/jellyfin');
		const records = new Map([...services.records, ...(jellyfinRecord ? [['media/jellyfin', jellyfinRecord] as const] : [])]);
		const later = bgpFacts({...start, services: {...services, records}}, facts);
		expect(later.carriages[0]).toBe(facts.carriages[0]);
		expect(later.pending).toHaveLength(1);
	});

	test('has a detail with every link, and what was noted of it', () => {
		const event = {
			metadata: {namespace: 'media', name: 'e1', uid: 'e1'},
			type: 'Warning',
			reason: 'AllocationFailed',
			message: 'no more',
			involvedObject: {kind: 'Service', namespace: 'media', name: 'jellyfin'},
			lastTimestamp: ago(5 * minutes),
		};
		const other = {
			...event,
			metadata: {namespace: 'media', name: 'e2', uid: 'e2'},
			involvedObject: {kind: 'Pod', name: 'jellyfin'},
		};
		const facts = told({...well, nodeConfigs: [up('nuc-1'), gone('nuc-2')]});
		const detail = bgpDetail(facts, 'service/media/jellyfin', now, {warnings: reading(warningKind, [event, other])});
		expect(detailText(detail)).toBe(
			[
				'service media/jellyfin',
				'[State]',
				'carried: advertised by 1 of 2 nodes (ok)',
				'address: 10.0.10.15',
				'traffic policy: Cluster',
				'endpoints: 1 ready on nuc-1',
				'[Way out]',
				'advertisement: services',
				'peer config: router',
				'peers: 10.0.0.1',
				'advertised by: nuc-1',
				'not by: nuc-2 → 10.0.0.1: down, active (warn)',
				'[Events]',
				'5m ago: AllocationFailed: no more (warn)',
			].join('\n'),
		);
	});
});

test('the detail of a session tells what should go over it, and how its neighbours do', () => {
	const facts = told({...well, nodeConfigs: [up('nuc-1'), gone('nuc-2')]});
	const text = detailText(bgpDetail(facts, facts.sessions[0]?.key ?? '', now));
	expect(text).toContain('[Should carry]\nmedia/jellyfin: 10.0.10.15: advertised by 1 of 2 nodes (ok)');
	expect(text).toContain('[Neighbours]\nnuc-2: 10.0.0.1: down, active (warn)');
});

test('the detail of a pool tells who waits for it', () => {
	const facts = told({pools: [pool('lan', '16', '0')], services: [service('a/b', '', {status: refused('out_of_ips', days)})]});
	expect(detailText(bgpDetail(facts, 'pool/lan', now))).toContain('serves: every service\nwaiting: a/b');
});

test('a session that comes and goes says how often', () => {
	const report = (minute: number, peer: object) => ({
		...input({nodeConfigs: [nodeConfig('nuc-1', {[router]: peer}), up('nuc-2')]}),
		now: now + minute * minutes,
	});
	const since = (minute: number) => established({establishedTime: new Date(now + minute * minutes).toISOString()});
	let facts = bgpFacts(report(0, established()));
	for (const minute of [2, 4, 6]) facts = bgpFacts(report(minute, since(minute)), facts);
	expect(rowTexts(bgpView(facts), ['node', 'state'])[0]).toBe('warn | nuc-1 | up <10s, reset 3 times');
	expect(detailText(bgpDetail(facts, facts.sessions[0]?.key ?? '', now))).toContain('resets: 3 seen in 15 minutes');
});

describe('what happened', () => {
	const moments = (objects: Objects, before?: Objects) => {
		const sources = input(objects);
		const facts = bgpFacts(sources, before && bgpFacts({...input(before), now: now - minutes}));
		return bgpMoments(facts, sources, now).map(
			({at, how, about, text, isChange}) => `${(now - at) / minutes}m ${how} ${about}: ${text}${isChange ? ' (change)' : ''}`,
		);
	};

	test('is told from time stamps: sessions, addresses given and refused, what was made', () => {
		const young = {metadata: {name: 'services', uid: 'x', creationTimestamp: ago(20 * minutes), labels: {advertise: 'bgp'}}};
		expect(
			moments({
				nodeConfigs: [nodeConfig('nuc-1', {[router]: established({establishedTime: ago(7 * minutes)})})],
				advertisements: [{...serviceAdvertisement(everyService), ...young}],
				services: [
					service('a/b', '', {age: 9 * minutes, status: refused('no_pool', 8 * minutes)}),
					service('a/c', '10.0.10.9', {
						age: 5 * minutes,
						status: {
							conditions: [{type: 'cilium.io/IPAMRequestSatisfied', status: 'True', lastTransitionTime: ago(4 * minutes)}],
						},
					}),
				],
			}),
		).toEqual([
			'20m recorded advertisement services: created (change)',
			'9m recorded a/b: service created (change)',
			'8m recorded a/b: was refused an address: no_pool, said no_pool',
			'7m recorded nuc-1/10.0.0.1: session established',
			'5m recorded a/c: service created (change)',
			'4m recorded a/c: got 10.0.10.9 of a pool',
		]);
	});

	test('is told with who changed it', () => {
		const managedFields = [{manager: 'kubectl-edit', time: ago(45 * minutes), fieldsV1: {'f:spec': {}}}];
		const {metadata, ...rest} = pool('homelab', '9', '0');
		expect(moments({pools: [{...rest, metadata: {...metadata, managedFields}}]})).toContain(
			'45m recorded address pool homelab: changed by kubectl-edit: 10.0.10.0/28, 10.0.11.1-10.0.11.9, 9 addresses (change)',
		);
	});

	test('and from what was seen: a session that went down, one that was taken away', () => {
		const nodes = {'nuc-1': ready, 'nuc-2': ready};
		const before = {nodes, nodeConfigs: [up('nuc-1'), up('nuc-2')]};
		expect(moments({nodes, nodeConfigs: [gone('nuc-1')]}, before)).toEqual([
			'0m seen nuc-1/10.0.0.1: session down, active',
			'0m seen nuc-1/10.0.0.1: session reset',
			'0m seen nuc-2/10.0.0.1: session missing',
		]);
		expect(moments({nodes, nodeConfigs: [gone('nuc-1'), gone('nuc-2')]})).toEqual([]);
	});
});

import {describe, expect, test} from 'vitest';
import {type BgpFacts, bgpFacts} from '../../source/bgp/facts.ts';
import {diagnoseBgp} from '../../source/bgp/findings.ts';
import type {FindingId, Symptom} from '../../source/diagnosis.ts';
import {defaults, type Settings} from '../../source/settings.ts';
import {own, type SourceState} from '../../source/vocabulary.ts';
import {expectSafe, poisoned} from '../_helpers/hostile.ts';
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
const ready = {word: 'ready', since: 0} as const;
const silent = {word: 'silent', since: now - 35 * minutes} as const;
const up = (node: string) => nodeConfig(node, {[router]: established()});
const gone = (node: string) => nodeConfig(node, {[router]: down()});
const quiet = established({routeCount: [{afi: 'ipv4', safi: 'unicast', received: 4, advertised: 0}]});

const diagnose = (facts: BgpFacts, settings: Settings = defaults) => diagnoseBgp(facts, settings);
const of = (id: FindingId, facts: BgpFacts, settings?: Settings): readonly Symptom[] =>
	diagnose(facts, settings).symptoms.filter(symptom => symptom.id === id);
const names = (symptoms: readonly Symptom[]) => symptoms.map(({about}) => about);
const only = (id: FindingId, facts: BgpFacts, settings?: Settings): Symptom => {
	const [symptom, ...more] = of(id, facts, settings);
	if (symptom === undefined || more.length > 0)
		throw new Error(`${names(of(id, facts, settings)).join(', ') || 'none'} of ${id}`);
	return symptom;
};

/** Three nodes with a session each, and a service that all of them advertise. */
const well: Objects = {
	nodeConfigs: [up('nuc-1'), up('nuc-2'), up('nuc-3')],
	clusterConfigs: [clusterConfig({matchLabels: {bgp: 'peer'}})],
	peerConfigs: [peerConfig()],
	advertisements: [serviceAdvertisement(everyService)],
	services: [given('media/jellyfin', '10.0.10.15')],
	endpoints: [answeredOn('media/jellyfin', 'nuc-1')],
	pools: [pool('lan', '16', '12')],
};
const local: Objects = {...well, services: [given('media/jellyfin', '10.0.10.15', {spec: {externalTrafficPolicy: 'Local'}})]};

test('when all is well nothing is said, and nothing is blind', () => {
	expect(diagnose(told(well))).toEqual({symptoms: [], blind: []});
	expect(diagnose(told(local))).toEqual({symptoms: [], blind: []});
});

test('the same facts and settings give the same diagnosis, an unchanged fact the same symptom', () => {
	const pair = {...well, nodeConfigs: [gone('nuc-1'), up('nuc-2'), up('nuc-3')]};
	const facts = told(pair);
	expect(diagnose(facts)).toBe(diagnose(facts));
	const later = bgpFacts(input({...pair, nodeConfigs: [gone('nuc-1'), gone('nuc-2'), up('nuc-3')]}), facts);
	const [before, after] = [facts, later].map(each => of('session-down', each));
	expect(names(after ?? [])).toEqual(['nuc-1/10.0.0.1', 'nuc-2/10.0.0.1']);
	expect(after?.[0]).toBe(before?.[0]);
});

describe('session-down', () => {
	test('one of several is a warning after 45 s, and since nothing where nobody saw it go', () => {
		const symptom = only('session-down', told({...well, nodeConfigs: [gone('nuc-1'), up('nuc-2')]}));
		expect(symptom).toMatchObject({
			about: 'nuc-1/10.0.0.1',
			after: {warning: 45_000},
			since: 0,
			title: 'session down, active',
			evidence: ['CiliumBGPNodeConfig: peeringState active'],
			subject: {resource: 'ciliumbgpnodeconfigs.cilium.io', name: 'nuc-1'},
		});
		expect(symptom.causes).toContain('node-not-ready:nuc-1');
		expect(symptom.causes).toContain('core-service-down:cilium on nuc-1');
	});

	test('seen going down says since when', () => {
		const before = told({...well, nodeConfigs: [up('nuc-1'), up('nuc-2')]});
		const after = bgpFacts({...input({...well, nodeConfigs: [gone('nuc-1'), up('nuc-2')]}), now: now + minutes}, before);
		expect(only('session-down', after).since).toBe(now + minutes);
	});

	test('went when its agent last wrote, where no other session of the node is written of', () => {
		const wrote = (config: object, before: number) => ({
			...config,
			metadata: {
				name: 'nuc-1',
				uid: 'nuc-1',
				managedFields: [{manager: 'cilium-agent', time: ago(before), fieldsV1: {'f:status': {}}}],
			},
		});
		const facts = told({...well, nodeConfigs: [wrote(gone('nuc-1'), 25 * minutes), up('nuc-2')]});
		expect(only('session-down', facts).since).toBe(now - 25 * minutes);
		// From idle to active and back is no news.
		const again = input({...well, nodeConfigs: [wrote(gone('nuc-1'), 0), up('nuc-2')]});
		expect(only('session-down', bgpFacts(again, facts)).since).toBe(now - 25 * minutes);
		const two = wrote(nodeConfig('nuc-1', {[router]: down(), '10.0.0.2': established()}), 25 * minutes);
		expect(only('session-down', told({...well, nodeConfigs: [two, up('nuc-2')]})).since).toBe(0);
	});

	test("a peer's only session is critical", () => {
		expect(only('session-down', told({nodeConfigs: [gone('nuc-1')]}))).toMatchObject({
			about: 'nuc-1/10.0.0.1',
			after: {critical: 45_000},
		});
	});

	test("a node's last is critical while a Local service answers on it", () => {
		const nodeConfigs = [gone('nuc-1'), up('nuc-2')];
		const symptom = only('session-down', told({...local, nodeConfigs}));
		expect(symptom.after).toEqual({critical: 45_000});
		expect(symptom.evidence).toContain('no other session carries media/jellyfin (traffic policy Local) from this node');
		const elsewhere = {...local, nodeConfigs, endpoints: [answeredOn('media/jellyfin', 'nuc-2')]};
		expect(only('session-down', told(elsewhere)).after).toEqual({warning: 45_000});
		const second = [nodeConfig('nuc-1', {[router]: down(), '10.0.0.2': established()}), up('nuc-2')];
		expect(only('session-down', told({...local, nodeConfigs: second})).after).toEqual({warning: 45_000});
	});

	test("all of one peer are the router's side: one critical finding, the sessions under it", () => {
		const facts = told({...well, nodeConfigs: [gone('nuc-1'), gone('nuc-2'), gone('nuc-3')]});
		const [peer, ...sessions] = of('session-down', facts);
		expect(peer).toMatchObject({
			about: router,
			after: {critical: 45_000},
			title: "none of 3 sessions is up: the router's side",
			many: 3,
			causes: [],
		});
		expect(sessions.map(({after, causes}) => [after, causes[0]])).toEqual(
			Array.from({length: 3}, () => [{warning: 45_000}, 'session-down:10.0.0.1']),
		);
	});

	test('two peers are told apart', () => {
		const peers = (first: object, second: object) => ({[router]: first, '10.0.0.2': second});
		const nodeConfigs = ['a', 'b'].map(node => nodeConfig(node, peers(down(), established())));
		expect(names(of('session-down', told({nodeConfigs})))).toEqual([router, `a/${router}`, `b/${router}`]);
	});

	test.each<[string, Objects, string, string, number]>([
		[
			'silent node',
			{nodes: {'nuc-1': silent, 'nuc-2': ready}},
			'presumed down: agent silent',
			'node-not-ready:nuc-1',
			silent.since,
		],
		['agent', {agentsDown: ['nuc-1']}, 'presumed down: agent not ready', 'core-service-down:cilium on nuc-1', now - 7 * minutes],
		['node gone', {nodes: {'nuc-2': ready}}, 'presumed down: node gone', 'node-not-ready:nuc-1', 0],
	])('a session nobody speaks for is presumed down: %s', (_, more, title, cause, since) => {
		const symptom = only('session-down', told({nodeConfigs: [up('nuc-1'), up('nuc-2')], ...more}));
		expect(symptom).toMatchObject({about: 'nuc-1/10.0.0.1', title, since, after: {warning: 45_000}});
		expect(symptom.causes[0]).toBe(cause);
		expect(symptom.counted).toEqual(['BGP session presumed down', 'BGP sessions presumed down']);
		expect(symptom.evidence[0]).toBe('last word of its agent: established, 9 routes advertised');
	});

	test('one whose node lost its label is no longer configured, seen now or by an earlier run', () => {
		const nodes = {'nuc-1': ready, 'nuc-2': ready};
		const rest = {...well, nodes, nodeConfigs: [up('nuc-1')]};
		const before = told({...rest, nodeConfigs: [up('nuc-1'), up('nuc-2')]});
		const seen = only('session-down', bgpFacts({...input(rest), now: now + minutes}, before));
		expect(seen).toMatchObject({about: 'nuc-2/10.0.0.1', title: 'no longer configured', since: now + minutes});
		const remembered = told({...rest, peersBefore: ['nuc-1/10.0.0.1', 'nuc-2/10.0.0.1', 'nuc-9/10.0.0.1']});
		expect(only('session-down', remembered)).toMatchObject({
			about: 'nuc-2/10.0.0.1',
			title: 'no longer configured',
			since: 0,
			after: {warning: 45_000},
		});
		expect(of('session-down', told({...rest, peersBefore: []}))).toEqual([]);
	});

	test('one that comes back is gone', () => {
		const before = told({...well, nodeConfigs: [gone('nuc-1'), up('nuc-2')]});
		expect(of('session-down', told({...well, nodeConfigs: [up('nuc-1'), up('nuc-2')]}, before))).toEqual([]);
	});
});

describe('session-flapping', () => {
	const at = (minute: number) => now + minute * minutes;
	const watch = (steps: ReadonlyArray<readonly [minute: number, report: object]>) =>
		steps.reduce<BgpFacts | undefined>((before, [minute, report]) => {
			const nodeConfigs = [nodeConfig('nuc-1', {[router]: report}), up('nuc-2')];
			return bgpFacts({...input({nodeConfigs}), now: at(minute)}, before);
		}, undefined);
	const since = (minute: number) => established({establishedTime: new Date(at(minute)).toISOString()});
	const flapping = (steps: Parameters<typeof watch>[0]) => {
		const facts = watch(steps);
		return facts === undefined ? [] : of('session-flapping', facts);
	};
	const twice = [
		[0, established()],
		[1, down()],
		[2, since(2)],
		[4, since(4)],
	] as const;

	test('is three resets within 15 minutes: gone, or back with a later beginning', () => {
		const [symptom] = flapping([...twice, [6, down('idle')]]);
		expect(symptom).toMatchObject({
			about: 'nuc-1/10.0.0.1',
			after: {warning: 0},
			since: at(1),
			title: 'reset 3 times in 15 minutes',
		});
	});

	test.each<[string, Parameters<typeof watch>[0]]>([
		['two are not', twice],
		['a young session found at first sight is not', [[0, since(-1)]]],
		['a beginning that jitters is not', [0, 1, 2, 3, 4, 5].map(minute => [minute, since(-60 - 0.2 * (minute % 2))] as const)],
		['the same ones spread over more than 15 minutes are not', [...twice, [17, down()]]],
	])('%s', (_, steps) => {
		expect(flapping(steps)).toEqual([]);
	});

	test('counts resets that an earlier run saw', () => {
		const given_ = input({nodeConfigs: [up('nuc-1'), up('nuc-2')]});
		const key = bgpFacts(given_).sessions[0]?.key ?? '';
		const flapped = (...ages: readonly number[]) => {
			const resetsBefore = new Map([[key, ages.map(age => now - age * minutes)]]);
			return of('session-flapping', bgpFacts({...given_, resetsBefore}));
		};
		expect(flapped(14, 9, 2)).toHaveLength(1);
		expect(flapped(16, 9, 2)).toEqual([]);
	});

	test('is over once the resets are older than that, without another event', () => {
		const facts = watch([...twice, [6, since(6)]]);
		expect(facts && of('session-flapping', facts)).toHaveLength(1);
		expect(facts?.changesAt).toBeLessThanOrEqual(at(16));
		const nodeConfigs = [nodeConfig('nuc-1', {[router]: since(6)}), up('nuc-2')];
		expect(of('session-flapping', bgpFacts({...input({nodeConfigs}), now: at(16)}, facts))).toEqual([]);
	});
});

describe('session-silent', () => {
	const nodeConfigs = [nodeConfig('nuc-1', {[router]: quiet}), up('nuc-2')];

	test('is a session that is up and advertises nothing though it should', () => {
		expect(only('session-silent', told({...well, nodeConfigs}))).toMatchObject({
			about: 'nuc-1/10.0.0.1',
			after: {warning: 60_000},
			since: 0,
			title: 'up, but nothing is advertised',
		});
	});

	test.each<[string, Objects]>([
		['one route is something', {nodeConfigs: [nodeConfig('nuc-1', {[router]: established({routeCount: [{advertised: 1}]})})]}],
		['nothing to advertise', {services: []}],
		['a Local service answers elsewhere', {...local, nodeConfigs, endpoints: [answeredOn('media/jellyfin', 'nuc-2')]}],
	])('is not: %s', (_, more) => {
		expect(of('session-silent', told({...well, nodeConfigs, ...more}))).toEqual([]);
	});

	test('is one on the only node where a Local service answers', () => {
		expect(names(of('session-silent', told({...local, nodeConfigs})))).toEqual(['nuc-1/10.0.0.1']);
	});
});

describe('address-not-advertised', () => {
	const role = ['node-role.kubernetes.io/control-plane', 'true'] as const;
	const labelled = {...ready, labels: [['bgp', 'peer'], role]} as const;
	const unlabelled = {...ready, labels: [role]} as const;

	test.each<[string, Objects, string]>([
		['no advertisement', {advertisements: [serviceAdvertisement({matchLabels: {bgp: 'yes'}})]}, 'no advertisement selects it'],
		[
			'one without a selector selects nothing',
			{advertisements: [serviceAdvertisement(undefined)]},
			'no advertisement selects it',
		],
		[
			'no peer config',
			{peerConfigs: [peerConfig({matchLabels: {advertise: 'other'}})]},
			'no peer config sends advertisement services',
		],
		['no node', {nodeConfigs: []}, 'no node is told to peer by router'],
		['no session', {nodeConfigs: [gone('nuc-1'), gone('nuc-2')]}, 'no session is up that would carry it'],
		[
			'Local, and its node does not peer',
			{...local, endpoints: [answeredOn('media/jellyfin', 'nas-1')]},
			'traffic policy Local, and nas-1 with its endpoints does not peer',
		],
	])('by no node is critical, and names the broken link: %s', (_, more, broken) => {
		expect(only('address-not-advertised', told({...well, ...more}))).toMatchObject({
			about: 'media/jellyfin',
			subject: {resource: 'services', namespace: 'media', name: 'jellyfin'},
			after: {critical: 60_000},
			title: `10.0.10.15 is advertised by no node: ${broken}`,
			apps: ['jellyfin'],
		});
	});

	test('by fewer nodes than selected is a warning that folds under what keeps the others', () => {
		const symptom = only('address-not-advertised', told({...well, nodeConfigs: [up('nuc-1'), gone('nuc-2'), up('nuc-3')]}));
		expect(symptom).toMatchObject({
			after: {warning: 60_000},
			title: 'only advertised by 2 of 3 nodes',
			counted: ['address on fewer nodes', 'addresses on fewer nodes'],
		});
		expect(symptom.evidence).toEqual([
			'address 10.0.10.15, 1 ready endpoint on nuc-1',
			'advertisement services, peer config router',
			'nuc-2 → 10.0.0.1: down, active',
		]);
		expect(symptom.causes.slice(0, 4)).toEqual([
			'session-down:10.0.0.1',
			'session-down:nuc-2/10.0.0.1',
			'session-silent:nuc-2/10.0.0.1',
			'node-not-ready:nuc-2',
		]);
	});

	test('a node that is not heard is no longer one of those that should; the last one is missed', () => {
		const nodes = {'nuc-1': ready, 'nuc-2': silent, 'nuc-3': ready};
		expect(of('address-not-advertised', told({...well, nodes}))).toEqual([]);
		const lost = only('address-not-advertised', told({...well, nodes: {'nuc-1': silent, 'nuc-2': silent, 'nuc-3': silent}}));
		expect(lost.title).toBe('10.0.10.15 is advertised by no node: no session is up that would carry it');
		expect(lost.causes).toContain('node-not-ready:nuc-3');
	});

	test('says which node was left out of the selection', () => {
		const nodes = {'nuc-1': labelled, 'nuc-2': labelled, 'nuc-3': unlabelled};
		const objects = {
			...local,
			nodes,
			nodeConfigs: [up('nuc-1'), up('nuc-2')],
			endpoints: [answeredOn('media/jellyfin', 'nuc-3')],
		};
		expect(only('address-not-advertised', told(objects)).evidence).toContain(
			'nuc-3 is not selected: nodeSelector wants bgp=peer',
		);
		const remembered = {...well, nodes, nodeConfigs: objects.nodeConfigs, peersBefore: ['nuc-3/10.0.0.1']};
		const symptom = only('address-not-advertised', told(remembered));
		expect(symptom.title).toBe('only advertised by 2 of 3 nodes');
		expect(symptom.evidence).toContain('nuc-3 is not selected: nodeSelector wants bgp=peer');
		const odd = {...well, nodes, nodeConfigs: [up('nuc-1'), gone('nuc-2')]};
		expect(only('address-not-advertised', told(odd)).evidence).toContain('nuc-3 is not selected: nodeSelector wants bgp=peer');
		const plain = Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, {...node, labels: [node.labels[0]]}]));
		expect(only('address-not-advertised', told({...odd, nodes: {...plain, 'nuc-3': ready}})).evidence.join()).not.toContain(
			'nuc-3',
		);
	});

	test.each<[string, Objects]>([
		['nobody would answer', {endpoints: [], nodeConfigs: [gone('nuc-1')]}],
		[
			'it was kept in on purpose',
			{
				advertisements: [
					serviceAdvertisement({
						matchExpressions: [
							{key: 'x', operator: 'Exists'},
							{key: 'advertise', operator: 'NotIn', values: ['never']},
						],
					}),
				],
				services: [
					{
						...given('media/jellyfin', '10.0.10.15'),
						metadata: {namespace: 'media', name: 'jellyfin', labels: {advertise: 'never', x: '1'}},
					},
				],
			},
		],
		['its address is not of a pool of Cilium', {advertisements: [], services: [service('media/jellyfin', '10.0.10.15')]}],
		[
			'another way to announce it was asked for',
			{advertisements: [], services: [given('a/b', '10.0.10.15', {spec: {loadBalancerClass: 'io.cilium/l2-announcer'}})]},
		],
		['nobody peers at all', {nodeConfigs: [], clusterConfigs: []}],
		['Local, carried where it answers', {...local, nodeConfigs: [up('nuc-1'), gone('nuc-2')]}],
	])('is not said where %s', (_, more) => {
		expect(of('address-not-advertised', told({...well, ...more}))).toEqual([]);
	});
});

describe('address-pending', () => {
	const waiting = (path: string, reason: string, age: number): Objects => ({
		services: [service(path, '', {age, status: reason === '' ? {} : refused(reason, age)})],
	});

	test('is a warning after two minutes, since Cilium refused it, and names the pool as the broken link', () => {
		const objects = {...waiting('media/jellyfin', 'out_of_ips', 9 * minutes), pools: [pool('lan', '16', '0')]};
		expect(only('address-pending', told(objects))).toMatchObject({
			about: 'media/jellyfin',
			after: {warning: 2 * minutes},
			since: now - 9 * minutes,
			title: 'no address: the pools that select it are used up',
			evidence: ['IPAMRequestSatisfied=False out_of_ips: said out_of_ips', 'pool lan: 0 of 16 left'],
			causes: ['pool-exhausted:lan', 'controller-down:cilium-operator'],
		});
	});

	test('is critical for what the user calls critical', () => {
		const facts = told(waiting('network/traefik', 'no_pool', minutes));
		expect(only('address-pending', facts).after).toEqual({critical: 2 * minutes});
		expect(only('address-pending', facts, {...defaults, critical: []}).after).toEqual({warning: 2 * minutes});
		expect(only('address-pending', facts).evidence).toContain('no address pool selects it');
	});

	test('counts from its creation where nobody answered, and goes with the address', () => {
		expect(only('address-pending', told(waiting('a/b', '', 5 * minutes))).since).toBe(now - 5 * minutes);
		expect(of('address-pending', told({services: [service('a/b', '10.0.10.2')]}))).toEqual([]);
	});
});

describe('pool-exhausted', () => {
	const wanted = service('media/jellyfin', '', {status: refused('out_of_ips', 9 * minutes)});

	test('is critical when nothing is left and one waits, since it waits', () => {
		expect(only('pool-exhausted', told({pools: [pool('lan', '16', '0')], services: [wanted]}))).toMatchObject({
			about: 'lan',
			after: {critical: 30_000},
			since: now - 9 * minutes,
			title: '0 of 16 addresses left, 1 service waiting',
		});
	});

	test.each([
		['two left', pool('lan', '16', '2'), true],
		['a tenth left', pool('lan', '100', '10'), true],
		['nothing left and nobody waits', pool('lan', '16', '0'), true],
		['three left', pool('lan', '16', '3'), false],
		['more than a tenth left', pool('lan', '100', '11'), false],
		['disabled', pool('lan', '16', '0', {spec: {disabled: true}}), false],
	])('is a risk when little is left: %s', (_, object, isRisk) => {
		expect(of('pool-exhausted', told({pools: [object]})).map(each => each.class)).toEqual(isRisk ? ['risk'] : []);
	});

	test('who waits for another pool does not make this one critical', () => {
		const other = pool('wan', '16', '0', {spec: {serviceSelector: {matchLabels: {net: 'wan'}}}});
		expect(only('pool-exhausted', told({pools: [other], services: [wanted]})).class).toBe('risk');
	});
});

describe('bgp-misconfigured', () => {
	const failing = (node: string) =>
		nodeConfig(
			node,
			{[router]: established()},
			{
				conditions: [
					{
						type: 'cilium.io/BGPReconcileError',
						status: 'True',
						message: 'bad ASN',
						lastTransitionTime: new Date(now - days).toISOString(),
					},
				],
			},
		);

	test('says what a condition says, since it says so', () => {
		expect(only('bgp-misconfigured', told({...well, clusterConfigs: [clusterConfig({}, ['NoMatchingNode'])]}))).toMatchObject({
			about: 'cluster config bgp',
			subject: {resource: 'ciliumbgpclusterconfigs.cilium.io', name: 'bgp'},
			after: {warning: 60_000},
			since: now - minutes,
			title: 'its nodeSelector selects no node',
			evidence: ['NoMatchingNode=True: as said'],
		});
	});

	test('two faults of one object are one finding', () => {
		const both = {...well, clusterConfigs: [clusterConfig({}, ['NoMatchingNode', 'MissingPeerConfigs'])]};
		expect(only('bgp-misconfigured', told(both)).title).toContain(', a peer configuration it names does not exist');
	});

	test('the same error on many nodes is one finding', () => {
		expect(only('bgp-misconfigured', told({nodeConfigs: [failing('a'), failing('b')]}))).toMatchObject({
			about: 'agents',
			title: '2 nodes: the agent cannot carry out its configuration: bad ASN',
			evidence: ['a: BGPReconcileError: bad ASN', 'b: BGPReconcileError: bad ASN'],
			since: now - days,
		});
	});

	test('a selected node without a configuration is the operator’s fault', () => {
		const labelled = {...ready, labels: [['bgp', 'peer']]} as const;
		const symptom = only('bgp-misconfigured', told({...well, nodeConfigs: [up('a')], nodes: {a: labelled, b: labelled}}));
		expect(symptom).toMatchObject({about: 'operator', since: 0, causes: ['controller-down:cilium-operator']});
	});

	test('a pool that overlaps another is ignored', () => {
		const object = {
			metadata: {name: 'lan'},
			status: {conditions: [{type: 'cilium.io/PoolConflict', status: 'True', reason: 'cidr_overlap', message: 'overlaps wan'}]},
		};
		expect(only('bgp-misconfigured', told({pools: [object]}))).toMatchObject({
			about: 'pool lan',
			title: 'ignored: overlaps another pool',
			evidence: ['PoolConflict=True: overlaps wan'],
		});
	});
});

describe('what cannot be judged', () => {
	const denied: SourceState = {is: 'denied', verb: own('list'), resource: own('x')};
	const cut: SourceState = {is: 'stale', since: now, why: own('cut off')};
	const blinds = (objects: Objects) => diagnose(told({...well, ...objects})).blind;

	test.each<[string, string, FindingId]>([
		['nodeConfigs', 'BGP sessions', 'session-down'],
		['nodeConfigs', 'BGP sessions', 'address-not-advertised'],
		['advertisements', 'advertisements', 'session-silent'],
		['peerConfigs', 'peer configs', 'bgp-misconfigured'],
		['clusterConfigs', 'cluster configs', 'bgp-misconfigured'],
		['services', 'services', 'address-pending'],
		['endpoints', 'endpoints', 'address-not-advertised'],
		['pools', 'address pools', 'pool-exhausted'],
	])('without %s, %s: %s', (source, name, id) => {
		for (const [state, why, loading] of [
			[denied, 'not permitted: list x', false],
			[cut, 'cut off', false],
			[{is: 'loading'}, 'not read yet', true],
		] as const) {
			const [blind, ...more] = blinds({states: {[source]: state}});
			expect(blind).toMatchObject({what: 'bgp', why: `${name}: ${why}`, loading, required: true});
			expect(blind?.ids).toContain(id);
			expect(more).toEqual([]);
		}
		expect(blinds({states: {[source]: {is: 'absent'}}})).toEqual([]);
	});

	test('what was only begun to be read says nothing', () => {
		const loading: SourceState = {is: 'loading'};
		const states = {nodeConfigs: loading, services: loading, pools: loading};
		const objects = {nodeConfigs: [gone('a')], services: [service('a/b', '')], pools: [pool('lan', '16', '0')], states};
		expect(diagnose(told(objects)).symptoms).toEqual([]);
	});

	test('what was cut off is kept, beside why it cannot be believed; one line for one reason', () => {
		const states = Object.fromEntries(['nodeConfigs', 'services', 'pools'].map(source => [source, cut]));
		const {symptoms, blind} = diagnose(told({...well, nodeConfigs: [gone('a'), up('b')], states}));
		expect(names(symptoms.filter(({id}) => id === 'session-down'))).toEqual(['a/10.0.0.1']);
		expect(blind.map(({why}) => why)).toEqual(['BGP sessions, address pools, services: cut off']);
	});

	test('without its operator conditions and pools are frozen; sessions are not', () => {
		const [blind, ...more] = blinds({operatorDown: true, pools: [pool('lan', '16', '0')]});
		expect(blind).toMatchObject({
			why: 'address pools, conditions: cilium-operator not running',
			ids: ['pool-exhausted', 'bgp-misconfigured'],
		});
		expect(more).toEqual([]);
	});

	test('sessions of which nothing is reported are not known to be down, nor what they carry to be advertised', () => {
		const [session, address] = blinds({nodeConfigs: [nodeConfig('a', {[router]: {}}, {bgpInstances: undefined})]});
		expect(session).toMatchObject({why: '1 session: the agent writes no status', abouts: new Set(['a/10.0.0.1'])});
		expect(address).toMatchObject({ids: ['address-not-advertised'], abouts: new Set(['media/jellyfin'])});
	});

	test('a session that was silent when its agent was is not over it', () => {
		const lost = {nodeConfigs: [nodeConfig('a', {[router]: quiet}), up('b')], agentsDown: ['a']};
		expect(blinds(lost)).toMatchObject([{ids: ['session-flapping', 'session-silent'], abouts: new Set(['a/10.0.0.1'])}]);
	});

	test('services of one namespace say nothing of the others', () => {
		const given_ = input(well);
		const limitedTo = {namespace: own('media'), missing: own('list services')};
		const {blind} = diagnose(bgpFacts({...given_, services: {...given_.services, limitedTo}}));
		expect(blind).toMatchObject([{why: 'services: only namespace media: list services', abouts: new Set()}]);
	});
});

test('nothing a cluster says gets into a finding as more than text', () => {
	const objects = poisoned({
		...well,
		nodeConfigs: [gone('nuc-1'), gone('nuc-2')],
		clusterConfigs: [clusterConfig({matchLabels: {a: 'b'}}, ['Odd'])],
		pools: [pool('lan', '16', '0')],
		services: [
			given('a/c', '10.0.0.9'),
			service('a/b', '', {spec: {loadBalancerClass: 'x'}, status: refused('out_of_ips', days)}),
		],
		endpoints: [answeredOn('a/c', 'nuc-1')],
	});
	const {symptoms, blind} = diagnose(told(objects));
	expect(symptoms.length).toBeGreaterThan(4);
	expectSafe([symptoms.map(symptom => ({...symptom, subject: undefined})), blind.map(({why}) => why)]);
});

import {describe, expect, test} from 'vitest';
import type {FindingId, Symptom} from '../../source/diagnosis.ts';
import {platformFacts} from '../../source/platform/facts.ts';
import {diagnosePlatform} from '../../source/platform/findings.ts';
import {validatingKind} from '../../source/platform/webhook.ts';
import {defaults, type Settings} from '../../source/settings.ts';
import {own, type SourceState} from '../../source/vocabulary.ts';
import {reading} from '../_helpers/reading.ts';
import {
	ago,
	api,
	cilium,
	coredns,
	days,
	hook,
	input,
	labelled,
	longhorn,
	minutes,
	now,
	type Objects,
	seconds,
	slice,
	told,
	volume,
} from './objects.ts';

const symptoms = (objects: Objects, settings: Settings = defaults): readonly Symptom[] =>
	diagnosePlatform(told(objects), settings).symptoms;
const of = (id: FindingId, objects: Objects, settings?: Settings) =>
	symptoms(objects, settings).filter(symptom => symptom.id === id);
const blindTo = (id: FindingId, objects: Objects) =>
	diagnosePlatform(told(objects), defaults).blind.filter(({ids}) => ids.includes(id));

const denied = (resource: string): SourceState => ({is: 'denied', verb: own('list'), resource: own(resource)});
const stale: SourceState = {is: 'stale', since: now - minutes, why: own('connection lost')};
const loading: SourceState = {is: 'loading'};
const lost = {word: 'silent', since: now - 35 * minutes} as const;
const down = {ready: false, turned: 4 * minutes} as const;

test('a platform that is well has no symptoms, and nothing it is blind to', () => {
	const objects: Objects = {
		pods: [coredns('a'), coredns('b'), cilium('nuc-1'), longhorn('nuc-1')],
		slices: [slice('kube-system/kube-dns', [{}]), slice('cert/webhook', [{}]), slice('kube-system/metrics-server', [{}])],
		validating: [hook('cert', 'cert/webhook')],
		apis: [api('v1beta1.metrics.k8s.io', 'kube-system/metrics-server'), api('v1.apps')],
		volumes: [volume('pvc-1')],
		certificates: [{what: 'API server', issuedAt: now - 100 * days, expiresAt: now + 265 * days}],
		latency: {p99: 30, samples: 150, since: now - 10 * minutes},
	};
	const facts = told(objects);
	expect(diagnosePlatform(facts, defaults)).toEqual({symptoms: [], blind: []});
	expect(diagnosePlatform(facts, defaults)).toBe(diagnosePlatform(facts, defaults));
});

describe('core-service-down', () => {
	test('CoreDNS with nothing ready is critical, since its last pod went', () => {
		const pods = [coredns('bcdfg', {...down, turned: 9 * minutes}), coredns('hjklm', down)];
		expect(of('core-service-down', {pods})).toEqual([
			{
				id: 'core-service-down',
				about: 'coredns',
				subject: {resource: 'deployments.apps', namespace: 'kube-system', name: 'coredns'},
				after: {critical: 0},
				since: now - 4 * minutes,
				title: 'not ready',
				evidence: [
					'kube-system/coredns-7db6d8ff4d-bcdfg on nuc-1: Running, not ready',
					'kube-system/coredns-7db6d8ff4d-hjklm on nuc-1: Running, not ready',
				],
				// What ails its pods is told of them, and folds under this.
				causes: [],
			},
		]);
	});

	test('partly ready it is a warning after five minutes, since the first of them went', () => {
		const pods = [coredns('a'), coredns('b', down)];
		expect(of('core-service-down', {pods})).toMatchObject([
			{after: {warning: 5 * minutes}, since: now - 4 * minutes, title: '1 of 2 ready'},
		]);
	});

	test('what is finished or leaves is missed by nobody', () => {
		const leaving = coredns('b', {...down, metadata: {labels: {'k8s-app': 'kube-dns'}, deletionTimestamp: ago(minutes)}});
		const evicted = coredns('c', {...down, status: {phase: 'Failed'}});
		expect(symptoms({pods: [coredns('a'), leaving, evicted]})).toEqual([]);
	});

	test('a CoreDNS without any pod is missed where its service is there', () => {
		const slices = [slice('kube-system/kube-dns', [])];
		expect(of('core-service-down', {slices})).toMatchObject([
			{about: 'coredns', after: {critical: 0}, since: 0, title: 'no pod', evidence: ['it has no pod at all'], causes: []},
		]);
		expect(symptoms({slices: [slice('kube-system/kube-dns', [{}])]})).toEqual([]);
		expect(symptoms({})).toEqual([]);
		expect(symptoms({slices, states: {pods: loading}})).toEqual([]);
	});

	test('a CoreDNS that somebody runs for himself is not the cluster’s', () => {
		const other = labelled('vcluster/coredns-0', 'k8s-app=kube-dns', down);
		expect(symptoms({pods: [coredns('a'), other]})).toEqual([]);
	});

	test.each([
		['tier=control-plane,component=kube-scheduler', 'kube-scheduler'],
		['tier=control-plane,k8s-app=kube-apiserver', 'kube-apiserver'],
		['component=kube-controller-manager', 'kube-controller-manager'],
		['component=etcd', 'etcd'],
		['k8s-app=kube-proxy', 'kube-proxy'],
	])('%s is %s', (label, about) => {
		const wish = {owner: ['Node', 'cp-2']} as const;
		const one = labelled(`kube-system/${about}-cp-1`, label, {...wish, node: 'cp-1'});
		const other = labelled(`kube-system/${about}-cp-2`, label, {...wish, ...down, node: 'cp-2'});
		expect(of('core-service-down', {pods: [one, other], nodes: {'cp-2': lost}})).toMatchObject([
			{about, after: {warning: 5 * minutes}, causes: ['node-not-ready:cp-2'], subject: {resource: 'pods'}},
		]);
		expect(of('core-service-down', {pods: [other]})).toMatchObject([{about, after: {critical: 0}}]);
	});

	test('a node’s network agent is told by its node, and folds under the node that is lost', () => {
		const pods = [cilium('nuc-1'), cilium('nuc-2', down)];
		expect(of('core-service-down', {pods, nodes: {'nuc-2': lost}})).toMatchObject([
			{
				about: 'cilium on nuc-2',
				after: {critical: 0},
				since: now - 4 * minutes,
				causes: ['core-service-down:cilium', 'node-not-ready:nuc-2'],
			},
		]);
		expect(of('core-service-down', {pods})[0]?.causes).toEqual(['core-service-down:cilium']);
	});

	test('without any agent ready they all fold under one', () => {
		const pods = [cilium('nuc-1', down), cilium('nuc-2', down)];
		expect(of('core-service-down', {pods}).map(({about, after}) => [about, after])).toEqual([
			['cilium', {critical: 0}],
			['cilium on nuc-1', {critical: 0}],
			['cilium on nuc-2', {critical: 0}],
		]);
	});

	test('agents that are gone without a trace are missed where they left their status', () => {
		const bgpNodes = [{metadata: {name: 'nuc-1', uid: 'x'}, spec: {}, status: {}}];
		expect(of('core-service-down', {bgpNodes})).toMatchObject([{about: 'cilium', title: 'no pod', since: 0}]);
	});

	test('pods that cannot be seen blind it', () => {
		const pods = [coredns('a', down)];
		expect(blindTo('core-service-down', {pods, states: {pods: stale}})).toMatchObject([
			{what: 'pods', why: 'pods: connection lost', loading: false, required: true},
		]);
		expect(blindTo('controller-down', {states: {pods: denied('pods')}})).toMatchObject([{why: 'pods: not permitted: list pods'}]);
		expect(blindTo('core-service-down', {states: {pods: loading}})).toMatchObject([{loading: true}]);
		const podsOf = {namespace: own('media'), missing: own('list pods')};
		expect(blindTo('controller-down', {volumes: [volume('pvc-1')], podsOf})).toMatchObject([
			{why: 'pods: only namespace media is read: list pods', required: true},
		]);
		expect(symptoms({volumes: [volume('pvc-1')], podsOf})).toEqual([]);
	});
});

describe('controller-down', () => {
	const volumes = Array.from({length: 24}, (_, at) => volume(`pvc-${at}`));

	test('names what is frozen, and since when', () => {
		const pods = [longhorn('nuc-1', down), longhorn('nuc-2', {...down, turned: 9 * minutes})];
		expect(of('controller-down', {pods, volumes})).toMatchObject([
			{
				about: 'longhorn-manager',
				subject: {resource: 'daemonsets.apps', namespace: 'longhorn-system', name: 'longhorn-manager'},
				after: {warning: 2 * minutes},
				since: now - 4 * minutes,
				title: 'not ready',
				more: 'frozen with it: 24 Longhorn volumes',
				evidence: expect.arrayContaining(['frozen with it: 24 Longhorn volumes']),
				causes: [],
			},
		]);
		const nodes = {'nuc-1': lost, 'nuc-2': lost};
		expect(of('controller-down', {pods, volumes, nodes})).toMatchObject([
			{causes: ['node-not-ready:nuc-1', 'node-not-ready:nuc-2']},
		]);
		expect(of('controller-down', {pods, volumes, nodes: {'nuc-1': lost}})).toMatchObject([{causes: []}]);
	});

	test('one that is ready is enough', () => {
		expect(symptoms({pods: [longhorn('nuc-1'), longhorn('nuc-2', down)], volumes})).toEqual([]);
	});

	test('one without any pod counts where its objects are there', () => {
		expect(of('controller-down', {volumes})).toMatchObject([{about: 'longhorn-manager', title: 'no pod', since: 0}]);
		expect(symptoms({})).toEqual([]);
		expect(symptoms({volumes, states: {volumes: denied('volumes')}})).toEqual([]);
	});

	test.each([
		['velero/velero-5c', 'component=velero', 'velero'],
		['kube-system/cilium-operator-5c', 'io.cilium/app=operator', 'cilium-operator'],
		['rook-ceph/rook-ceph-operator-5c', 'app=rook-ceph-operator', 'rook-operator'],
		['flux-system/kustomize-controller-5c', 'app=kustomize-controller', 'kustomize-controller'],
	])('%s: %s is %s', (path, label, about) => {
		expect(of('controller-down', {pods: [labelled(path, label, down)]})).toMatchObject([{about}]);
		expect(symptoms({pods: [labelled(path, label)]})).toEqual([]);
	});
});

describe('webhook-down', () => {
	const validating = [hook('kyverno', 'kyverno/kyverno-svc')];
	const dead = slice('kyverno/kyverno-svc', [{ready: false, pod: 'kyverno-admission-6d8f5c7b9d-x7x2x'}], 3 * minutes);

	test('says what it blocks, since its endpoints last changed', () => {
		expect(of('webhook-down', {validating, slices: [dead]})).toEqual([
			{
				id: 'webhook-down',
				about: 'kyverno',
				subject: {resource: 'validatingwebhookconfigurations.admissionregistration.k8s.io', namespace: '', name: 'kyverno'},
				after: {critical: minutes},
				since: now - 3 * minutes,
				title: 'no ready endpoint',
				more: 'blocks pods, pods.apps',
				evidence: [
					'service kyverno/kyverno-svc: 0 of 1 endpoint ready',
					'failurePolicy Fail: kyverno-svc.example.com blocks pods, pods.apps',
				],
				causes: expect.arrayContaining([
					'pods-failing:kyverno/kyverno-admission',
					'controller-down:kyverno-admission',
					'pods-unschedulable:kyverno/kyverno-svc',
				]),
			},
		]);
	});

	test('a service that is not there answers nobody', () => {
		expect(of('webhook-down', {validating})).toMatchObject([
			{since: 0, evidence: ['service kyverno/kyverno-svc is not there, or has no endpoints', expect.any(String)]},
		]);
	});

	test.each([
		[
			'one endpoint is ready',
			{
				validating,
				slices: [
					dead,
					{...slice('kyverno/kyverno-svc', [{}]), metadata: {...slice('kyverno/kyverno-svc', [{}]).metadata, name: 'second'}},
				],
			},
		],
		['failures are ignored', {validating: [hook('kyverno', 'kyverno/kyverno-svc', {policy: 'Ignore'})]}],
		['it is asked by URL', {validating: [hook('kyverno', 'x/y', {url: 'https://example.com'})]}],
	])('nothing is said where %s', (_, objects) => {
		expect(symptoms(objects)).toEqual([]);
	});

	test('two configurations of one name are one finding', () => {
		const both = {validating, mutating: [hook('kyverno', 'kyverno/kyverno-svc', {resources: ['secrets']})], slices: [dead]};
		expect(of('webhook-down', both)).toMatchObject([{about: 'kyverno', more: 'blocks pods, pods.apps, secrets, secrets.apps'}]);
	});

	test('whose pods are all on a lost node folds under the node', () => {
		expect(of('webhook-down', {validating, slices: [dead], nodes: {'nuc-1': lost}})).toMatchObject([
			{causes: ['node-not-ready:nuc-1']},
		]);
	});

	test.each(['endpoints', 'validating', 'mutating'] as const)('%s that cannot be seen blind it', source => {
		expect(blindTo('webhook-down', {states: {[source]: stale}})).toMatchObject([{what: 'webhooks', required: false}]);
		expect(blindTo('webhook-down', {states: {[source]: denied('x')}})).toHaveLength(1);
		expect(blindTo('webhook-down', {states: {[source]: loading}})).toMatchObject([{loading: true}]);
		expect(blindTo('webhook-down', {states: {[source]: {is: 'absent'}}})).toEqual([]);
	});

	test('nobody is accused while endpoints are not known', () => {
		const endpointsOf = {namespace: own('media'), missing: own('list endpointslices')};
		expect(symptoms({validating, endpointsOf})).toEqual([]);
		expect(blindTo('webhook-down', {endpointsOf})).toMatchObject([
			{why: 'endpointslices: only namespace media is read: list endpointslices'},
		]);
		expect(blindTo('core-service-down', {endpointsOf})).toEqual([]);
		for (const state of [loading, denied('endpointslices')])
			expect(symptoms({validating, states: {endpoints: state}})).toEqual([]);
	});
});

describe('apiservice-unavailable', () => {
	const metrics = (status: string) => api('v1beta1.metrics.k8s.io', 'kube-system/metrics-server', status, 'MissingEndpoints');

	test('says the API server’s own reason', () => {
		const slices = [slice('kube-system/metrics-server', [{ready: false, pod: 'metrics-server-5985cbc9d7-bcdfg'}])];
		expect(of('apiservice-unavailable', {apis: [metrics('False')], slices})).toMatchObject([
			{
				about: 'v1beta1.metrics.k8s.io',
				subject: {resource: 'apiservices.apiregistration.k8s.io', name: 'v1beta1.metrics.k8s.io'},
				after: {warning: 2 * minutes},
				since: now - 5 * minutes,
				evidence: [
					'Available=False: MissingEndpoints: all checks passed',
					'service kube-system/metrics-server: 0 of 1 endpoint ready',
				],
				causes: expect.arrayContaining(['pods-failing:kube-system/metrics-server']),
			},
		]);
	});

	test('nothing is said of one that is available, nor where nobody knows, nor of the API server’s own', () => {
		expect(symptoms({apis: [metrics('True'), metrics('Unknown'), api('v1.apps', undefined, 'False')]})).toEqual([]);
	});

	test('API services that cannot be seen blind it', () => {
		expect(blindTo('apiservice-unavailable', {states: {apis: denied('apiservices')}})).toMatchObject([
			{what: 'API services', why: 'apiservices: not permitted: list apiservices', required: false},
		]);
		expect(blindTo('apiservice-unavailable', {states: {apis: stale}})).toHaveLength(1);
	});
});

describe('apiserver-slow', () => {
	const latency = (p99: number, samples = 150) => ({p99, samples, since: now - 10 * minutes});

	test('a server that says it is not ready is critical', () => {
		const readyz = {ok: false, failing: [own('etcd'), own('etcd-readiness')]};
		expect(of('apiserver-slow', {readyz})).toEqual([
			{
				id: 'apiserver-slow',
				about: 'API server',
				after: {critical: 0},
				since: 0,
				title: 'not ready: etcd, etcd-readiness',
				evidence: ['/readyz: etcd failed', '/readyz: etcd-readiness failed'],
				causes: [],
			},
		]);
		expect(of('apiserver-slow', {readyz: {ok: false, failing: []}})).toMatchObject([{title: 'not ready'}]);
	});

	test('answers later than the target are a warning after ten minutes', () => {
		expect(of('apiserver-slow', {latency: latency(1412)})).toMatchObject([
			{after: {warning: 10 * minutes}, since: now - 10 * minutes, title: 'p99 1400 ms as seen from here, target 1000 ms'},
		]);
		const settings = {...defaults, targets: {apiP99: 100}};
		expect(of('apiserver-slow', {latency: latency(120)}, settings)).toMatchObject([{title: /target 100 ms/}]);
	});

	test('nothing is said below the target, nor from too few probes', () => {
		expect(symptoms({latency: latency(1000)})).toEqual([]);
		expect(symptoms({latency: latency(3000, 99)})).toEqual([]);
	});

	test('nothing can be said before it was asked', () => {
		expect(blindTo('apiserver-slow', {readyz: undefined})).toMatchObject([{what: 'API server', loading: true, required: false}]);
		expect(blindTo('apiserver-slow', {readyz: undefined, latency: latency(20)})).toEqual([]);
	});
});

describe('certificate-expiring', () => {
	const expiring = (left: number, life = 365 * days) =>
		[{what: 'own client certificate', issuedAt: now + left - life, expiresAt: now + left}] as const;

	test('is due a month before, and urgent two weeks before', () => {
		expect(of('certificate-expiring', {certificates: expiring(20 * days)})).toEqual([
			{
				id: 'certificate-expiring',
				about: 'own client certificate',
				after: {warning: 0, critical: 16 * days},
				since: now - 10 * days,
				title: 'expires in 20d',
				undated: true,
				evidence: ['not valid after 2026-12-11 02:14 UTC'],
				causes: [],
			},
		]);
		expect(symptoms({certificates: expiring(30 * days + seconds)})).toEqual([]);
		expect(of('certificate-expiring', {certificates: expiring(-2 * days)})).toMatchObject([{title: 'expired 2d ago'}]);
	});

	test('one that lives for a day is measured by its own length', () => {
		expect(symptoms({certificates: expiring(days / 2, days)})).toEqual([]);
		expect(of('certificate-expiring', {certificates: expiring(days / 5, days)})).toMatchObject([
			{after: {warning: 0, critical: days / 8}},
		]);
	});
});

test('what did not change says the same, object for object', () => {
	const from = input({pods: [coredns('a', down), longhorn('nuc-1', down)], volumes: [volume('pvc-1')]});
	const before = platformFacts(from);
	const after = platformFacts({...from, validating: reading(validatingKind, [hook('new', 'a/b')])}, before);
	const [first, second] = [before, after].map(facts => diagnosePlatform(facts, defaults).symptoms);
	expect(first).toHaveLength(2);
	expect(second).toHaveLength(3);
	for (const symptom of first ?? []) expect(second).toContain(symptom);
	expect(platformFacts({...from, now: now + seconds}, before)).toBe(before);
});

import {describe, expect, test} from 'vitest';
import {coreConfigKind} from '../../source/platform/core-config.ts';
import {platformDetail} from '../../source/platform/detail.ts';
import {diagnosePlatform} from '../../source/platform/findings.ts';
import {platformMoments} from '../../source/platform/moments.ts';
import {platformView} from '../../source/platform/view.ts';
import {defaults} from '../../source/settings.ts';
import {own} from '../../source/vocabulary.ts';
import {expectSafe, poisoned} from '../_helpers/hostile.ts';
import {reading} from '../_helpers/reading.ts';
import {detailText, rowTexts} from '../_helpers/told.ts';
import {api, cilium, coredns, days, hook, longhorn, minutes, now, type Objects, slice, told, volume} from './objects.ts';

const down = {ready: false, turned: 4 * minutes} as const;
const columns = ['what', 'kind', 'state', 'since', 'detail'];
const rows = (objects: Objects) => rowTexts(platformView(told(objects)), columns);
const detail = (objects: Objects, key: string) => detailText(platformDetail(told(objects), key, now));

const well: Objects = {
	pods: [coredns('a'), coredns('b'), cilium('nuc-1'), longhorn('nuc-1')],
	slices: [slice('kube-system/kube-dns', [{}]), slice('cert/webhook', [{}]), slice('kube-system/metrics-server', [{}])],
	validating: [hook('cert', 'cert/webhook')],
	apis: [api('v1beta1.metrics.k8s.io', 'kube-system/metrics-server')],
	volumes: [volume('pvc-1')],
	certificates: [{what: 'API server', issuedAt: now - 100 * days, expiresAt: now + 265 * days}],
};
const ill: Objects = {
	...well,
	pods: [coredns('a', down), coredns('b', down), cilium('nuc-1'), cilium('nuc-2', down), longhorn('nuc-1', down)],
	slices: [slice('cert/webhook', [{ready: false}], 3 * minutes)],
	apis: [api('v1beta1.metrics.k8s.io', 'kube-system/metrics-server', 'False', 'MissingEndpoints')],
	certificates: [{what: 'API server', issuedAt: now - 360 * days, expiresAt: now + 5 * days + 60 * minutes}],
	readyz: {ok: false, failing: [own('etcd')]},
};

describe('the view', () => {
	test('tells what there is, in a word each while it is well', () => {
		expect(rows(well)).toEqual([
			'ok | API server | core service | ready',
			'ok | coredns | core service | 2 ready',
			'ok | cilium | core service | 1 ready',
			'ok | longhorn-manager | controller | 1 ready',
			'ok | API server | certificate | until 2027-08-13',
			'ok | v1beta1.metrics.k8s.io | API service | available | kube-system/metrics-server',
			'ok | cert | webhook | answers | pods, pods.apps',
		]);
		expect(platformView(told(well))).toMatchObject({summary: '5 services', notes: [], state: {is: 'live'}});
	});

	test('tells the worst first, since when, and why', () => {
		expect(rows(ill)).toEqual([
			'bad | API server | core service | not ready | etcd',
			'bad | coredns | core service | 0 of 2 ready | 4m | kube-system/coredns-7db6d8ff4d-a on nuc-1: Running, not ready',
			'bad | cilium | core service | 1 of 2 ready | 4m | kube-system/cilium-nuc-2 on nuc-2: Running, not ready',
			'└ bad | cilium on nuc-2 | core service | 0 of 1 ready | 4m | kube-system/cilium-nuc-2 on nuc-2: Running, not ready',
			'bad | API server | certificate | expires in 5d',
			'bad | cert | webhook | no ready endpoint | 3m | blocks pods, pods.apps',
			'warn | longhorn-manager | controller | 0 of 1 ready | 4m | frozen with it: 1 Longhorn volume, longhorn-system/longhorn-manager-nuc-1 on nuc-1: Running, not ready',
			'warn | v1beta1.metrics.k8s.io | API service | not available | 5m | MissingEndpoints: service kube-system/metrics-server is not there, or has no endpoints',
		]);
		expect(platformView(told(ill)).summary).toBe('3 down, 2 impaired');
	});

	test('says what cannot be seen, and guesses nothing', () => {
		const denied = {is: 'denied', verb: own('list'), resource: own('endpointslices')} as const;
		const blind: Objects = {...well, slices: [], states: {endpoints: denied}, readyz: undefined};
		expect(rows(blind)).toContain('unknown | cert | webhook | unknown | pods, pods.apps');
		expect(rows(blind)).toContain('unknown | API server | core service | unknown');
		expect(platformView(told(blind)).notes).toEqual([{health: 'unknown', text: 'endpoints: denied: list endpointslices'}]);
	});

	test('a webhook whose failures are ignored may be silent', () => {
		expect(rows({validating: [hook('lenient', 'a/b', {policy: 'Ignore'})]})).toContain(
			'idle | lenient | webhook | not answering, ignored | pods, pods.apps',
		);
	});

	test('an unchanged fact keeps its row', () => {
		const before = told(ill);
		const after = told({...ill, at: now + 1000}, before);
		expect(platformView(after).rows.map(({key}) => key)).toEqual(platformView(before).rows.map(({key}) => key));
		const certificate = (facts: typeof before) => platformView(facts).rows.find(({key}) => key === 'certificate/API server');
		expect(certificate(after)).toBe(certificate(before));
		expect(certificate(after)).toBeDefined();
	});

	test('ages go on by themselves, and stand still while nothing is heard', () => {
		const facts = told({pods: [coredns('a', down)]});
		expect(facts.changesAt).toBe(now + minutes);
		const cut = {is: 'stale', since: now, why: own('connection lost')} as const;
		expect(rows({pods: [coredns('a', down)], states: {pods: cut}, at: now + 9 * minutes})[0]).toContain('4m');
	});
});

describe('the detail', () => {
	test('of a component names the pods that are missing', () => {
		expect(detail(ill, 'controller/longhorn-manager')).toBe(
			[
				'longhorn-manager',
				'[State]',
				'pods: 0 of 1 ready (warn)',
				'since: 4m ago',
				'keeps true: 1 Longhorn volume',
				'[Missing]',
				'pod: longhorn-system/longhorn-manager-nuc-1 on nuc-1: Running, not ready',
			].join('\n'),
		);
		expect(detail(ill, 'core/cilium')).toContain('node: cilium on nuc-2 (bad)');
		expect(detail(ill, 'core/cilium/nuc-2')).toContain('pods: 0 of 1 ready (bad)');
	});

	test('of a webhook tells whom it asks about what', () => {
		expect(detail(ill, 'webhook/cert')).toBe(
			[
				'cert',
				'[State]',
				'state: no ready endpoint (bad)',
				'since: 3m ago',
				'[Webhook]',
				'webhook: webhook.example.com (bad)',
				'failure policy: Fail: nothing is stored while it does not answer',
				'asked about: pods, pods.apps',
				'answers: service cert/webhook: 0 of 1 endpoint ready',
			].join('\n'),
		);
		expect(detail({validating: [hook('far', '/', {url: 'https://example.com'})]}, 'webhook/far')).toContain('answers: a URL');
	});

	test('of an API service, the API server and a certificate', () => {
		expect(detail(ill, 'apiservice/v1beta1.metrics.k8s.io')).toContain('reason: MissingEndpoints\nmessage: all checks passed');
		expect(detail(ill, 'server')).toContain('state: not ready (bad)\nfailing: etcd');
		const latency = {p99: 123, samples: 120, since: now - 8 * minutes};
		expect(detail({latency}, 'server')).toContain(
			'seen from here: 99 of 100 answers within 120 ms\nmeasured: 120 probes since 8m',
		);
		expect(detail(ill, 'certificate/API server')).toContain('valid until: 2026-11-26 03:14 UTC');
		expect(detail(ill, 'no such row')).toBe('no detail');
	});
});

const corefile = (manager: string) => {
	const managedFields = [{manager, time: new Date(now - 17 * minutes).toISOString(), fieldsV1: {'f:data': {}}}];
	return reading(coreConfigKind, [{metadata: {namespace: 'kube-system', name: 'coredns', uid: 'c', managedFields}}]);
};

test('the timeline is told by time stamps only, and nothing of the future', () => {
	const texts = platformMoments(told(ill), corefile('kubectl-edit'), now).map(
		({at, how, about, text, isChange}) => `${(now - at) / minutes}m ${how} ${about}: ${text}${isChange ? ' (change)' : ''}`,
	);
	expect(texts).toEqual([
		'4m recorded coredns: 0 of 2 ready',
		'4m recorded cilium: 1 of 2 ready',
		'4m recorded cilium on nuc-2: 0 of 1 ready',
		'4m recorded longhorn-manager: 0 of 1 ready',
		'3m recorded cert: no ready endpoint any more',
		'5m recorded v1beta1.metrics.k8s.io: Available turned False (MissingEndpoints)',
		'17m recorded coredns: its ConfigMap was changed by kubectl-edit (change)',
	]);
});

test('nothing that comes from the cluster gets to the terminal as more than text', () => {
	const hostile = poisoned({...ill, nodes: {}, certificates: [], states: {}, at: 0});
	const facts = told({...hostile, certificates: ill.certificates ?? [], readyz: ill.readyz, at: now});
	const view = platformView(facts);
	expect(view.rows.length).toBeGreaterThan(2);
	expectSafe(view.rows.map(({cells}) => cells));
	expectSafe(view.rows.map(({key}) => platformDetail(facts, key, now)));
	expectSafe(
		diagnosePlatform(facts, defaults).symptoms.map(({about, title, more, evidence}) => ({about, title, more, evidence})),
	);
	expectSafe(platformMoments(facts, corefile('\u001b[2Jx'), now).map(({about, text}) => ({about, text})));
});

import {expect, test} from 'vitest';
import {findPlaces} from '../../../source/actions/drain/fit.ts';
import {moverOf} from '../../../source/actions/drain/mover.ts';
import type {DrainNode} from '../../../source/actions/drain/node.ts';
import {type Peers, peersKey} from '../../../source/actions/drain/peers.ts';
import type {DrainPod} from '../../../source/actions/drain/pod.ts';
import type {Resident} from '../../../source/actions/drain/resident.ts';
import {type Reach, reachOf} from '../../../source/actions/drain/volumes.ts';
import type {Raw} from '../../../source/cluster/raw.ts';
import {selects} from '../../../source/cluster/selector.ts';
import {own, type RawName} from '../../../source/vocabulary.ts';
import {asking, node, type PodFields, pod, resident} from './objects.ts';

type Given = {
	/** Beside `nuc-1`, which is drained. */
	readonly nodes?: readonly DrainNode[];
	readonly residents?: readonly Resident[];
	/** By `namespace/claim`. */
	readonly reaches?: Readonly<Record<string, Reach>>;
};

/** What becomes of pods of nuc-1, in words: `fits`, `pending: …`, `contested: …`, `untold: …`. */
function saidOf(pods: readonly DrainPod[], {nodes = [node('nuc-2')], residents = [], reaches = {}}: Given): readonly string[] {
	const all = [{...node('nuc-1'), unschedulable: true}, ...nodes];
	const ground = {nodes: all, drained: new Set(['nuc-1' as RawName]), reaches: new Map(Object.entries(reaches))};
	const movers = pods.map(each => moverOf(each, ground));
	const everybody = [...residents, ...pods.map(asResident)];
	const peers: Peers = new Map(
		movers
			.flatMap(({terms}) => terms)
			.flatMap(term => {
				if (term.is === 'untold') return [];
				const of = everybody.filter(
					({namespace, labels}) => term.namespaces.includes(namespace) && selects(term.selector, labels),
				);
				return [[peersKey(term), {term, pods: of, unread: undefined}] as const];
			}),
	);
	const rooms = new Map(all.map(({name}) => [name, everybody.filter(each => each.node === name)]));
	const {nexts} = findPlaces(movers, all, rooms, peers);
	return pods.map(({uid}) => {
		const next = nexts.get(uid);
		if (next?.is === 'pending') return `${next.contested ? 'contested' : 'pending'}: ${next.why}`;
		if (next?.is === 'fits' && next.here) return 'fits here too';
		return next?.is === 'untold' ? `untold: ${next.why}` : (next?.is ?? 'nothing');
	});
}

const asResident = ({namespace, name, labels, uid}: DrainPod): Resident => ({
	...resident(`${namespace}/${name}`, 'nuc-1', {labels: Object.fromEntries(labels)}),
	uid,
});

const said = (fields: PodFields, given: Given = {}): string => saidOf([pod('default/web-0', fields)], given)[0] ?? '';
const requests = (of: Record<string, string>) => ({spec: {containers: [asking(of)]}});
const tainted = (effect: string, value = 'gpu') => node('nuc-2', {spec: {taints: [{key: 'only', value, effect}]}});

test('a pod that asks for nothing fits on any other node, and nowhere where there is none', () => {
	expect(said({})).toBe('fits');
	expect(said({}, {nodes: []})).toBe('pending: there is no other node');
});

test('taints keep away what does not tolerate them, unless they only prefer to', () => {
	expect(said({}, {nodes: [tainted('NoSchedule')]})).toBe('pending: no other node will do: tainted only=gpu (1)');
	expect(said({}, {nodes: [tainted('NoExecute')]})).toMatch(/^pending/);
	expect(said({}, {nodes: [tainted('PreferNoSchedule')]})).toBe('fits');
	const tolerating = (toleration: object) => said({spec: {tolerations: [toleration]}}, {nodes: [tainted('NoSchedule')]});
	expect(tolerating({key: 'only', value: 'gpu', effect: 'NoSchedule'})).toBe('fits');
	expect(tolerating({key: 'only', operator: 'Exists'})).toBe('fits');
	expect(tolerating({operator: 'Exists'})).toBe('fits');
	expect(tolerating({key: 'only', value: 'other'})).toMatch(/^pending/);
	expect(tolerating({key: 'only', value: 'gpu', effect: 'NoExecute'})).toMatch(/^pending/);
	expect(tolerating({key: 'other', operator: 'Exists'})).toMatch(/^pending/);
});

test('a cordoned node takes in only what tolerates that; so does the drained node itself', () => {
	const cordoned = node('nuc-2', {spec: {unschedulable: true}});
	expect(said({}, {nodes: [cordoned]})).toBe('pending: no other node will do: cordoned (1)');
	const tolerations = [{key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule'}];
	expect(said({spec: {tolerations, nodeName: 'nuc-1'}}, {nodes: [cordoned]})).toBe('fits here too');
	expect(said({spec: {tolerations, nodeName: 'nuc-1'}}, {nodes: []})).toBe('fits here too');
	const nodeSelector = {'kubernetes.io/hostname': 'nuc-2'};
	expect(said({spec: {tolerations, nodeSelector, nodeName: 'nuc-1'}}, {nodes: [cordoned]})).toBe('fits');
});

test('a node selector needs every label', () => {
	const nodeSelector = {disk: 'ssd', rack: 'a'};
	expect(said({spec: {nodeSelector}}, {nodes: [node('nuc-2', {labels: {disk: 'ssd', rack: 'a'}})]})).toBe('fits');
	expect(said({spec: {nodeSelector}}, {nodes: [node('nuc-2', {labels: {disk: 'ssd'}})]})).toBe(
		'pending: no other node will do: not as its node selector or affinity asks (1)',
	);
});

const affine = (...nodeSelectorTerms: object[]) => ({
	spec: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms}}}},
});
const asks = (key: string, operator: string, ...values: string[]) => affine({matchExpressions: [{key, operator, values}]});
const labelled = {nodes: [node('nuc-2', {labels: {disk: 'ssd', slots: '4'}})]};

test.each([
	['In', asks('disk', 'In', 'ssd', 'nvme'), asks('disk', 'In', 'hdd')],
	['NotIn', asks('disk', 'NotIn', 'hdd'), asks('disk', 'NotIn', 'ssd')],
	['NotIn without the label', asks('rack', 'NotIn', 'a'), asks('rack', 'In', 'a')],
	['Exists', asks('disk', 'Exists'), asks('rack', 'Exists')],
	['DoesNotExist', asks('rack', 'DoesNotExist'), asks('disk', 'DoesNotExist')],
	['Gt', asks('slots', 'Gt', '3'), asks('slots', 'Gt', '4')],
	['Lt', asks('slots', 'Lt', '5'), asks('slots', 'Lt', '4')],
	['Gt of what is no number', asks('slots', 'Gt', '3'), asks('disk', 'Gt', '3')],
	['any of several terms', affine({}, {matchExpressions: [{key: 'disk', operator: 'Exists'}]}), affine({})],
	[
		'a field',
		affine({matchFields: [{key: 'metadata.name', operator: 'In', values: ['nuc-2']}]}),
		affine({matchFields: [{key: 'metadata.name', operator: 'In', values: ['nuc-1']}]}),
	],
	['an unknown operator', asks('disk', 'Exists'), asks('disk', 'Near', 'ssd')],
])('node affinity: %s', (_, fits, pends) => {
	expect(said(fits, labelled)).toBe('fits');
	expect(said(pends, labelled)).toMatch(/^pending: no other node will do: not as its node selector or affinity asks/);
});

test('an architecture that no other node has is named', () => {
	const arm = node('nuc-2', {labels: {'kubernetes.io/arch': 'arm64'}});
	const selector = {spec: {nodeSelector: {'kubernetes.io/arch': 'arm64'}}};
	expect(said(selector, {nodes: [arm]})).toBe('fits');
	expect(said(selector)).toBe('pending: it is made for arm64, and no other node is');
	expect(said(asks('kubernetes.io/arch', 'In', 'arm64', 'riscv64'))).toBe(
		'pending: it is made for arm64 or riscv64, and no other node is',
	);
});

const large = node('nuc-2', {
	status: {allocatable: {cpu: '4', memory: '8Gi', pods: '3', 'nvidia.com/gpu': '1', 'ephemeral-storage': '10Gi'}},
});

test.each([
	['memory', {memory: '6Gi'}, {memory: '7Gi'}, 'needs 7Gi memory, the roomiest fitting node has 6Gi'],
	['cores', {cpu: '3'}, {cpu: '3001m'}, 'needs 3.001 cores, the roomiest fitting node has 3'],
	['devices', {'nvidia.com/gpu': '1'}, {'nvidia.com/gpu': '2'}, 'needs 2 nvidia.com/gpu, the roomiest fitting node has 1'],
	[
		'disk',
		{'ephemeral-storage': '10Gi'},
		{'ephemeral-storage': '11Gi'},
		'needs 11Gi ephemeral-storage, the roomiest fitting node has 10Gi',
	],
])('requests of %s need as much free', (_, fits, pends, why) => {
	const residents = [resident('kube-system/dns', 'nuc-2', {spec: {containers: [asking({cpu: '1', memory: '2Gi'})]}})];
	expect(said(requests(fits), {nodes: [large], residents})).toBe('fits');
	expect(said(requests(pends), {nodes: [large], residents})).toBe(`pending: ${why}`);
});

test('a resource that no node gives out is short by all of it', () => {
	expect(said(requests({'amd.com/gpu': '1'}))).toBe('pending: needs 1 amd.com/gpu, the roomiest fitting node has 0');
});

test('a node holds so many pods', () => {
	const residents = [1, 2, 3].map(at => resident(`default/other-${at}`, 'nuc-2'));
	expect(said({}, {nodes: [large], residents: residents.slice(1)})).toBe('fits');
	expect(said({}, {nodes: [large], residents})).toBe('pending: needs room for 1 more pod, the roomiest fitting node has 0');
});

test('what initialisation, sidecars and overhead need counts', () => {
	const containers = [asking({memory: '3Gi'})];
	const sidecar = asking({memory: '2Gi'}, {restartPolicy: 'Always'});
	expect(said({spec: {containers, initContainers: [asking({memory: '8Gi'})]}})).toBe('fits');
	expect(said({spec: {containers, initContainers: [asking({memory: '9Gi'})]}})).toMatch(/^pending: needs 9Gi memory/);
	expect(said({spec: {containers, initContainers: [sidecar, asking({memory: '7Gi'})]}})).toMatch(/^pending: needs 9Gi memory/);
	expect(said({spec: {containers, initContainers: [sidecar, sidecar, sidecar]}})).toMatch(/^pending: needs 9Gi memory/);
	expect(said({spec: {containers, overhead: {memory: '6Gi'}}})).toMatch(/^pending: needs 9Gi memory/);
});

test('no node has room for all of it together', () => {
	const nodes = [
		node('nuc-2', {status: {allocatable: {cpu: '1', memory: '8Gi', pods: '9'}}}),
		node('nuc-3', {status: {allocatable: {cpu: '8', memory: '1Gi', pods: '9'}}}),
	];
	expect(said(requests({cpu: '2', memory: '2Gi'}), {nodes})).toBe(
		'pending: no fitting node will do: no room for 2 cores and 2Gi memory (2)',
	);
});

const withPort = (hostPort: number, more: object = {}) => ({spec: {containers: [{name: 'main', ports: [{hostPort, ...more}]}]}});

test('a port of the node is taken once, for each address and protocol', () => {
	const residents = [resident('kube-system/lb', 'nuc-2', withPort(80, {hostIP: '10.0.0.1'}))];
	expect(said(withPort(80), {residents})).toBe('pending: no fitting node will do: port 80 taken (1)');
	expect(said(withPort(80, {hostIP: '10.0.0.1'}), {residents})).toMatch(/^pending/);
	expect(said(withPort(80, {hostIP: '10.0.0.2'}), {residents})).toBe('fits');
	expect(said(withPort(80, {protocol: 'UDP'}), {residents})).toBe('fits');
	expect(said(withPort(81), {residents})).toBe('fits');
});

test('each that moves takes its room from the others: there may be room for some of them', () => {
	const pods = [0, 1, 2].map(at => pod(`default/web-${at}`, requests({memory: '3Gi'})));
	expect(saidOf(pods.slice(1), {})).toEqual(['fits', 'fits']);
	expect(saidOf(pods, {}).toSorted()).toEqual([
		'contested: there is not room for all that move: it needs 3Gi memory',
		'fits',
		'fits',
	]);
	expect(saidOf([pod('default/a', withPort(80)), pod('default/b', withPort(80))], {}).toSorted()).toEqual([
		expect.stringMatching(/^contested/),
		'fits',
	]);
});

test('the choosiest goes first, so that it is not crowded out', () => {
	const nodes = [
		node('nuc-2', {labels: {disk: 'ssd'}}),
		node('nuc-3', {status: {allocatable: {cpu: '4', memory: '6Gi', pods: '9'}}}),
	];
	const pods = [
		pod('default/any', requests({memory: '5Gi'})),
		pod('default/ssd', {spec: {...requests({memory: '5Gi'}).spec, nodeSelector: {disk: 'ssd'}}}),
	];
	expect(saidOf(pods, {nodes})).toEqual(['fits', 'fits']);
});

test('what outranks others may push them out: that is not foretold', () => {
	const residents = [resident('default/low', 'nuc-2', {spec: {priority: 0, containers: [asking({memory: '6Gi'})]}})];
	const wanting = (more: object) => said({spec: {containers: [asking({memory: '4Gi'})], ...more}}, {residents});
	expect(wanting({priority: 100})).toBe('untold: it fits only where it pushes out pods of lower priority');
	expect(wanting({priority: 0})).toMatch(/^pending/);
	expect(wanting({priority: 100, preemptionPolicy: 'Never'})).toMatch(/^pending/);
});

const volume = (spec: object, labels = {}): Reach => reachOf({metadata: {name: 'pv-1', labels}, spec} as unknown as Raw, 'data');
const onHost = (...values: string[]) => ({
	nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: 'kubernetes.io/hostname', operator: 'In', values}]}]}},
});
const withData = {spec: {volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data'}}]}};

test('a volume is used where it can be reached', () => {
	const at = (reach: Reach, nodes = [node('nuc-2')]) => said(withData, {nodes, reaches: {'default/data': reach}});
	expect(at(volume({}))).toBe('fits');
	expect(at(volume(onHost('nuc-2')))).toBe('fits');
	expect(at(volume(onHost('nuc-1')))).toBe('pending: volume pv-1 (claim data) can be used on no other node');
	const zoned = (zone: string) => [node('nuc-2', {labels: {'topology.kubernetes.io/zone': zone}})];
	const inZones = volume({}, {'failure-domain.beta.kubernetes.io/zone': 'a__b'});
	expect(at(inZones, zoned('b'))).toBe('fits');
	expect(at(inZones, zoned('c'))).toMatch(/^pending: volume pv-1/);
	expect(at(inZones)).toBe('fits');
	expect(at({is: 'lost', why: own('its claim data does not exist')})).toBe('pending: its claim data does not exist');
	expect(at({is: 'untold', why: own('its claim data has no volume yet')})).toBe('untold: its claim data has no volume yet');
});

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const likeWeb = {labelSelector: {matchLabels: {app: 'web'}}, topologyKey: 'kubernetes.io/hostname'};
const web = {labels: {app: 'web'}};
const apart = (term: object = likeWeb) => ({...web, spec: {affinity: {podAntiAffinity: {[required]: [term]}}}});
const beside = (term: object = likeWeb) => ({...web, spec: {affinity: {podAffinity: {[required]: [term]}}}});

test('what keeps apart from its like needs a node without one', () => {
	expect(said(apart())).toBe('fits');
	const residents = [resident('default/web-1', 'nuc-2', web)];
	expect(said(apart(), {residents})).toBe('pending: no fitting node will do: its anti-affinity (1)');
	expect(said(apart(), {residents, nodes: [node('nuc-2'), node('nuc-3')]})).toBe('fits');
	expect(said(apart(), {residents: [resident('other/web-1', 'nuc-2', web)]})).toBe('fits');
	const byZone = {...likeWeb, topologyKey: 'zone'};
	const zones = [node('nuc-2', {labels: {zone: 'a'}}), node('nuc-3', {labels: {zone: 'a'}})];
	expect(said(apart(byZone), {residents, nodes: zones})).toMatch(/^pending: no fitting node will do: its anti-affinity \(2\)/);
});

test('two of a kind that keep apart need two nodes', () => {
	const pods = [pod('default/web-0', apart()), pod('default/web-1', apart())];
	expect(saidOf(pods, {nodes: [node('nuc-2'), node('nuc-3')]})).toEqual(['fits', 'fits']);
	expect(saidOf(pods, {}).toSorted()).toEqual([expect.stringMatching(/^contested/), 'fits']);
});

test('what is there may not bear what comes', () => {
	expect(said(web, {residents: [resident('default/db', 'nuc-2', apart())]})).toBe(
		'pending: no fitting node will do: anti-affinity of a pod there (1)',
	);
	expect(said({}, {residents: [resident('default/db', 'nuc-2', apart())]})).toBe('fits');
});

test('what wants to be beside others needs a node with one', () => {
	const cache = {labelSelector: {matchLabels: {app: 'cache'}}, topologyKey: 'kubernetes.io/hostname'};
	expect(said(beside(cache), {residents: [resident('default/cache', 'nuc-2', {labels: {app: 'cache'}})]})).toBe('fits');
	expect(said(beside(cache))).toBe('pending: no fitting node will do: its pod affinity (1)');
	// With its own kind it may be the first.
	expect(said({...beside(), labels: {app: 'web'}})).toMatch(/^untold: its affinity asks for pods that move too/);
});

test('pods that are spread evenly count the drained node as empty', () => {
	const spread = (more: object = {}) => ({
		...web,
		spec: {
			topologySpreadConstraints: [
				{
					maxSkew: 1,
					topologyKey: 'kubernetes.io/hostname',
					whenUnsatisfiable: 'DoNotSchedule',
					labelSelector: {matchLabels: {app: 'web'}},
					...more,
				},
			],
		},
	});
	const nodes = [node('nuc-2'), node('nuc-3')];
	const both = [resident('default/web-1', 'nuc-2', web), resident('default/web-2', 'nuc-3', web)];
	expect(said(spread(), {nodes, residents: both.slice(1)})).toBe('fits');
	expect(said(spread(), {nodes, residents: both})).toBe('pending: no fitting node will do: its topology spread (2)');
	expect(said(spread({maxSkew: 2}), {nodes, residents: both})).toBe('fits');
	expect(said(spread({whenUnsatisfiable: 'ScheduleAnyway'}), {nodes, residents: both})).toBe('fits');
	expect(said(spread({topologyKey: 'zone'}), {nodes, residents: both})).toBe(
		'pending: no fitting node will do: no label zone (2)',
	);
	expect(said(spread({nodeTaintsPolicy: 'Honor'}), {nodes})).toBe('untold: its topology spread has policies of its own');
});

test('what is not judged is said', () => {
	const namespaceSelector = {matchLabels: {team: 'a'}};
	expect(said(apart({...likeWeb, namespaceSelector}))).toBe('untold: its pod anti-affinity looks at namespaces by their labels');
	expect(said({spec: {resourceClaims: [{name: 'gpu'}]}})).toBe('untold: it claims devices through DRA, which are not looked at');
});

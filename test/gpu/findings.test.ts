import {describe, expect, test} from 'vitest';
import type {FindingId, Symptom} from '../../source/diagnosis.ts';
import type {XidBefore} from '../../source/gpu/device.ts';
import {type GpuFacts, gpuFacts} from '../../source/gpu/facts.ts';
import {diagnoseGpu} from '../../source/gpu/findings.ts';
import {defaults, type Settings} from '../../source/settings.ts';
import {own, type SourceState} from '../../source/vocabulary.ts';
import {nodeEventKind} from '../../source/workloads/event.ts';
import {expectSafe, poison} from '../_helpers/hostile.ts';
import {reading} from '../_helpers/reading.ts';
import {ago, minutes, node, now} from '../nodes/objects.ts';
import {onGpu, pod} from '../workloads/objects.ts';
import {busy, exporter, gpuNode, input, metrics, type Objects, told} from './objects.ts';

const hours = 60 * minutes;
const diagnose = (facts: GpuFacts, settings: Settings = defaults) => diagnoseGpu(facts, settings);
const of = (id: FindingId, facts: GpuFacts, settings?: Settings): readonly Symptom[] =>
	diagnose(facts, settings).symptoms.filter(symptom => symptom.id === id);
const only = (id: FindingId, facts: GpuFacts, settings?: Settings): Symptom => {
	const [symptom, ...more] = of(id, facts, settings);
	if (symptom === undefined || more.length > 0) throw new Error(`${more.length + (symptom === undefined ? 0 : 1)} of ${id}`);
	return symptom;
};

const ollama = pod('ai/ollama-0', {...onGpu(), node: 'gpu-1'});
/** A pod that no node takes, for as long as it says (milliseconds). */
const waiting = (path: string, age: number, resource = 'nvidia.com/gpu') =>
	pod(path, {
		...onGpu(1, resource),
		node: '',
		status: {
			phase: 'Pending',
			containerStatuses: [],
			conditions: [
				{
					type: 'PodScheduled',
					status: 'False',
					reason: 'Unschedulable',
					message: '0/2 nodes are available: 2 Insufficient nvidia.com/gpu.',
					lastTransitionTime: ago(age),
				},
			],
		},
	});

/** One node with a GPU that is well, with what else there is. */
const one = (figures: object = {}, more: Objects = {}): Objects => ({
	nodes: [gpuNode('gpu-1'), node('nuc-1')],
	pods: [ollama],
	exporters: [exporter('gpu-1')],
	answers: {'gpu-1': metrics({...busy, ...figures})},
	...more,
});
const expecting = (gpus: number): Settings => ({...defaults, expected: {gpus: {'gpu-1': gpus}}});
const silent = {'gpu-1': {word: 'silent', since: now - 35 * minutes}} as const;

test('when all is well nothing is said, and nothing is blind', () => {
	expect(diagnose(told(one()))).toEqual({symptoms: [], blind: []});
	expect(diagnose(told({nodes: [node('nuc-1')]}))).toEqual({symptoms: [], blind: []});
});

test('the same facts and settings give the same diagnosis, an unchanged device the same symptoms', () => {
	const start = input(one({DEV_GPU_TEMP: 91}));
	const facts = gpuFacts(start);
	expect(diagnose(facts)).toBe(diagnose(facts));
	const later = gpuFacts({...start, target: 0.7}, facts);
	expect(later).not.toBe(facts);
	expect(only('gpu-hot', later)).toBe(only('gpu-hot', facts));
});

describe('gpu-missing', () => {
	const without = (more: Objects = {}): Objects => one({}, {nodes: [gpuNode('gpu-1', 1, 0)], pods: [], ...more});

	test('is a warning after two minutes where the device plugin gives out fewer than there are', () => {
		expect(only('gpu-missing', told(without()))).toMatchObject({
			about: 'gpu-1',
			subject: {resource: 'nodes', name: 'gpu-1'},
			after: {warning: 2 * minutes},
			since: 0,
			title: '0 of 1 GPU left',
			evidence: ['nvidia.com/gpu: 0 allocatable of 1'],
			many: 1,
		});
	});

	test('is critical as soon as a pod waits for it, since it waits', () => {
		const symptom = only(
			'gpu-missing',
			told(without({pods: [waiting('ai/whisper-0', 3 * minutes), waiting('ai/ollama-0', 9 * minutes)]})),
		);
		expect(symptom).toMatchObject({
			after: {warning: 2 * minutes, critical: 30_000},
			since: now - 9 * minutes,
			more: '2 pods waiting for it',
		});
		expect(symptom.evidence).toContain('ai/ollama-0 waits: 0/2 nodes are available: 2 Insufficient nvidia.com/gpu.');
	});

	test('is as old as the XID that was noted down of its node, unless that was an error of an application', () => {
		const noted = (code: number) => ({
			'gpu-1': {
				word: 'ready' as const,
				since: 0,
				events: reading(nodeEventKind, [
					{
						metadata: {name: 'e', namespace: 'default'},
						message: `NVRM: Xid (PCI:0000:01:00): ${code}, GPU has fallen off the bus.`,
						firstTimestamp: new Date(now - 12 * minutes).toISOString(),
					},
				])
					.records.values()
					.toArray(),
			},
		});
		const since = (objects: Objects) => only('gpu-missing', told(without(objects))).since;
		expect(since({standing: noted(79)})).toBe(now - 12 * minutes);
		expect(since({standing: noted(79), pods: [waiting('ai/ollama-0', 9 * minutes)]})).toBe(now - 12 * minutes);
		expect(since({standing: noted(31), pods: [waiting('ai/ollama-0', 9 * minutes)]})).toBe(now - 9 * minutes);
		expect(since({standing: noted(31)})).toBe(0);
	});

	test('is not critical for a pod that waits for another resource, or while nothing is missing', () => {
		const other = waiting('ai/whisper-0', 9 * minutes, 'nvidia.com/mig-1g.5gb');
		expect(only('gpu-missing', told(without({pods: [other]}))).after).toEqual({warning: 2 * minutes});
		expect(of('gpu-missing', told(one({}, {pods: [ollama, waiting('ai/whisper-0', 9 * minutes)]})))).toEqual([]);
	});

	test('by its label: the plugin was restarted and finds none any more', () => {
		const nodes = [gpuNode('gpu-1', 0, 0, {'nvidia.com/gpu.count': '1'})];
		expect(only('gpu-missing', told(without({nodes}))).evidence).toContain('label nvidia.com/gpu.count=1');
		expect(of('gpu-missing', told(without({nodes: [gpuNode('gpu-1', 1, 1, {'nvidia.com/gpu.count': '1'})]})))).toEqual([]);
	});

	test('by what an earlier run saw, and by what was declared, which has the last word', () => {
		const nodes = [node('gpu-1')];
		const facts = told(without({nodes, exporters: [], answers: {}, gpusBefore: new Map([['gpu-1', 2]])}));
		expect(only('gpu-missing', facts)).toMatchObject({title: '0 of 2 GPUs left', evidence: ['seen before: 2']});
		expect(only('gpu-missing', facts, expecting(1)).title).toBe('0 of 1 GPU left');
		expect(of('gpu-missing', facts, expecting(0))).toEqual([]);
		expect(of('gpu-missing', told(without({nodes, exporters: [], answers: {}})))).toEqual([]);
		expect(of('gpu-missing', told(one()), expecting(1))).toEqual([]);
	});

	test('counts a GPU that is shared by time once', () => {
		const shared = {
			'nvidia.com/gpu.sharing-strategy': 'time-slicing',
			'nvidia.com/gpu.replicas': '4',
			'nvidia.com/gpu.count': '2',
		};
		const gpus = (allocatable: number) => told(one({}, {nodes: [gpuNode('gpu-1', 8, allocatable, shared)]}));
		expect(of('gpu-missing', gpus(8), expecting(2))).toEqual([]);
		expect(only('gpu-missing', gpus(4), expecting(2)).title).toBe('1 of 2 GPUs left');
	});

	test('follows from an XID that came lately; one that nobody can date follows from it', () => {
		const nodes = [gpuNode('gpu-1', 1, 0)];
		const fallen = one({DEV_XID_ERRORS: 79}, {nodes});
		const fresh = told(fallen, told(one()));
		expect(only('gpu-missing', fresh).causes).toContain('gpu-error:gpu-1/0');
		expect(only('gpu-error', fresh).causes).not.toContain('gpu-missing:gpu-1');
		const found = told(fallen);
		expect(only('gpu-missing', found)).toMatchObject({more: 'last XID 79 GPU has fallen off the bus'});
		expect(only('gpu-missing', found).causes).not.toContain('gpu-error:gpu-1/0');
		expect(only('gpu-error', found).causes).toContain('gpu-missing:gpu-1');
	});

	test('of a lost node follows from that', () => {
		expect(only('gpu-missing', told(one({}, {standing: silent})))).toMatchObject({
			title: '1 GPU out of reach',
			causes: ['node-not-ready:gpu-1', 'gpu-memory-failing:gpu-1/0'],
		});
	});
});

describe('gpu-error', () => {
	const fallen = {DEV_XID_ERRORS: 79};
	const before = (xid: XidBefore): Objects => one(fallen, {xidsBefore: new Map([['gpu-1/0', xid]])});

	test('is critical where a hardware XID was seen to come, for a day', () => {
		const facts = told(one(fallen), told(one()));
		expect(only('gpu-error', facts)).toMatchObject({
			about: 'gpu-1/0',
			after: {critical: 0},
			since: now,
			title: 'XID 79 GPU has fallen off the bus',
			evidence: [
				'DCGM_FI_DEV_XID_ERRORS=79, class hardware',
				'suggested: reboot the node; check power, PCIe, heat',
				'held by ai/ollama-0',
			],
			causes: ['node-not-ready:gpu-1'],
		});
		const at = (age: number) => told({...one(fallen), at: now + age}, facts);
		expect(only('gpu-error', at(24 * hours - 1)).after).toEqual({critical: 0});
		expect(of('gpu-error', at(24 * hours))).toEqual([]);
		expect(facts.changesAt).toBeLessThanOrEqual(now + 24 * hours);
	});

	test('is a warning where nobody knows when it came', () => {
		const facts = told(one(fallen));
		const symptom = only('gpu-error', facts);
		expect(symptom).toMatchObject({after: {warning: 0}, since: 0});
		expect(symptom).toMatchObject({title: 'XID 79 GPU has fallen off the bus', undated: true, more: 'its time is not exported'});
		expect(only('gpu-error', told({...one(fallen), at: now + hours}, facts)).after).toEqual({warning: 0});
	});

	test.each<[string, XidBefore, Partial<Symptom> | undefined]>([
		[
			'another one an hour ago: it came in between',
			{code: 0, since: 0, asOf: now - hours},
			{after: {critical: 0}, since: now - hours},
		],
		['another one two days ago: nobody knows', {code: 0, since: 0, asOf: now - 48 * hours}, {after: {warning: 0}, since: 0}],
		[
			'the same, seen to come an hour ago',
			{code: 79, since: now - hours, asOf: now - minutes},
			{after: {critical: 0}, since: now - hours},
		],
		['the same, seen to come two days ago', {code: 79, since: now - 48 * hours, asOf: now - minutes}, undefined],
		['the same, not dated: it was told once', {code: 79, since: 0, asOf: now - minutes}, undefined],
	])('an earlier run knew %s', (_, xid, expected) => {
		const found = of('gpu-error', told(before(xid)));
		expect(found).toHaveLength(expected === undefined ? 0 : 1);
		if (expected !== undefined) expect(found[0]).toMatchObject(expected);
	});

	test.each([
		[31, 'application', 'note', {warning: 0}],
		[63, 'watch', undefined, {warning: 0}],
		[119, 'driver', undefined, {critical: 0}],
	])('XID %i that came, of class %s', (code, _, kind, after) => {
		const symptom = only('gpu-error', told(one({DEV_XID_ERRORS: code}), told(one())));
		expect([symptom.class, symptom.after]).toEqual([kind, after]);
	});

	test('none is none, and what is gone is over', () => {
		expect(of('gpu-error', told(one({DEV_XID_ERRORS: 0})))).toEqual([]);
		expect(of('gpu-error', told(one(), told(one(fallen))))).toEqual([]);
	});
});

test.each<[string, object, Partial<Symptom> | undefined]>([
	['79 °C', {DEV_GPU_TEMP: 79, DEV_CLOCKS_EVENT_REASONS: 0x40}, undefined],
	['80 °C, not throttling', {DEV_GPU_TEMP: 80, DEV_CLOCKS_EVENT_REASONS: 0x4}, undefined],
	[
		'80 °C and throttling',
		{DEV_GPU_TEMP: 80, DEV_CLOCKS_EVENT_REASONS: 0x40},
		{after: {warning: 5 * minutes}, title: own('80 °C and throttling')},
	],
	[
		'the older name',
		{DEV_GPU_TEMP: 84, DEV_CLOCK_THROTTLE_REASONS: 0x20},
		{after: {warning: 5 * minutes}, title: own('84 °C and throttling')},
	],
	['not exported', {DEV_GPU_TEMP: 84}, {class: 'note', title: own('84 °C, whether it throttles is not exported')}],
	['90 °C', {DEV_GPU_TEMP: 90, DEV_CLOCKS_EVENT_REASONS: 0}, {after: {critical: 30_000}, title: own('90 °C')}],
])('gpu-hot: %s', (_, figures, expected) => {
	const found = of('gpu-hot', told(one(figures)));
	expect(found).toHaveLength(expected === undefined ? 0 : 1);
	if (expected !== undefined) expect(found[0]).toMatchObject({about: 'gpu-1/0', since: 0, ...expected});
});

test.each<[string, object, Partial<Symptom> | undefined]>([
	['a remap failed', {DEV_ROW_REMAP_FAILURE: 1}, {after: {critical: 0}, title: own('row remap failed: replace the card')}],
	[
		'uncorrectable',
		{DEV_ECC_DBE_VOL_TOTAL: 2},
		{after: {critical: 0}, title: own('2 uncorrectable errors since the driver was loaded')},
	],
	[
		'a remap waits for a reset',
		{DEV_ROW_REMAP_PENDING: 1},
		{after: {warning: 0}, title: own('row remap pending: reset the GPU')},
	],
	['a page of an older card', {DEV_RETIRED_PENDING: 1}, {after: {warning: 0}}],
	[
		'healed long ago',
		{DEV_UNCORRECTABLE_REMAPPED_ROWS: 1},
		{class: 'risk', title: own('1 row remapped after uncorrectable errors')},
	],
	['corrected', {DEV_ROW_REMAP_FAILURE: 0, DEV_ECC_DBE_VOL_TOTAL: 0, DEV_CORRECTABLE_REMAPPED_ROWS: 3}, undefined],
])('gpu-memory-failing: %s', (_, figures, expected) => {
	const found = of('gpu-memory-failing', told(one(figures)));
	expect(found).toHaveLength(expected === undefined ? 0 : 1);
	if (expected !== undefined) expect(found[0]).toMatchObject({about: 'gpu-1/0', ...expected});
});

test.each([
	['95 % used', {DEV_FB_USED: 950, DEV_FB_FREE: 50, DEV_FB_RESERVED: 0}, ['95% of its memory used, 950Mi/1Gi']],
	['less', {DEV_FB_USED: 949, DEV_FB_FREE: 51, DEV_FB_RESERVED: 0}, []],
])('gpu-memory-full is a note: %s', (_, figures, titles) => {
	expect(of('gpu-memory-full', told(one(figures))).map(({title}) => title)).toEqual(titles);
});

describe('gpu-allocated-idle', () => {
	const idle = {PROF_GR_ENGINE_ACTIVE: 0};

	test('counts two hours from the first look at which it did nothing', () => {
		const facts = told(one(idle), told(one()));
		expect(only('gpu-allocated-idle', facts)).toMatchObject({
			after: {warning: 2 * hours},
			since: now,
			title: '0 % used although ai/ollama-0 asked for it',
		});
		expect(only('gpu-allocated-idle', told({...one(idle), at: now + hours}, facts)).since).toBe(now);
		const used = told({...one({PROF_GR_ENGINE_ACTIVE: 0.01}), at: now + hours}, facts);
		expect(of('gpu-allocated-idle', used)).toEqual([]);
		expect(only('gpu-allocated-idle', told({...one(idle), at: now + 2 * hours}, used)).since).toBe(now + 2 * hours);
	});

	test('is not said of one nobody asked for, nor where use is not measured', () => {
		expect(of('gpu-allocated-idle', told(one(idle, {pods: []})))).toEqual([]);
		expect(of('gpu-allocated-idle', told(one({}, {answers: {'gpu-1': metrics({DEV_XID_ERRORS: 0})}})))).toEqual([]);
	});
});

describe('gpu-exporter-absent', () => {
	test('is one risk for the cluster', () => {
		const facts = told({nodes: [gpuNode('gpu-1'), gpuNode('gpu-2')], exporters: [exporter('gpu-1', {ready: false})]});
		expect(only('gpu-exporter-absent', facts)).toMatchObject({
			about: 'dcgm-exporter',
			title: 'no exporter ready on gpu-1, gpu-2: no figures, no XIDs',
			many: 2,
		});
	});

	test.each<[string, Objects]>([
		['there is one', one()],
		['there is no GPU', {nodes: [node('nuc-1')]}],
		['its node is lost', {nodes: [gpuNode('gpu-1')], standing: silent}],
		['exporters are not known', {nodes: [gpuNode('gpu-1')], states: {exporters: {is: 'loading'}}}],
	])('is not said where %s', (_, objects) => {
		expect(of('gpu-exporter-absent', told(objects))).toEqual([]);
	});
});

describe('what cannot be judged', () => {
	const blinds = (objects: Objects) => diagnose(told(objects)).blind;
	const late = own('no answer in 1.0 s');
	const denied: SourceState = {is: 'denied', verb: own('get'), resource: own('pods/proxy')};

	test.each<[string, Objects, string]>([
		[
			'hangs',
			{parts: {'gpu-1': {is: 'stale', since: now, why: late}}},
			'exporter on gpu-1 gave no answer in 1.0 s (allocatable 1/1 is known)',
		],
		[
			'never answered',
			{answers: {}, parts: {'gpu-1': {is: 'loading', waitingFor: late}}},
			'exporter on gpu-1 gave no answer in 1.0 s (allocatable 1/1 is known)',
		],
		[
			'says 401',
			{parts: {'gpu-1': {is: 'stale', since: now, why: own('401: Unauthorized')}}},
			'exporter on gpu-1: 401: Unauthorized (allocatable 1/1 is known)',
		],
		[
			'may not be asked',
			{answers: {}, parts: {'gpu-1': denied}},
			'exporter on gpu-1: not permitted: get pods/proxy (allocatable 1/1 is known)',
		],
		['talks nonsense', {answers: {'gpu-1': '<html>'}}, 'exporter on gpu-1: told of no GPU (allocatable 1/1 is known)'],
	])('an exporter that %s is blind for its devices, and for nothing else', (_, more, why) => {
		const facts = told({...one({DEV_GPU_TEMP: 95}), ...more});
		const {symptoms, blind} = diagnose(facts);
		expect(symptoms).toEqual([]);
		expect(blind).toHaveLength(1);
		expect(blind[0]).toMatchObject({what: 'gpu', why, required: true});
		expect(blind[0]?.ids).not.toContain('gpu-missing');
		expect([...(blind[0]?.abouts ?? [])]).toContain('gpu-1/0');
	});

	test('one that answers is judged while another does not', () => {
		const pair: Objects = {
			nodes: [gpuNode('gpu-1'), gpuNode('gpu-2')],
			exporters: [exporter('gpu-1'), exporter('gpu-2')],
			answers: {'gpu-1': metrics({...busy, DEV_GPU_TEMP: 95}), 'gpu-2': metrics({...busy, DEV_GPU_TEMP: 95})},
			parts: {'gpu-2': {is: 'stale', since: now, why: late}},
		};
		expect(only('gpu-hot', told(pair)).about).toBe('gpu-1/0');
		expect(blinds(pair).map(({abouts}) => [...(abouts ?? [])])).toEqual(
			[['gpu-2/0', 'gpu-2/0']].map(names => [...new Set(names)]),
		);
		const stale: SourceState = {is: 'stale', since: now, why: late};
		expect(blinds({...pair, parts: {'gpu-1': stale, 'gpu-2': stale}}).map(({why}) => why)).toEqual([
			'exporters on 2 nodes gave no answer in 1.0 s',
		]);
	});

	test.each<[string, Objects, string]>([
		['no exporter is ready', one({}, {exporters: [], answers: {}}), 'exporter on gpu-1: not ready (allocatable 1/1 is known)'],
		['its node is lost', one({}, {standing: silent}), 'exporter on gpu-1: not heard: its node is lost'],
	])('its devices are neither well nor ill where %s; that is told elsewhere', (_, objects, why) => {
		expect(blinds(objects)).toMatchObject([{why, required: false}]);
	});

	test.each<[string, SourceState, string, boolean]>([
		['loading', {is: 'loading'}, 'nodes: not read yet', true],
		['denied', {is: 'denied', verb: own('list'), resource: own('nodes')}, 'nodes: not permitted: list nodes', false],
		['cut off', {is: 'stale', since: now, why: own('cut off')}, 'nodes: cut off', false],
	])('without nodes: %s', (_, state, why, loading) => {
		const {symptoms, blind} = diagnose(told({states: {nodes: state}}), expecting(1));
		expect(symptoms.map(({id}) => id)).toEqual(state.is === 'stale' ? ['gpu-missing'] : []);
		expect(blind[0]).toMatchObject({why, loading, required: false});
		expect(blind[0]?.ids).toContain('gpu-missing');
	});

	test('without the exporters’ pods', () => {
		const [absent, devices] = blinds(one({}, {exporters: [], answers: {}, states: {exporters: {is: 'loading'}}}));
		expect(absent).toMatchObject({ids: ['gpu-exporter-absent'], why: 'exporters: not read yet', loading: true});
		expect(devices).toMatchObject({loading: true, why: 'exporter on gpu-1: not read yet (allocatable 1/1 is known)'});
	});
});

test('nothing a cluster says gets into a finding as more than text', () => {
	const name = `gpu-1${poison}`;
	const message = {...waiting('ai/ollama-0', 9 * minutes), metadata: {namespace: 'ai', name: `ollama-0${poison}`}};
	const facts = told({
		nodes: [gpuNode(name, 2, 1)],
		pods: [message],
		answers: {[name]: metrics({...busy, DEV_GPU_TEMP: 95, DEV_XID_ERRORS: 48})},
		gpusBefore: new Map([[`gpu-2${poison}`, 1]]),
	});
	const {symptoms, blind} = diagnose(facts);
	expect(symptoms.map(({id}) => id)).toEqual(['gpu-missing', 'gpu-missing', 'gpu-error', 'gpu-hot', 'gpu-exporter-absent']);
	expectSafe(symptoms.map(symptom => ({...symptom, subject: undefined})));
	expectSafe(blind.map(({why, abouts}) => [why, [...(abouts ?? [])]]));
});

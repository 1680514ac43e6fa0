import {describe, expect, test} from 'vitest';
import {gpuDetail} from '../../source/gpu/detail.ts';
import {type GpuInput, gpuFacts} from '../../source/gpu/facts.ts';
import {gpuView} from '../../source/gpu/view.ts';
import {own, type Row, type SourceState} from '../../source/vocabulary.ts';
import {detailText, rowTexts} from '../_helpers/told.ts';
import {minutes, node, now} from '../nodes/objects.ts';
import {onGpu, pod} from '../workloads/objects.ts';
import {busy, exporter, gpuNode, input, metrics, type Objects, told} from './objects.ts';

const columns = ['gpu', 'model', 'used', 'memory', 'temperature', 'state'];
const view = (objects: Objects) => gpuView(told(objects));
const rows = (objects: Objects, of = columns) => rowTexts(view(objects), of);
const ollama = pod('ai/ollama-0', {...onGpu(), node: 'gpu-1'});
/** One GPU node that is well, with what else there is. */
const one = (figures: object = busy, more: Objects = {}): Objects => ({
	nodes: [gpuNode('gpu-1'), node('nuc-1')],
	pods: [ollama],
	exporters: [exporter('gpu-1')],
	answers: {'gpu-1': metrics({...(figures as typeof busy)})},
	...more,
});

describe('a device', () => {
	test('tells model, use, memory, heat and who holds it', () => {
		expect(rows(one())).toEqual(['ok | gpu-1/0 | RTX 4000 SFF Ada | 83% | 14.1/20Gi | 71°C | in use', '└ idle | ai/ollama-0']);
		const [device, holder] = view(one()).rows;
		expect(device?.subject).toEqual({resource: 'nodes', namespace: '', name: 'gpu-1'});
		expect(holder?.subject).toEqual({resource: 'pods', namespace: 'ai', name: 'ollama-0'});
		expect(holder?.under).toBe(device?.key);
	});

	test('that nobody asked for is free, and neither good nor bad', () => {
		expect(rows(one({...busy, PROF_GR_ENGINE_ACTIVE: 0}, {pods: []}), ['gpu', 'used', 'state'])).toEqual([
			'idle | gpu-1/0 | 0% | free',
		]);
	});

	test('has no figure where the card gives none: unknown, not 0', () => {
		expect(rows(one({DEV_XID_ERRORS: 0}), ['used', 'memory', 'temperature', 'power'])[0]).toBe('ok | – | –/– | – | –');
	});

	test.each([
		['bad', 'row remap failed, in use', {...busy, DEV_ROW_REMAP_FAILURE: 1}],
		['warn', 'XID 79 GPU has fallen off the bus, in use', {...busy, DEV_XID_ERRORS: 79}],
		['ok', 'XID 31 GPU memory page fault, in use', {...busy, DEV_XID_ERRORS: 31}],
		['warn', 'in use', {...busy, DEV_GPU_TEMP: 84}],
		['bad', 'in use', {...busy, DEV_GPU_TEMP: 91}],
	])('is %s: %s', (health, words, figures) => {
		expect(rows(one(figures), ['state'])[0]).toBe(`${health} | ${words}`);
	});

	test('an XID that comes while we look is taken at its full weight, with its age', () => {
		const before = told(one());
		const failed = told(one({...busy, DEV_XID_ERRORS: 79}), before);
		expect(rowTexts(gpuView(failed), ['state'])[0]).toBe('bad | XID 79 GPU has fallen off the bus <10s ago, in use');
		const later = told({...one({...busy, DEV_XID_ERRORS: 79}), at: now + 5 * minutes}, failed);
		expect(rowTexts(gpuView(later), ['state'])[0]).toBe('bad | XID 79 GPU has fallen off the bus 5m ago, in use');
		expect(detailText(gpuDetail(later, 'gpu-1/0', now + 5 * minutes))).toContain(
			'class: hardware\ncame: 5m ago\nsuggested: reboot the node; check power, PCIe, heat',
		);
	});

	test('keeps its last eight figures as a trend', () => {
		let facts = told(one({...busy, PROF_GR_ENGINE_ACTIVE: 0}));
		for (const used of [0.1, 0.2, 0.4, 0.5, 0.7, 0.8, 0.9, 1]) facts = told(one({...busy, PROF_GR_ENGINE_ACTIVE: used}), facts);
		expect(rowTexts(gpuView(facts), ['trend'])[0]).toBe('ok | ▁▂▄▅▆▇██');
	});
});

describe('what shares a GPU', () => {
	const slice = (id: string, name: string) =>
		metrics({PROF_GR_ENGINE_ACTIVE: 0.5}, {GPU_I_ID: id, GPU_I_PROFILE: '1g.5gb', namespace: 'ai', pod: name});

	test('MIG instances are devices of their own, each with its pod', () => {
		const objects = one(busy, {
			nodes: [gpuNode('gpu-1', 2, 2, {}, 'nvidia.com/mig-1g.5gb')],
			pods: ['a', 'b'].map(name => pod(`ai/${name}`, {...onGpu(1, 'nvidia.com/mig-1g.5gb'), node: 'gpu-1'})),
			answers: {'gpu-1': slice('7', 'a') + slice('8', 'b')},
		});
		expect(rows(objects, ['gpu', 'used', 'shared'])).toEqual([
			'ok | gpu-1/0/7 | 50% | MIG 1g.5gb',
			'└ idle | ai/a',
			'ok | gpu-1/0/8 | 50% | MIG 1g.5gb',
			'└ idle | ai/b',
		]);
	});

	test('a time-sliced GPU says so, and all who hold it stand under it', () => {
		const labels = {'nvidia.com/gpu.sharing-strategy': 'time-slicing', 'nvidia.com/gpu.replicas': '4'};
		const pods = ['a', 'b'].map(name => pod(`ai/${name}`, {...onGpu(), node: 'gpu-1'}));
		expect(rows(one(busy, {nodes: [gpuNode('gpu-1', 4, 4, labels)], pods}), ['gpu', 'shared'])).toEqual([
			'ok | gpu-1/0 | time-slicing ×4',
			'└ idle | ai/a',
			'└ idle | ai/b',
		]);
	});

	test('of two whole GPUs the exporter tells who holds which; without that nobody guesses', () => {
		const pods = [ollama, pod('ai/whisper-0', {...onGpu(), node: 'gpu-1'})];
		const second = metrics(busy, {gpu: '1', namespace: 'ai', pod: 'whisper-0'});
		expect(rows(one(busy, {pods, answers: {'gpu-1': metrics(busy) + second}}), ['gpu', 'state'])).toEqual([
			'ok | gpu-1/0',
			'ok | gpu-1/1 | in use',
			'└ idle | ai/whisper-0',
		]);
	});
});

describe('a node with GPUs', () => {
	test('that gives out fewer than it has is bad, whatever the devices say', () => {
		const objects = one(busy, {nodes: [gpuNode('gpu-1', 2, 1)]});
		expect(rows(objects, ['gpu', 'state'])[0]).toBe('bad | gpu-1 | 1 of 2 allocatable');
		expect(view(objects).summary).toBe('1 not allocatable · average 83%');
	});

	test('without an exporter is shown with what is known, and the pane says what is missing', () => {
		const objects = one(busy, {exporters: [], answers: {}});
		expect(rows(objects)).toEqual(['risk | gpu-1 | RTX-4000-SFF-Ada | – | –/20Gi | – | no exporter', '└ idle | ai/ollama-0']);
		expect(view(objects).notes.map(({text}) => text)).toEqual(['no dcgm-exporter ready on gpu-1: no figures, no XIDs']);
		expect(view(objects).summary).toBe('1 GPU');
	});

	test('is not said to lack an exporter while exporters are not known', () => {
		expect(view(one(busy, {exporters: [], answers: {}, states: {exporters: {is: 'loading'}}})).notes).toEqual([]);
	});

	test('says nothing of exporters and holders to who sees one namespace only', () => {
		const all = input(one(busy, {exporters: [], answers: {}}));
		const limitedTo = {namespace: own('media'), missing: own('list pods')};
		const exporters = all.exporters.map(reading => ({...reading, limitedTo}));
		const limited = gpuView(gpuFacts({...all, exporters, pods: {...all.pods, limitedTo}}));
		expect(rowTexts(limited, ['gpu', 'state'])).toEqual(['unknown | gpu-1']);
		expect(limited.notes).toEqual([]);
	});

	test('that is not heard of has no figures any more', () => {
		const lost = one(busy, {standing: {'gpu-1': {word: 'silent', since: now - 35 * minutes}}});
		expect(rows(lost)[0]).toBe('unknown | gpu-1/0 | RTX 4000 SFF Ada | – | – | – | node silent 35m');
		expect(view(lost).summary).toBe('1 GPU');
	});

	test.each<[string, SourceState]>([
		['no figures for 2m', {is: 'stale', since: now - 2 * minutes, why: own('no answer in 1.0 s')}],
		['not permitted', {is: 'denied', verb: own('get'), resource: own('pods/proxy')}],
	])('whose exporter does not answer: %s', (words, state) => {
		expect(rows(one(busy, {parts: {'gpu-1': state}}), ['gpu', 'used', 'state'])[0]).toBe(`unknown | gpu-1/0 | – | ${words}`);
	});
});

describe('the pane', () => {
	test('compares the average with the target', () => {
		expect(view(one(busy, {target: 0.7})).summary).toBe('average 83%, target 70%');
	});

	test('says that there is no GPU only when nodes are known', () => {
		const none = view({nodes: [node('nuc-1')]});
		expect([none.state, none.rows, none.empty, none.summary]).toEqual([{is: 'live'}, [], 'no GPU on any node', '']);
		expect(view({states: {nodes: {is: 'loading'}}}).state).toEqual({is: 'loading'});
	});

	test('names the permission it lacks, but only where there are GPUs', () => {
		const denied: SourceState = {is: 'denied', verb: own('get'), resource: own('pods/proxy')};
		expect(view(one(busy, {answers: {}, states: {devices: denied}})).notes.map(({text}) => text)).toEqual([
			'dcgm: denied: get pods/proxy',
		]);
		expect(view({nodes: [node('nuc-1')], states: {devices: denied}}).notes).toEqual([]);
	});

	test('stays the same object when it is told nothing new, and tells only the changed device anew', () => {
		const pair = (second: typeof busy, at = now): Objects => ({
			nodes: [gpuNode('gpu-1'), gpuNode('gpu-2')],
			exporters: [exporter('gpu-1'), exporter('gpu-2')],
			answers: {'gpu-1': metrics(busy), 'gpu-2': metrics(second)},
			at,
		});
		const start = input(pair(busy));
		const first = gpuFacts(start);
		expect(gpuFacts({...start, now: now + 1000}, first)).toBe(first);
		const answered = input(pair({...busy, DEV_GPU_TEMP: 85}));
		const records = new Map([...start.devices.records, ['gpu-2/0', answered.devices.records.get('gpu-2/0')] as const]);
		const devices = {...answered.devices, records: records as GpuInput['devices']['records']};
		const next = gpuFacts({...start, devices}, first);
		const kept = (row: Row) => gpuView(first).rows.includes(row);
		expect(gpuView(next).rows.map(row => [row.key, kept(row)])).toEqual([
			['gpu-2/0', false],
			['gpu-1/0', true],
		]);
	});
});

describe('a detail', () => {
	test('of a device tells who holds it and for how long, and what was measured when', () => {
		const text = detailText(gpuDetail(told(one()), 'gpu-1/0', now + 20_000));
		expect(text).toContain('GPU gpu-1/0\n[State]\nstate: in use (ok)\nheld by: ai/ollama-0 Running, 24h old');
		expect(text).toContain('used: 83% of the graphics engine');
		expect(text).toContain('measured: 20s ago');
	});

	test('of a node tells its resources; of a pod, the device it holds; of nothing, nothing', () => {
		const facts = told(one(busy, {nodes: [gpuNode('gpu-1', 2, 1)]}));
		expect(detailText(gpuDetail(facts, 'gpu-1', now))).toContain('nvidia.com/gpu: 1 of 2 allocatable (bad)');
		expect(gpuDetail(facts, 'gpu-1/0/pod/ai/ollama-0', now)?.title).toBe('GPU gpu-1/0');
		expect(gpuDetail(facts, 'gpu-9/0', now)).toBeUndefined();
	});
});

import {describe, expect, test} from 'vitest';
import {deviceKey, readDcgm} from '../../source/gpu/dcgm.ts';
import {chartExporters, dcgmScrape, operatorExporters} from '../../source/gpu/exporter.ts';
import {xidHealth, xidOf} from '../../source/gpu/xid.ts';
import type {RawName, Reading, StoredRecord} from '../../source/vocabulary.ts';
import {expectSafe, poison, project} from '../_helpers/hostile.ts';
import {reading} from '../_helpers/reading.ts';
import {busy, exporter, metrics} from './objects.ts';

const read = (body: string) => readDcgm(body, 'gpu-1' as RawName);

describe('the answer of a dcgm-exporter', () => {
	test('is one record per GPU, in bytes and ratios', () => {
		expect(read(metrics(busy, {namespace: 'ai', pod: 'ollama-0', container: 'ollama'}))).toEqual([
			{
				node: 'gpu-1',
				index: '0',
				instance: '',
				profile: '',
				uuid: 'GPU-5fd4',
				model: 'NVIDIA RTX 4000 SFF Ada Generation',
				utilisation: 0.83,
				byEngine: true,
				memoryUsed: 14_438 * 2 ** 20,
				memoryTotal: 20_475 * 2 ** 20,
				temperature: 71,
				power: 68.4,
				xid: 0,
				throttles: undefined,
				rowRemapFailed: false,
				remapPending: false,
				uncorrectable: undefined,
				uncorrectableRows: undefined,
				correctableRows: undefined,
				holders: ['ai/ollama-0'],
			},
		]);
	});

	test('leaves what is not exported unknown: a consumer card has no engine figure, a missing series is no zero', () => {
		const [device] = read(metrics({DEV_GPU_UTIL: 40, DEV_FB_USED: 100}));
		expect(device).toMatchObject({utilisation: 0.4, byEngine: false, memoryUsed: 100 * 2 ** 20});
		expect([device?.memoryTotal, device?.temperature, device?.power, device?.xid]).toEqual([
			undefined,
			undefined,
			undefined,
			undefined,
		]);
		expect(read(metrics({DEV_GPU_TEMP: Number.NaN}))[0]?.temperature).toBeUndefined();
	});

	test('tells the instances of MIG apart', () => {
		const slice = (id: string) => metrics({PROF_GR_ENGINE_ACTIVE: 0.5}, {GPU_I_ID: id, GPU_I_PROFILE: '1g.5gb'});
		const devices = read(slice('7') + slice('8') + metrics({DEV_GPU_TEMP: 60}, {gpu: '1'}));
		expect(devices.map(deviceKey)).toEqual(['gpu-1/0/7', 'gpu-1/0/8', 'gpu-1/1']);
		expect(devices[0]?.profile).toBe('1g.5gb');
	});

	test('is one device with several holders where it is time-sliced', () => {
		const slice = (vgpu: string, name: string) => metrics(busy, {vgpu, namespace: 'ai', pod: name});
		expect(read(slice('0', 'a') + slice('1', 'b')).map(({holders, utilisation}) => [holders, utilisation])).toEqual([
			[['ai/a', 'ai/b'], 0.83],
		]);
	});

	test('that is no metrics at all is no device', () => {
		expect(read('<html>404</html>')).toEqual([]);
		expect(read('DCGM_FI_DEV_GPU_UTIL{UUID="no index"} 5\nnode_load1{gpu="0"} 3')).toEqual([]);
	});

	test('cannot put anything on the screen but text', () => {
		const bad = poison.replaceAll('\n', '');
		const labels = {modelName: bad, UUID: bad, gpu: `0${bad}`, GPU_I_ID: bad, GPU_I_PROFILE: bad, namespace: bad, pod: bad};
		const [device] = read(metrics(busy, labels));
		expectSafe(device);
		expect(device).toMatchObject({utilisation: 0.83});
	});
});

describe('what is scraped', () => {
	const targets = (objects: readonly object[]) => {
		const readings = new Map<unknown, unknown>([
			[operatorExporters, reading(operatorExporters, objects)],
			[chartExporters, reading(chartExporters, [])],
		]);
		return dcgmScrape.targets(<R extends StoredRecord>(kind: unknown) => readings.get(kind) as Reading<R>);
	};

	test('is every ready exporter, each once per node, through the proxy of its pod', () => {
		expect(targets([exporter('gpu-1'), exporter('gpu-2', {ready: false}), exporter('gpu-3', {node: ''})])).toEqual([
			{key: 'gpu-1', path: '/api/v1/namespaces/gpu-operator/pods/dcgm-gpu-1:9400/proxy/metrics'},
		]);
	});

	test('never follows a name that Kubernetes would not allow', () => {
		const crooked = exporter('gpu-1', {metadata: {labels: {}, namespace: 'x', name: '../../secrets'}});
		expect(targets([crooked])).toEqual([]);
	});

	test('an exporter is told by node and readiness', () => {
		expect(project(operatorExporters, exporter('gpu-1', {ready: false}))).toMatchObject({node: 'gpu-1', ready: false});
	});
});

test.each([
	[79, 'hardware', 'bad', 'warn'],
	[119, 'driver', 'bad', 'warn'],
	[13, 'application', 'idle', 'idle'],
	[45, 'follow-on', 'warn', 'warn'],
	[9999, 'unclassed', 'warn', 'warn'],
])('XID %i is of class %s: %s when it was seen to come, %s when it was there before', (code, of, fresh, old) => {
	const xid = xidOf(code);
	expect(xidHealth(xid, 'old')).toBe('idle');
	expect([xid.class, xidHealth(xid, 'fresh'), xidHealth(xid, 'undated')]).toEqual([of, fresh, old]);
});

import {expect, test} from 'vitest';
import {gpu} from '../../../../source/actions/drain/checks/gpu.ts';
import {cordoned, days, lease, minutes, node} from '../../../nodes/objects.ts';
import {drained, pod, told} from './sight.ts';

const gpus = {capacity: {'nvidia.com/gpu': '1'}, allocatable: {'nvidia.com/gpu': '1'}};
const withGpu = (name: string, spec: object = {}) => node(name, {status: gpus, spec});
const ollama = pod('ai/ollama-0', {spec: {containers: [{name: 'main', resources: {limits: {'nvidia.com/gpu': '1'}}}]}});

test('the only node with GPUs keeps what needs them waiting', () => {
	expect(told(gpu, {nodes: [node('nuc-1'), withGpu(drained)], pods: [ollama, pod('apps/web-0')]})).toEqual([
		'hurts: nuc-2 is the only node with nvidia.com/gpu: ai/ollama-0 needs it',
	]);
});

test('where nothing asks for them that is said', () => {
	expect(told(gpu, {nodes: [node('nuc-1'), withGpu(drained)], pods: [pod('apps/web-0')]})).toEqual([
		'tells: nuc-2 is the only node with nvidia.com/gpu: nothing that leaves asks for it',
	]);
});

test('another node with the same kind takes over, unless it is cordoned or away', () => {
	const pods = [ollama];
	expect(told(gpu, {nodes: [withGpu('gpu-1'), withGpu(drained)], pods})).toEqual([]);
	expect(told(gpu, {nodes: [withGpu('gpu-1', cordoned(2 * days)), withGpu(drained)], pods})).toHaveLength(1);
	const leases = [lease('gpu-1', 10 * minutes), lease(drained)];
	expect(told(gpu, {nodes: [withGpu('gpu-1'), withGpu(drained)], leases, pods})).toHaveLength(1);
});

test('a node without GPUs has none to miss', () => {
	expect(told(gpu, {nodes: [withGpu('gpu-1'), node(drained)], pods: [ollama]})).toEqual([]);
});

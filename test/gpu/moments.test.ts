import {expect, test} from 'vitest';
import {gpuFacts} from '../../source/gpu/facts.ts';
import {gpuMoments} from '../../source/gpu/moments.ts';
import {ago, minutes, now} from '../nodes/objects.ts';
import {onGpu, pod} from '../workloads/objects.ts';
import {busy, exporter, gpuNode, input, metrics, type Objects, told} from './objects.ts';

const objects = (xid: number, more: Objects = {}): Objects => ({
	nodes: [gpuNode('gpu-1')],
	pods: [pod('ai/ollama-0', {...onGpu(), node: 'gpu-1', metadata: {creationTimestamp: ago(30 * minutes)}})],
	exporters: [
		exporter('gpu-1', {
			status: {
				conditions: [{type: 'Ready', status: 'True'}],
				containerStatuses: [{name: 'main', restartCount: 2, state: {running: {startedAt: ago(10 * minutes)}}}],
			},
		}),
	],
	answers: {'gpu-1': metrics({...busy, DEV_XID_ERRORS: xid})},
	...more,
});

test('what happened to GPUs: who was put on them, exporters that restarted, XIDs that were seen to come', () => {
	const later = input(objects(79));
	const moments = gpuMoments(gpuFacts(later, told(objects(0))), later.exporters, now);
	expect(moments.map(({at, how, about, text}) => [(now - at) / minutes, how, about, text])).toEqual([
		[30, 'recorded', 'ai/ollama-0', 'pod created, holds a GPU of gpu-1'],
		[10, 'recorded', 'gpu-operator/dcgm-gpu-1', 'dcgm-exporter on gpu-1 restarted'],
		[0, 'seen', 'gpu-1/0', 'XID 79 GPU has fallen off the bus'],
	]);
});

test('an XID that was there before anybody looked has no moment', () => {
	const found = input(objects(79));
	expect(gpuMoments(gpuFacts(found), found.exporters, now).filter(({about}) => about === 'gpu-1/0')).toEqual([]);
});

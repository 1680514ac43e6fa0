import {expect, it} from 'vitest';
import {conditionOf, nodes} from '../../../source/demo/objects/node.ts';
import {pods} from '../../../source/demo/objects/pod.ts';
import {eventsOf, minutesBefore, podOf, start, troubled} from './started.ts';

it('has a node without its GPU, and a pod that waits for one', () => {
	const {stage, advance} = start('gpu-gone');
	expect(nodes.get(stage.store, 'gpu-1')).toMatchObject({
		metadata: {labels: {'nvidia.com/gpu.count': '1'}},
		status: {capacity: {'nvidia.com/gpu': '0'}, allocatable: {'nvidia.com/gpu': '0'}},
	});
	expect(troubled(stage)).toEqual(['ai/ollama unscheduled']);
	const pod = pods.get(stage.store, 'ollama-0', 'ai');
	const scheduled = pod && conditionOf(pod, 'PodScheduled');
	expect(scheduled?.message).toMatch(/^0\/8 nodes are available: .*8 Insufficient nvidia.com\/gpu\. preemption: /);
	expect(minutesBefore(scheduled?.lastTransitionTime)).toBeGreaterThan(45);
	advance(600);
	expect(troubled(stage)).toEqual(['ai/ollama unscheduled']);
});

it('tells of the XID and of the device plugin that was restarted', () => {
	const {stage} = start('gpu-gone');
	expect(minutesBefore(eventsOf(stage, 'XidCriticalError')[0]?.lastTimestamp)).toBe(55);
	const plugin = podOf(stage, 'gpu-operator', 'nvidia-device-plugin-daemonset');
	expect(plugin.status?.containerStatuses?.[0]).toMatchObject({restartCount: 1, ready: true});
	const [answer] = [...stage.proxies].filter(([key]) => key.includes('dcgm')).map(([, ask]) => ask('/metrics'));
	expect(typeof answer === 'object' && answer.body).toMatch(/DCGM_FI_DEV_XID_ERRORS\{gpu="0"[^}]*\} 79/);
});

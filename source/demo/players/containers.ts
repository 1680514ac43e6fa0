import type {Stage} from '../model.ts';
import {unready} from '../objects/container-state.ts';
import {conditionOf, nodes} from '../objects/node.ts';
import {isFinished, type PodObject, pods, run} from '../objects/pod.ts';
import {instantOf} from '../objects/time.ts';
import {ailmentOf} from './ailments.ts';
import {isAttached} from './attacher.ts';
import {record, recordRarely} from './events.ts';
import type {Player} from './player.ts';

const startMs = 6_000;
const stopMs = 3_000;

/** The kubelets' other half: containers of new pods start, those of deleted ones stop. Nothing moves on a silent node. */
export const containers: Player = {
	name: 'containers',
	every: 2,
	act: (stage, now) => {
		for (const pod of pods.all(stage.store)) {
			const node = pod.spec.nodeName;
			if (node !== undefined && stage.silent.has(node)) continue;
			if (pod.metadata.deletionTimestamp) stop(stage, pod, now);
			else if (node !== undefined && pod.status?.phase === 'Pending') start(stage, pod, node, now);
		}
	},
};

function stop(stage: Stage, pod: PodObject, now: number): void {
	if (pod.metadata.finalizers?.length) return;
	const seconds = Number(pod.metadata.deletionGracePeriodSeconds ?? 0);
	const askedAt = instantOf(pod.metadata.deletionTimestamp) - seconds * 1000;
	if (pod.spec.nodeName === undefined || now - askedAt >= Math.min(stopMs, seconds * 1000)) pods.remove(stage.store, pod);
}

function start(stage: Stage, pod: PodObject, node: string, now: number): void {
	const boundAt = instantOf(conditionOf(pod, 'PodScheduled')?.lastTransitionTime);
	if (isFinished(pod) || now - boundAt < startMs || !isAttached(stage, pod)) return;
	const obstacle = ailmentOf(stage, 'not mounted', pod, now);
	if (obstacle) {
		const message = obstacle.message(pod);
		recordRarely(stage, 120, {about: pod, type: 'Warning', reason: 'FailedMount', message, from: 'kubelet', host: node, at: now});
		return;
	}
	const isAiling = ailmentOf(stage, 'crashing', pod, now) ?? ailmentOf(stage, 'not ready', pod, now);
	const home = nodes.get(stage.store, node);
	const host = home?.status?.addresses?.find(({type}) => type === 'InternalIP')?.address ?? '';
	const address = pod.spec.hostNetwork === true ? host : freeAddress(stage, node, home?.spec?.podCIDR ?? '10.42.0.0/24');
	pods.change(stage.store, pod, draft => {
		run(draft, now, address, host);
		if (isAiling) unready(draft, now);
	});
	const names = pod.spec.containers.map(({name}) => name).join(', ');
	record(stage, {
		about: pod,
		type: 'Normal',
		reason: 'Started',
		message: `Started container ${names}`,
		from: 'kubelet',
		host: node,
		at: now,
	});
}

/** The lowest address of the node's range that no pod has. */
function freeAddress({store}: Stage, node: string, range: string): string {
	const taken = new Set(pods.all(store).flatMap(({spec, status}) => (spec.nodeName === node ? [status?.podIP] : [])));
	const base = range.replace(/\d+\/\d+$/, '');
	for (let last = 10; last < 250; last += 1) if (!taken.has(`${base}${last}`)) return `${base}${last}`;
	return `${base}254`;
}

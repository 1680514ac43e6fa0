import type {Stage} from '../model.ts';
import {leases, nodeLeases} from '../objects/lease.ts';
import {conditionOf, isReady, type NodeObject, nodes, wellConditions} from '../objects/node.ts';
import {pods} from '../objects/pod.ts';
import {instantOf, stamp} from '../objects/time.ts';
import {record} from './events.ts';
import type {Player} from './player.ts';

const unreachable = 'node.kubernetes.io/unreachable';
const graceMs = 50_000;

/** The node lifecycle controller: doubts a node whose lease is older than 50 s, and taints it while it does. */
export const nodeLifecycle: Player = {
	name: 'node lifecycle controller',
	every: 5,
	act: (stage, now) => {
		for (const node of nodes.all(stage.store)) {
			const lease = leases.get(stage.store, node.metadata.name, nodeLeases);
			const late = lease !== undefined && now - instantOf(lease.spec?.renewTime) > graceMs;
			const doubted = conditionOf(node, 'Ready')?.reason === 'NodeStatusUnknown';
			const tainted = node.spec?.taints?.some(({key}) => key === unreachable) ?? false;
			if (late && !doubted) doubt(stage, node, now);
			if (tainted && isReady(node)) trust(stage, node, now);
		}
	},
};

function doubt(stage: Stage, node: NodeObject, now: number): void {
	const {store} = stage;
	nodes.change(store, node, draft => {
		for (const condition of draft.status?.conditions ?? []) {
			if (condition.type === 'EtcdIsVoter') {
				Object.assign(condition, {
					status: 'False',
					reason: 'Unhealthy',
					message: 'etcd member is not reachable',
					lastTransitionTime: stamp(now),
				});
			}
			if (!wellConditions.some(([type]) => type === condition.type)) continue;
			condition.status = 'Unknown';
			condition.reason = 'NodeStatusUnknown';
			condition.message = 'Kubelet stopped posting node status.';
			condition.lastTransitionTime = stamp(now);
		}
		const effects = ['NoSchedule', 'NoExecute'];
		draft.spec = {
			...draft.spec,
			taints: [...(draft.spec?.taints ?? []), ...effects.map(effect => ({key: unreachable, effect, timeAdded: stamp(now)}))],
		};
	});
	for (const pod of pods.all(store).filter(({spec}) => spec.nodeName === node.metadata.name)) {
		if (conditionOf(pod, 'Ready')?.status !== 'True') continue;
		pods.change(store, pod, draft => {
			const ready = conditionOf(draft, 'Ready');
			if (ready) Object.assign(ready, {status: 'False', reason: 'NodeNotReady', lastTransitionTime: stamp(now)});
		});
		const message = 'Node is not ready';
		record(stage, {about: pod, type: 'Warning', reason: 'NodeNotReady', message, from: 'node-controller', at: now});
	}
	say(stage, node, 'NodeNotReady', now);
}

function trust(stage: Stage, node: NodeObject, now: number): void {
	const {name} = node.metadata;
	nodes.change(stage.store, node, draft => {
		const taints = (draft.spec?.taints ?? []).filter(({key}) => key !== unreachable);
		const {taints: _, ...spec} = draft.spec ?? {};
		draft.spec = taints.length === 0 ? spec : {...spec, taints};
		const voter = conditionOf(draft, 'EtcdIsVoter');
		if (voter?.reason === 'Unhealthy') {
			const message = 'Node is a voting member of the etcd cluster';
			Object.assign(voter, {status: 'True', reason: 'MemberNotLearner', message, lastTransitionTime: stamp(now)});
		}
	});
	for (const pod of pods.all(stage.store).filter(({spec, metadata}) => spec.nodeName === name && !metadata.deletionTimestamp)) {
		pods.change(stage.store, pod, draft => {
			const ready = conditionOf(draft, 'Ready');
			if (ready?.reason !== 'NodeNotReady') return;
			const {reason: _, ...rest} = ready;
			const well = {...rest, status: 'True' as const, lastTransitionTime: stamp(now)};
			draft.status = {...draft.status, conditions: (draft.status?.conditions ?? []).map(each => (each === ready ? well : each))};
		});
	}
	say(stage, node, 'NodeReady', now);
}

function say(stage: Stage, node: NodeObject, reason: string, at: number): void {
	const message = `Node ${node.metadata.name} status is now: ${reason}`;
	record(stage, {about: node, type: 'Normal', reason, message, from: 'node-controller', at});
}

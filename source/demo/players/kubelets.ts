import type {Stage} from '../model.ts';
import {leases, nodeLeases} from '../objects/lease.ts';
import {conditionOf, type NodeObject, nodes, wellConditions} from '../objects/node.ts';
import {instantOf, microStamp, minute, stamp} from '../objects/time.ts';
import type {Player} from './player.ts';

/** Kubelets renew their lease every ten seconds and tell their status every five minutes; a silent one does neither. */
export const kubelets: Player = {
	name: 'kubelets',
	every: 1,
	act: (stage, now) => {
		const {store, silent} = stage;
		for (const lease of leases.all(store, nodeLeases)) {
			if (silent.has(lease.metadata.name) || now - instantOf(lease.spec?.renewTime) < 10_000) continue;
			leases.change(store, lease, draft => {
				draft.spec = {...draft.spec, renewTime: microStamp(now)};
			});
			const node = nodes.get(store, lease.metadata.name);
			if (node) report(stage, node, now);
		}
	},
};

function report({store}: Stage, node: NodeObject, now: number): void {
	const ready = conditionOf(node, 'Ready');
	const doubted = ready?.reason === 'NodeStatusUnknown';
	if (!ready || (!doubted && now - instantOf(ready.lastHeartbeatTime) < 5 * minute)) return;
	nodes.change(store, node, draft => {
		for (const condition of draft.status?.conditions ?? []) {
			const well = wellConditions.find(([type]) => type === condition.type);
			if (!well) continue;
			condition.lastHeartbeatTime = stamp(now);
			if (condition.status !== 'Unknown') continue;
			const [, status, reason, message] = well;
			Object.assign(condition, {status, reason, message, lastTransitionTime: stamp(now)});
		}
	});
}

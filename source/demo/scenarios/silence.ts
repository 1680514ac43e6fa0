import type {Stage} from '../model.ts';
import {leases} from '../objects/lease.ts';
import {conditionOf, nodes} from '../objects/node.ts';
import {microStamp, minute, stamp} from '../objects/time.ts';

/** A machine stops dead at `at`: its leases and its last heartbeat are the last that was heard of it. */
export function silence(stage: Stage, name: string, at: number): void {
	stage.silent.add(name);
	for (const lease of leases.all(stage.store).filter(({spec}) => spec?.holderIdentity === name)) {
		leases.change(stage.store, lease, draft => {
			draft.spec = {...draft.spec, renewTime: microStamp(at)};
		});
	}
	nodes.change(stage.store, {metadata: {name}}, draft => {
		for (const {type} of draft.status?.conditions ?? []) {
			const condition = conditionOf(draft, type);
			if (condition) condition.lastHeartbeatTime = stamp(at - 2 * minute);
		}
	});
}

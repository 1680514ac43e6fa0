import type {Stage} from '../model.ts';
import type {Shelf} from '../objects/shelf.ts';
import type {WorkloadObject} from '../objects/workload.ts';

/** Writes what a controller counted into a workload's status, where it says something new. */
export function tell(
	stage: Stage,
	where: Shelf<WorkloadObject>,
	workload: WorkloadObject,
	counted: Record<string, unknown>,
): void {
	const status = workload.status ?? {};
	const same = Object.entries(counted).every(([field, value]) => JSON.stringify(status[field]) === JSON.stringify(value));
	const isStale = optional.some(field => status[field] !== undefined && counted[field] === undefined);
	if (same && !isStale) return;
	where.change(stage.store, workload, draft => {
		const kept = Object.entries(draft.status ?? {}).filter(([field]) => !optional.includes(field));
		draft.status = {...Object.fromEntries(kept), ...counted};
	});
}

/** What a status only has where there is something to say. */
const optional = ['unavailableReplicas', 'numberUnavailable', 'conditions'];

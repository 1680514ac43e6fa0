import {type Overdue, overdueOf} from '../nodes/liveness.ts';
import type {SystemLeaseRecord} from '../nodes/system-lease.ts';

/** The lease of kube-controller-manager, and the moment it is compared with (epoch ms); undefined while they are not known. */
export type ManagerInput = {readonly lease: SystemLeaseRecord | undefined; readonly clock: number | undefined};

/** Whoever makes pods for workloads, and says how many of them are ready. */
export type Manager = {
	/** Since when it is gone, epoch ms; 0 while it is there, or nobody knows. */
	readonly goneSince: number;
	/** Remembered to recognise one whose clock is behind. */
	readonly overdue: Overdue | undefined;
};

/** Where its lease is found among those of kube-system. */
export const managerLease = 'kube-system/kube-controller-manager';

/** Another one takes over in this time, in milliseconds. */
const takeover = 60_000;
/** A lease of earlier days, when there was an election. */
const leftAfter = 7 * 86_400_000;

const unknown: Manager = {goneSince: 0, overdue: undefined};

/** Whether the controller manager is there. `before` is the judgement this one follows, and the answer while it holds. */
export function managerOf({lease, clock}: ManagerInput, before: Manager = unknown): Manager {
	if (lease === undefined || clock === undefined || lease.renewedAt === 0) return unknown;
	const patience = lease.lasts * 1000 + takeover;
	const overdue = overdueOf(lease.renewedAt, clock, patience, before.overdue);
	const silence = overdue === undefined ? 0 : clock - overdue.heardAt;
	const goneSince = overdue !== undefined && silence > patience && silence < leftAfter ? overdue.heardAt : 0;
	return before.goneSince === goneSince && before.overdue === overdue ? before : {goneSince, overdue};
}

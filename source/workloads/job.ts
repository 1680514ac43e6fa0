import type {Kind} from '../cluster/kind.ts';
import {flag, instant, items, name, text} from '../cluster/raw.ts';
import type {RawName, SafeText, StoredRecord} from '../vocabulary.ts';

export type JobRecord = StoredRecord & {
	/** The CronJob that made it; `''` where nobody did. */
	readonly cronJob: RawName;
	/** Epoch ms, 0 when not yet; `completedAt` only where it went well. */
	readonly startedAt: number;
	readonly completedAt: number;
	/** Why it is given up, and when (epoch ms); undefined while it is not. */
	readonly failed: {readonly reason: SafeText; readonly message: SafeText; readonly at: number} | undefined;
};

export const jobKind: Kind<JobRecord> = {
	id: 'jobs',
	group: 'batch',
	versions: ['v1'],
	plural: 'jobs',
	kind: 'Job',
	namespaced: true,
	project: (raw, identity) => {
		const owner = items(raw.metadata?.ownerReferences).find(({controller}) => flag(controller));
		const failed = items(raw.status?.conditions).find(({type, status}) => name(type) === 'Failed' && name(status) === 'True');
		return {
			...identity,
			cronJob: name(owner?.kind) === 'CronJob' ? name(owner?.name) : name(undefined),
			startedAt: instant(raw.status?.startTime),
			completedAt: instant(raw.status?.completionTime),
			failed: failed && {
				reason: text(failed.reason, 64),
				message: text(failed.message, 256),
				at: instant(failed.lastTransitionTime),
			},
		};
	},
};

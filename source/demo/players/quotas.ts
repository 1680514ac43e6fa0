import {isDeepStrictEqual} from 'node:util';
import type {ObjectStore} from '../model.ts';
import {isFinished, pods} from '../objects/pod.ts';
import {written} from '../objects/quantity.ts';
import {type Amounts, quotas as allQuotas, usedBy} from '../objects/quota.ts';
import type {Player} from './player.ts';

/** The quota controller: every quota says how much of it is used. */
export const quotas: Player = {
	name: 'quota controller',
	every: 5,
	act: ({store}) => {
		for (const quota of allQuotas.all(store)) {
			const {hard = {}} = quota.spec;
			const amounts = usedIn(store, quota.metadata.namespace ?? '');
			const used = Object.fromEntries(Object.keys(hard).map(name => [name, written(name, amounts[name] ?? 0)]));
			if (isDeepStrictEqual(quota.status, {hard, used})) continue;
			allQuotas.change(store, quota, draft => {
				draft.status = {hard: {...hard}, used};
			});
		}
	},
};

/** What the pods of a namespace use up; those that have ended use nothing. */
export function usedIn(store: ObjectStore, namespace: string): Amounts {
	const total: Record<string, number> = {};
	for (const pod of pods.all(store, namespace)) {
		if (isFinished(pod)) continue;
		for (const [name, value] of Object.entries(usedBy(pod))) total[name] = (total[name] ?? 0) + value;
	}
	return total;
}

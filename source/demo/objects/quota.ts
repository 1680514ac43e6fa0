import type {KubeObject} from '../model.ts';
import {object} from './object.ts';
import type {PodObject} from './pod.ts';
import {amount, sum, written} from './quantity.ts';
import {shelf} from './shelf.ts';

export type QuotaObject = KubeObject & {
	spec: {hard?: Record<string, string>};
	status?: {hard?: Record<string, string>; used?: Record<string, string>};
};

export const quotas = shelf<QuotaObject>('', 'resourcequotas', ['spec']);

/** How much of what a quota limits there is, by its name there: `requests.memory`, `pods`. */
export type Amounts = Readonly<Record<string, number>>;

export type QuotaRow = {readonly namespace: string; readonly name: string; readonly hard: Readonly<Record<string, string>>};

/** A quota of a namespace; its controller (player `quotas`) counts what is used. */
export function quota({namespace, name, hard}: QuotaRow, createdAt: number): QuotaObject {
	return object('v1', 'ResourceQuota', {namespace, name, createdAt}, {spec: {hard: {...hard}}});
}

/** What a pod uses up of the quotas of its namespace. */
export function usedBy(pod: PodObject): Amounts {
	const requests = sum(pod.spec.containers.map(({resources}) => resources?.requests));
	const limits = sum(pod.spec.containers.map(({resources}) => resources?.limits));
	const named = (prefix: string, of: Amounts) => Object.entries(of).map(([name, value]) => [`${prefix}${name}`, value] as const);
	return {
		...Object.fromEntries([...named('', requests), ...named('requests.', requests), ...named('limits.', limits)]),
		pods: 1,
	};
}

/** What a pod would exceed of a quota, in the API server's words; undefined where it fits in. */
export function exceeding({spec}: QuotaObject, used: Amounts, pod: PodObject): string | undefined {
	const asked = usedBy(pod);
	const over = Object.entries(spec.hard ?? {})
		.filter(([name, hard]) => (asked[name] ?? 0) > 0 && (used[name] ?? 0) + (asked[name] ?? 0) > amount(hard))
		.toSorted(([one], [other]) => one.localeCompare(other));
	if (over.length === 0) return undefined;
	const list = (of: (name: string, hard: string) => string) => over.map(([name, hard]) => `${name}=${of(name, hard)}`).join(',');
	const requested = list(name => written(name, asked[name] ?? 0));
	return `requested: ${requested}, used: ${list(name => written(name, used[name] ?? 0))}, limited: ${list((_, hard) => hard)}`;
}

import {items, name, quantity, type Raw} from '../cluster/raw.ts';
import {safeText} from '../cluster/safe-text.ts';
import {keyOf, type SafeText} from '../vocabulary.ts';

/** What metrics-server measured on one pod, all its containers together: cores and bytes, undefined where it does not say. */
export type PodUsage = {
	/** `namespace/name`, as the pods are kept by. */
	readonly key: string;
	readonly name: SafeText;
	readonly cpu: number | undefined;
	readonly memory: number | undefined;
};

/** The pods of a node by what they use, why nobody knows, or that they are asked for. */
export type TopPods = readonly PodUsage[] | 'loading' | SafeText;

function sumOf(containers: readonly Raw[], resource: string): number | undefined {
	const used = containers.map(({usage}) => quantity(usage?.[resource])).filter(each => each !== undefined);
	return used.length === 0 ? undefined : used.reduce((sum, each) => sum + each, 0);
}

/** Every pod of a PodMetricsList (`metrics.k8s.io`), which is untrusted. It does not say on which node they are. */
export function podMetricsOf(list: Raw): readonly PodUsage[] {
	return items(list.items).map(({metadata, containers}) => {
		const key = keyOf(name(metadata?.namespace), name(metadata?.name));
		const measured = items(containers);
		return {key, name: safeText(key, 317), cpu: sumOf(measured, 'cpu'), memory: sumOf(measured, 'memory')};
	});
}

/** The pods that use the most of a resource, the first of all first. */
export function topBy(resource: 'cpu' | 'memory', pods: readonly PodUsage[], many = 5): readonly PodUsage[] {
	const known = pods.filter(pod => pod[resource] !== undefined);
	return known.sort((a, b) => (b[resource] ?? 0) - (a[resource] ?? 0) || (a.key < b.key ? -1 : 1)).slice(0, many);
}

import type {Kind} from '../cluster/kind.ts';
import {instant, quantity} from '../cluster/raw.ts';
import type {StoredRecord} from '../vocabulary.ts';

/** What metrics-server measured on one node: cores and bytes in use, over a window ending at `measuredAt` (epoch ms). */
export type NodeMetricsRecord = StoredRecord & {
	readonly cpu: number | undefined;
	readonly memory: number | undefined;
	readonly measuredAt: number;
};

/** Served by metrics-server behind the API server; it can be listed only, never watched. */
export const nodeMetricsKind: Kind<NodeMetricsRecord> = {
	id: 'nodes/metrics',
	group: 'metrics.k8s.io',
	versions: ['v1beta1'],
	plural: 'nodes',
	kind: 'NodeMetrics',
	namespaced: false,
	project: (raw, identity) => ({
		...identity,
		cpu: quantity(raw.usage?.cpu),
		memory: quantity(raw.usage?.memory),
		measuredAt: instant(raw.timestamp),
	}),
};

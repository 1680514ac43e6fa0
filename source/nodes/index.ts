import type {System} from '../cluster/kind.ts';
import {leaseKind} from './lease.ts';
import {nodeMetricsKind} from './metrics.ts';
import {nodeKind} from './node.ts';

export {leaseKind, nodeKind, nodeMetricsKind};

/** The systems the nodes pane is read from. */
export const nodeSystems: readonly System[] = [
	{id: 'nodes', title: 'Nodes', required: true, kinds: [nodeKind, leaseKind]},
	{id: 'metrics', title: 'Metrics API', required: false, kinds: [nodeMetricsKind]},
];

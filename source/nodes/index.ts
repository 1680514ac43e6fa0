import type {System} from '../cluster/kind.ts';
import {nodeEventKind} from '../workloads/event.ts';
import {leaseKind} from './lease.ts';
import {nodeMetricsKind} from './metrics.ts';
import {nodeKind} from './node.ts';
import {planKind} from './plan.ts';
import {systemLeaseKind} from './system-lease.ts';

export {leaseKind, nodeKind, nodeMetricsKind, planKind, systemLeaseKind};

/** The systems the nodes pane is read from. */
export const nodeSystems: readonly System[] = [
	{id: 'nodes', title: 'Nodes', required: true, kinds: [nodeKind, leaseKind]},
	{id: 'node-events', title: 'Events of nodes', required: false, kinds: [nodeEventKind]},
	{id: 'vip', title: 'kube-vip and elections', required: false, kinds: [systemLeaseKind]},
	{id: 'metrics', title: 'Metrics API', required: false, kinds: [nodeMetricsKind]},
	{id: 'upgrades', title: 'system-upgrade-controller', required: false, kinds: [planKind]},
];

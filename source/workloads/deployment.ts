import type {Kind} from '../cluster/kind.ts';
import {instant, items, name, number, type Raw} from '../cluster/raw.ts';
import {lastWrite} from '../cluster/written.ts';
import {imagesOf, refusedOf, replicasOf, type WorkloadRecord} from './workload.ts';

function unavailableSince(raw: Raw): number {
	const available = items(raw.status?.conditions).find(({type}) => name(type) === 'Available');
	return name(available?.status) === 'False' ? instant(available?.lastTransitionTime) : 0;
}

export const deploymentKind: Kind<WorkloadRecord> = {
	id: 'deployments',
	group: 'apps',
	versions: ['v1'],
	plural: 'deployments',
	kind: 'Deployment',
	namespaced: true,
	project: (raw, identity) => ({
		...identity,
		kind: 'Deployment',
		wanted: replicasOf(raw),
		made: number(raw.status?.replicas) ?? 0,
		ready: number(raw.status?.readyReplicas) ?? 0,
		shortSince: unavailableSince(raw),
		refused: refusedOf(raw),
		changed: lastWrite(raw, 'spec'),
		images: imagesOf(raw),
	}),
};

import type {Kind} from '../../cluster/kind.ts';
import {flag, instant, items, name, type Raw} from '../../cluster/raw.ts';
import {labelsOf} from '../../cluster/selector.ts';
import type {RawName, StoredRecord} from '../../vocabulary.ts';

/** A pod on the node that is drained, whole: it is one node's pods, read when a drain is planned. */
export type DrainPod = StoredRecord & {
	readonly raw: Raw;
	readonly labels: ReadonlyMap<string, string>;
	readonly phase: string;
	readonly ready: boolean;
	/** Epoch ms; 0 where it is not being deleted. */
	readonly deletingAt: number;
	/** Its controller, of whatever kind. */
	readonly controller:
		| {readonly apiVersion: string; readonly kind: string; readonly name: RawName; readonly uid: string}
		| undefined;
	readonly claims: readonly RawName[];
};

function controllerOf(metadata: Raw | undefined): DrainPod['controller'] {
	const owner = items(metadata?.ownerReferences).find(({controller}) => flag(controller));
	return owner && {apiVersion: name(owner.apiVersion), kind: name(owner.kind), name: name(owner.name), uid: name(owner.uid)};
}

/** Those of generic ephemeral volumes go with the pod, and are no claims that it finds again. */
function claimsOf(spec: Raw | undefined): readonly RawName[] {
	return items(spec?.volumes).flatMap(({persistentVolumeClaim: claim}) => (claim ? [name(claim.claimName)] : []));
}

/** Pods as a drain needs them: whole. For one node's, or a workload's; not for a whole cluster's. */
export const drainPodKind: Kind<DrainPod> = {
	id: 'drain/pods',
	group: '',
	versions: ['v1'],
	plural: 'pods',
	kind: 'Pod',
	namespaced: true,
	project: (raw, identity) => {
		const {metadata, spec, status} = raw;
		return {
			...identity,
			raw,
			labels: new Map(labelsOf(metadata?.labels)),
			phase: name(status?.phase),
			ready: items(status?.conditions).some(each => name(each.type) === 'Ready' && name(each.status) === 'True'),
			deletingAt: instant(metadata?.deletionTimestamp),
			controller: controllerOf(metadata),
			claims: claimsOf(spec),
		};
	},
};

/** It ran to its end; nothing is taken away with it. */
export function isFinished({phase}: Pick<DrainPod, 'phase'>): boolean {
	return phase === 'Succeeded' || phase === 'Failed';
}

import type {Stage} from '../model.ts';
import {drawEnding} from '../objects/identity.ts';
import {nodes} from '../objects/node.ts';
import {bind, type PodObject, pods} from '../objects/pod.ts';
import {revisionHash} from '../objects/revision.ts';
import {share} from '../objects/rollout.ts';
import {daemonSets, type WorkloadObject} from '../objects/workload.ts';
import {daemonStatus} from '../objects/workload-status.ts';
import {tolerates} from './fit.ts';
import {leave} from './leave.ts';
import {makePod} from './make-pod.ts';
import {isActive, isUp} from './owned.ts';
import {isOutdated, keepRevision} from './revisions.ts';
import {tell} from './tell.ts';

/** One pod on every node that the selector matches and whose taints it tolerates; where one is, it stays until its template is outdated. */
export function respread(stage: Stage, set: WorkloadObject, own: readonly PodObject[], now: number): void {
	const spec = set.spec?.template?.spec;
	if (!spec) return;
	keepRevision(stage, set, now);
	const selector = Object.entries(spec.nodeSelector ?? {});
	const covered = new Set(own.map(pod => pod.spec.nodeName));
	const free = nodes.all(stage.store).filter(node => {
		const matches = selector.every(([key, value]) => node.metadata.labels?.[key] === value);
		const taints = (node.spec?.taints ?? []).filter(({effect}) => effect !== 'PreferNoSchedule');
		return matches && !covered.has(node.metadata.name) && taints.every(taint => tolerates(spec, taint));
	});
	const labels = {'controller-revision-hash': revisionHash(set), 'pod-template-generation': `${set.metadata.generation ?? 1}`};
	for (const {metadata} of free) {
		const made = makePod(stage, set, `${set.metadata.name}-${drawEnding(stage.random)}`, now, labels);
		if (made && 'pod' in made) pods.change(stage.store, made.pod, draft => bind(draft, metadata.name, now));
	}
	const wanted = covered.size + free.length;
	const ready = own.filter(isUp).length;
	const outdated = own.filter(pod => isActive(pod) && isOutdated(set, pod));
	for (const pod of next(set, outdated, wanted, ready)) leave(stage, pod, now);
	tell(
		stage,
		daemonSets,
		set,
		daemonStatus({wanted, made: wanted, updated: wanted - outdated.length, ready}, set.metadata.generation),
	);
}

/** Whom a rollout replaces now: those that are not up anyhow, and as many of the others as may be missing. */
function next({spec}: WorkloadObject, outdated: readonly PodObject[], wanted: number, ready: number): readonly PodObject[] {
	const {type, rollingUpdate} = (spec?.updateStrategy ?? {}) as {type?: string; rollingUpdate?: {maxUnavailable?: unknown}};
	if (type === 'OnDelete') return [];
	const most = Math.max(1, Math.ceil(share(rollingUpdate?.maxUnavailable ?? 1, wanted)));
	const down = outdated.filter(pod => !isUp(pod));
	return [...down, ...outdated.filter(isUp).slice(0, Math.max(0, most - (wanted - ready)))];
}

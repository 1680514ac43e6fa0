import {items, name, number, type Raw} from '../../../cluster/raw.ts';
import type {KubeObject} from '../../model.ts';
import {stamp} from '../../objects/time.ts';
import {referenceTo, type Shelf} from '../../store.ts';
import {type Json, readObject} from '../body.ts';
import {isReady, updateCondition} from '../budgets.ts';
import type {Cluster, ResourceExchange} from '../exchange.ts';
import {matchesSelector} from '../selectors.ts';
import {badRequest, notFound, Refusal, type Status} from '../status.ts';
import {deleteOptions, isDryRun} from './options.ts';
import {remove} from './remove.ts';

/**
 * Answers `pods/eviction` as `pkg/registry/core/pod/storage/eviction.go` of Kubernetes does: finished, pending and
 * leaving pods go at once, others only when the one budget over them allows it.
 */
export async function evict(exchange: ResourceExchange, shelf: Shelf): Promise<Status> {
	const {cluster, address, query} = exchange;
	const body = (await readObject(exchange, 'Eviction')) as
		| (Json & {metadata?: {name?: string}; deleteOptions?: Json})
		| undefined;
	if (body?.metadata?.name !== address.name) throw badRequest('name in URL does not match name in Eviction object');
	const pod = cluster.stage.store.get(address);
	if (!pod) throw notFound(shelf.resource, address.name);
	const asked = deleteOptions(query, body.deleteOptions);
	const options = {...asked, dryRun: asked.dryRun || isDryRun(query)};
	if (!needsNoBudget(pod as unknown as Raw)) spendBudget(cluster, pod, options.dryRun);
	if (!options.dryRun) markDisrupted(cluster, shelf, pod);
	remove(cluster, shelf, cluster.stage.store.get(address) ?? pod, options);
	return {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201};
}

function needsNoBudget({status, metadata}: Raw): boolean {
	return ['Succeeded', 'Failed', 'Pending'].includes(name(status?.phase)) || metadata?.deletionTimestamp !== undefined;
}

/** Takes one disruption from the budget over a pod, or throws what stands against it. */
function spendBudget(cluster: Cluster, pod: KubeObject, dryRun: boolean): void {
	const {namespace = '', labels = {}} = pod.metadata;
	const over = cluster.stage.store
		.list('policy', 'poddisruptionbudgets', namespace)
		.filter(budget => matchesSelector((budget as unknown as Raw).spec?.selector, labels));
	const [budget] = over;
	if (!budget) return;
	if (over.length > 1) {
		const message = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
		throw new Refusal(500, undefined, message);
	}
	const raw = budget as unknown as Raw;
	if (!isReady(pod) && isUnhealthyFree(raw)) return;
	checkBudget(raw);
	if (!dryRun) decrement(cluster, budget, pod.metadata.name);
}

/** Pods that are not ready may go where the policy says so, or where the rest is healthy enough. */
function isUnhealthyFree({spec, status}: Raw): boolean {
	const desired = number(status?.desiredHealthy) ?? 0;
	const current = number(status?.currentHealthy) ?? 0;
	return name(spec?.unhealthyPodEvictionPolicy) === 'AlwaysAllow' || (current >= desired && desired > 0);
}

function checkBudget(budget: Raw): void {
	const {metadata, status} = budget;
	const budgetName = name(metadata?.name);
	if ((number(status?.observedGeneration) ?? 0) < (number(metadata?.generation) ?? 0)) {
		throw tooMany(`The disruption budget ${budgetName} is still being processed by the server.`, 10);
	}
	const allowed = number(status?.disruptionsAllowed) ?? 0;
	if (allowed < 0) {
		const message = `poddisruptionbudget.policy "${budgetName}" is forbidden: pdb disruptions allowed is negative`;
		throw new Refusal(403, 'Forbidden', message, {name: budgetName, group: 'policy', kind: 'poddisruptionbudget'});
	}
	if (allowed === 0) throw tooMany(whyNot(budget));
}

function whyNot({metadata, status}: Raw): string {
	const start = `The disruption budget ${name(metadata?.name)}`;
	const condition = items(status?.conditions).find(
		each => name(each.type) === 'DisruptionAllowed' && name(each.status) === 'False',
	);
	const [desired, current] = [number(status?.desiredHealthy) ?? 0, number(status?.currentHealthy) ?? 0];
	if (name(condition?.reason) === 'SyncFailed') {
		return `${start} does not allow evicting pods currently because it failed sync: ${name(condition?.message)}`;
	}
	if (current <= desired) return `${start} needs ${desired} healthy pods and has ${current} currently`;
	return `${start} does not allow evicting pods currently`;
}

function tooMany(message: string, retryAfterSeconds?: number): Refusal {
	const causes = [{reason: 'DisruptionBudget', message}];
	const details = {causes, ...(retryAfterSeconds === undefined ? {} : {retryAfterSeconds})};
	return new Refusal(429, 'TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget.", details);
}

/** Until its controller has counted again, the pod is remembered as disrupted. */
function decrement({stage: {store, clock}}: Cluster, budget: KubeObject, pod: string): void {
	const {name: budgetName, namespace = ''} = budget.metadata;
	store.change({group: 'policy', plural: 'poddisruptionbudgets', namespace, name: budgetName}, draft => {
		const status = draft.status as {disruptionsAllowed: number; disruptedPods?: Record<string, string>};
		status.disruptionsAllowed -= 1;
		status.disruptedPods = {...status.disruptedPods, [pod]: stamp(clock.now())};
		updateCondition(draft, clock.now());
	});
}

function markDisrupted({stage: {store, clock}}: Cluster, {resource}: Shelf, pod: KubeObject): void {
	store.change(referenceTo(resource, pod), draft => {
		const status = draft.status as {conditions?: Json[]} | undefined;
		const others = (status?.conditions ?? []).filter(each => each.type !== 'DisruptionTarget');
		const condition = {
			type: 'DisruptionTarget',
			status: 'True',
			lastProbeTime: null,
			lastTransitionTime: stamp(clock.now()),
			reason: 'EvictionByEvictionAPI',
			message: 'Eviction API: evicting',
		};
		draft.status = {...status, conditions: [...others, condition]};
	});
}

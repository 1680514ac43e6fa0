import type {Scenario, Stage} from '../model.ts';
import {budget, budgets} from '../objects/budget.ts';
import {nodes} from '../objects/node.ts';
import {type PodObject, pods} from '../objects/pod.ts';
import {stamp} from '../objects/time.ts';
import {leave} from '../players/leave.ts';

const host = 'nuc-1';
const day = 86_400;

/** Somebody drains a server and waits: a database of one pod has a budget that allows nothing. */
export const drainBlocked: Scenario = {
	id: 'drain-blocked',
	title: 'A drain does not get on',
	description: 'nuc-1 is being drained; the budget of authentik-postgresql allows no disruption, so the drain waits for ever',
	worlds: ['homelab'],
	steps: [
		{
			at: -9 * day,
			what: 'the database gets a budget',
			act: (stage, at) => {
				const row = {
					namespace: 'auth',
					name: 'authentik-postgresql',
					selector: {'app.kubernetes.io/name': 'authentik-postgresql'},
				};
				stage.store.put(budget({...row, minAvailable: 1, createdAt: at}));
			},
		},
		{at: -45, what: 'kubectl drain nuc-1: cordoned', act: cordon},
		...[-20, 5, 15, 25, 35, 45].map(at => ({at, what: 'two more pods are evicted', act: evictTwo})),
	],
};

function cordon({store}: Stage, at: number): void {
	nodes.change(store, {metadata: {name: host}}, draft => {
		const taint = {key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule', timeAdded: stamp(at)};
		draft.spec = {...draft.spec, unschedulable: true, taints: [...(draft.spec?.taints ?? []), taint]};
	});
}

/** What the eviction API does with the next two pods that no budget protects; one that has not been counted yet protects. */
function evictTwo(stage: Stage, at: number): void {
	const leaving = pods
		.all(stage.store)
		.filter(({spec, metadata}) => spec.nodeName === host && !metadata.deletionTimestamp)
		.filter(pod => !isDaemon(pod) && !isProtected(stage, pod));
	for (const pod of leaving.slice(0, 2)) leave(stage, pod, at);
}

const isDaemon = ({metadata}: PodObject) => metadata.ownerReferences?.some(({kind}) => kind === 'DaemonSet') ?? false;

function isProtected({store}: Stage, {metadata}: PodObject): boolean {
	return budgets
		.all(store, metadata.namespace)
		.filter(({spec}) =>
			Object.entries(spec?.selector?.matchLabels ?? {}).every(([key, value]) => metadata.labels?.[key] === value),
		)
		.some(({status}) => (status?.disruptionsAllowed ?? 0) < 1);
}

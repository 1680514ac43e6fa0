import type {Scenario, Stage} from '../model.ts';
import {writtenBy} from '../objects/object.ts';
import {deployments, type WorkloadObject} from '../objects/workload.ts';
import {leave} from '../players/leave.ts';
import {lived} from './lived.ts';
import {podsOf} from './remake.ts';

const policies = {name: 'kyverno-admission-controller', namespace: 'kyverno'};

/** Kyverno was scaled to nothing and must be asked about every pod: what runs goes on, nothing new is taken. */
export const webhookDown: Scenario = {
	id: 'webhook-down',
	title: 'A webhook does not answer',
	description:
		"Kyverno was scaled to 0 twenty minutes ago; its webhook must be asked, so that checkout's rollout and a pod of search are refused",
	worlds: ['talos-prod'],
	steps: lived([
		{at: -1230, what: 'kubectl scale --replicas=0 deploy/kyverno-admission-controller', act: stop},
		{at: -960, what: 'checkout 2026.46.0 is rolled out', act: rollOut},
		{at: -480, what: 'a pod of search is deleted', act: deleteOne},
	]),
};

function edit(
	stage: Stage,
	where: {name: string; namespace: string},
	manager: string,
	at: number,
	act: (draft: WorkloadObject) => void,
) {
	deployments.change(stage.store, {metadata: where}, draft => {
		draft.metadata.generation = (draft.metadata.generation ?? 1) + 1;
		draft.metadata.managedFields = [writtenBy(manager, at, 'spec', 'apps/v1')];
		act(draft);
	});
}

function stop(stage: Stage, at: number): void {
	edit(stage, policies, 'kubectl-scale', at, draft => {
		draft.spec = {...draft.spec, replicas: 0};
	});
}

function rollOut(stage: Stage, at: number): void {
	edit(stage, {name: 'checkout', namespace: 'shop'}, 'helm-controller', at, draft => {
		for (const container of draft.spec?.template?.spec.containers ?? [])
			container.image = 'registry.example.net/shop/checkout:2026.46.0';
	});
}

function deleteOne(stage: Stage, at: number): void {
	const [pod] = podsOf(stage, 'shop', 'search');
	if (pod) leave(stage, pod, at);
}

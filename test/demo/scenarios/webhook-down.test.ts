import {expect, it} from 'vitest';
import {deployments, replicaSets} from '../../../source/demo/objects/workload.ts';
import {eventsOf, minutesBefore, saidOf, start, troubled} from './started.ts';

const refusal =
	'Internal error occurred: failed calling webhook "validate.kyverno.svc-fail": failed to call webhook: Post "https://kyverno-svc.kyverno.svc:443/validate/fail?timeout=10s": no endpoints available for service "kyverno-svc"';

it('has nobody behind the webhook, and pods that are refused', () => {
	const {stage} = start('webhook-down');
	expect(troubled(stage)).toEqual([]);
	expect(eventsOf(stage, 'FailedCreate').map(({message, involvedObject}) => [involvedObject.kind, message])).toEqual([
		['ReplicaSet', `Error creating: ${refusal}`],
		['ReplicaSet', `Error creating: ${refusal}`],
	]);
	const failing = replicaSets.all(stage.store).filter(set => saidOf(set, 'ReplicaFailure'));
	expect(failing.map(({metadata}) => metadata.name.replace(/-[^-]+$/, '')).toSorted()).toEqual(['checkout', 'search']);
	const search = deployments.get(stage.store, 'search', 'shop');
	expect(search?.status).toMatchObject({replicas: 1, readyReplicas: 1, unavailableReplicas: 1});
	expect(saidOf(search, 'ReplicaFailure')).toMatchObject({status: 'True', reason: 'FailedCreate', message: refusal});
	expect(minutesBefore(saidOf(search, 'ReplicaFailure')?.lastTransitionTime)).toBe(8);
});

it('stops the rollout at its first pod: the old ones stay, and its time runs out', () => {
	const {stage} = start('webhook-down');
	const checkout = deployments.get(stage.store, 'checkout', 'shop');
	expect(checkout?.status).toMatchObject({readyReplicas: 3, updatedReplicas: 0});
	expect(saidOf(checkout, 'Available')?.status).toBe('True');
	expect(saidOf(checkout, 'Progressing')).toMatchObject({status: 'False', reason: 'ProgressDeadlineExceeded'});
});

it('is well again once Kyverno runs', () => {
	const {stage, advance} = start('webhook-down');
	deployments.change(stage.store, {metadata: {name: 'kyverno-admission-controller', namespace: 'kyverno'}}, draft => {
		draft.spec = {...draft.spec, replicas: 2};
	});
	advance(120);
	const checkout = deployments.get(stage.store, 'checkout', 'shop');
	expect(checkout?.status).toMatchObject({replicas: 3, readyReplicas: 3, updatedReplicas: 3});
	expect(saidOf(checkout, 'ReplicaFailure')).toBeUndefined();
	expect(saidOf(checkout, 'Progressing')).toMatchObject({status: 'True', reason: 'NewReplicaSetAvailable'});
	expect(deployments.get(stage.store, 'search', 'shop')?.status).toMatchObject({readyReplicas: 2});
});

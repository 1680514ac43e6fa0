import {expect, it} from 'vitest';
import {quotas} from '../../../source/demo/objects/quota.ts';
import {deployments} from '../../../source/demo/objects/workload.ts';
import {eventsOf, minutesBefore, saidOf, start, troubled} from './started.ts';

const web = {metadata: {name: 'web', namespace: 'shop-dev'}};

it('leaves three pods unmade, and says why', () => {
	const {stage} = start('quota');
	expect(troubled(stage)).toEqual([]);
	const deployment = deployments.get(stage.store, 'web', 'shop-dev');
	expect(deployment?.status).toMatchObject({replicas: 7, readyReplicas: 7, unavailableReplicas: 3});
	expect(saidOf(deployment, 'Available')?.status).toBe('False');
	const failure = saidOf(deployment, 'ReplicaFailure');
	expect(failure?.message).toMatch(
		/^pods "web-[^"]+" is forbidden: exceeded quota: compute, requested: requests.memory=256Mi, used: requests.memory=2Gi, limited: requests.memory=2Gi$/,
	);
	expect(minutesBefore(failure?.lastTransitionTime)).toBe(26);
	const [event, ...more] = eventsOf(stage, 'FailedCreate');
	expect(more).toEqual([]);
	expect(event).toMatchObject({involvedObject: {kind: 'ReplicaSet'}, message: `Error creating: ${failure?.message}`});
	expect(quotas.get(stage.store, 'compute', 'shop-dev')?.status?.used).toEqual({
		'requests.cpu': '800m',
		'requests.memory': '2Gi',
		pods: '8',
	});
});

it('goes on until there is room', () => {
	const {stage, advance} = start('quota');
	advance(600);
	expect(deployments.get(stage.store, 'web', 'shop-dev')?.status).toMatchObject({readyReplicas: 7});
	quotas.change(stage.store, {metadata: {name: 'compute', namespace: 'shop-dev'}}, draft => {
		draft.spec.hard = {...draft.spec.hard, 'requests.memory': '4Gi'};
	});
	advance(60);
	const deployment = deployments.get(stage.store, web.metadata.name, web.metadata.namespace);
	expect(deployment?.status).toMatchObject({readyReplicas: 10});
	expect(saidOf(deployment, 'ReplicaFailure')).toBeUndefined();
});

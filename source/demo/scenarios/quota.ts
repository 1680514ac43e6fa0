import type {Scenario, Stage} from '../model.ts';
import {writtenBy} from '../objects/object.ts';
import {deployments} from '../objects/workload.ts';
import {lived} from './lived.ts';

/** More pods are wanted than the quota of the namespace has memory for: they are never made. */
export const quota: Scenario = {
	id: 'quota',
	title: 'A quota stops a deployment',
	description: 'shop-dev/web was scaled to ten pods 26 minutes ago; the quota of its namespace leaves room for seven',
	worlds: ['talos-dev'],
	steps: lived([{at: -1560, what: 'kubectl scale --replicas=10 deploy/web', act: scaleUp}]),
};

function scaleUp({store}: Stage, at: number): void {
	deployments.change(store, {metadata: {name: 'web', namespace: 'shop-dev'}}, draft => {
		draft.metadata.generation = (draft.metadata.generation ?? 1) + 1;
		draft.metadata.managedFields = [writtenBy('kubectl', at, 'spec', 'apps/v1')];
		draft.spec = {...draft.spec, replicas: 10};
	});
}

import type {KubeObject} from '../model.ts';
import type {Condition} from './node.ts';
import {object} from './object.ts';
import {shelf} from './shelf.ts';
import {stamp} from './time.ts';

export type ApiServiceObject = KubeObject & {
	spec: {group: string; version: string; service?: {namespace: string; name: string; port?: number}; [field: string]: unknown};
	status?: {conditions?: Condition[]};
};

export const apiServices = shelf<ApiServiceObject>('apiregistration.k8s.io', 'apiservices', ['spec.version']);

/** An API that another program serves: the API server hands on what is asked of it, as long as the service answers. */
export function aggregatedApi(
	group: string,
	version: string,
	service: {readonly namespace: string; readonly name: string},
	createdAt: number,
): ApiServiceObject {
	const passed = {type: 'Available', status: 'True' as const, reason: 'Passed', message: 'all checks passed'};
	return object(
		'apiregistration.k8s.io/v1',
		'APIService',
		{name: `${version}.${group}`, createdAt, labels: {'k8s-app': service.name}},
		{
			spec: {
				group,
				version,
				groupPriorityMinimum: 100,
				versionPriority: 100,
				insecureSkipTLSVerify: true,
				service: {...service, port: 443},
			},
			status: {conditions: [{...passed, lastTransitionTime: stamp(createdAt)}]},
		},
	);
}

/** An API that the API server serves itself. */
export function localApi(group: string, version: string, createdAt: number): ApiServiceObject {
	const message = 'Local APIServices are always available';
	const available = {type: 'Available', status: 'True' as const, reason: 'Local', message};
	return object(
		'apiregistration.k8s.io/v1',
		'APIService',
		{name: `${version}.${group}`, createdAt, labels: {'kube-aggregator.kubernetes.io/automanaged': 'onstart'}},
		{
			spec: {group, version, groupPriorityMinimum: group === '' ? 18_000 : 16_000, versionPriority: 15},
			status: {conditions: [{...available, lastTransitionTime: stamp(createdAt)}]},
		},
	);
}

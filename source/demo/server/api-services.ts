import type {KubeObject, ObjectStore, ResourceType} from '../model.ts';
import {apiServices, localApi} from '../objects/api-service.ts';
import {conditionOf} from '../objects/node.ts';
import {instantOf} from '../objects/time.ts';
import type {ControllerStage} from '../store.ts';
import {resourceOf} from './definitions.ts';

/** Keeps an APIService of every version this server serves itself, those of CustomResourceDefinitions as they come. */
export function keepApiServices({store, clock}: ControllerStage): void {
	const register = ({group, versions, compute}: ResourceType, since: number) => {
		for (const version of compute ? [] : versions) {
			const made = localApi(group, version, since);
			if (!apiServices.get(store, made.metadata.name)) store.put(made);
		}
	};
	const {creationTimestamp} = store.get({group: '', plural: 'namespaces', namespace: '', name: 'kube-system'})?.metadata ?? {};
	const since = Math.max(0, instantOf(creationTimestamp ?? '1970-01-01T00:00:00Z'));
	for (const resource of store.resources()) register(resource, since);
	store.onChange(({type, object}) => {
		if (!isDefinition(object) || type === 'MODIFIED') return;
		const {group, versions} = resourceOf(object);
		if (type === 'ADDED') register(resourceOf(object), clock.now());
		else for (const version of versions) apiServices.remove(store, {metadata: {name: `${version}.${group}`}});
	});
}

const isDefinition = ({kind, apiVersion}: KubeObject) =>
	kind === 'CustomResourceDefinition' && apiVersion.startsWith('apiextensions.k8s.io/');

/** False while another program is to serve this version and does not answer. */
export function isAvailable(store: ObjectStore, group: string, version: string): boolean {
	const served = apiServices.get(store, `${version}.${group}`);
	return served?.spec.service === undefined || conditionOf(served, 'Available')?.status === 'True';
}

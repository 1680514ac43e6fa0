import type {ResourceType} from '../model.ts';

const allVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const proxyVerbs = ['create', 'delete', 'get', 'patch', 'update'];
const changeVerbs = ['get', 'patch', 'update'];

type Subresource = {
	readonly verbs: readonly string[];
	readonly group?: string;
	readonly version?: string;
	readonly kind?: string;
};

/** What subresources answer with, where that is not the object itself. */
export const subresources: Readonly<Record<string, Subresource>> = {
	status: {verbs: changeVerbs},
	scale: {verbs: changeVerbs, group: 'autoscaling', version: 'v1', kind: 'Scale'},
	eviction: {verbs: ['create'], group: 'policy', version: 'v1', kind: 'Eviction'},
	log: {verbs: ['get']},
	proxy: {verbs: proxyVerbs},
};

/** Verbs a resource can be asked with. */
export function verbsOf(resource: ResourceType): readonly string[] {
	if (resource.verbs) return resource.verbs;
	if (resource.compute) return ['get', 'list'];
	return resource.plural === 'namespaces' ? allVerbs.filter(verb => verb !== 'deletecollection') : allVerbs;
}

/** The subresources a resource has, in their order. */
export function subresourcesOf(resource: ResourceType): string[] {
	return [...(resource.subresources ?? []), ...(resource.status ? ['status'] : [])].sort();
}

/** Verbs a subresource can be asked with. */
export function subresourceVerbs(name: string): readonly string[] {
	return subresources[name]?.verbs ?? [];
}

/** The singular name kubectl takes. */
export function singularOf(resource: ResourceType): string {
	return resource.singular ?? resource.kind.toLowerCase();
}

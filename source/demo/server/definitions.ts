import {flag, items, name, number, type Raw} from '../../cluster/raw.ts';
import type {KubeObject, ResourceType} from '../model.ts';
import {stamp} from '../objects/time.ts';
import {type ControllerStage, referenceTo} from '../store.ts';
import {since} from './forms/cells.ts';
import {jsonPath} from './json-path.ts';
import {singularOf} from './verbs.ts';

const definitions = {group: 'apiextensions.k8s.io', plural: 'customresourcedefinitions'};

/** Serves what CustomResourceDefinitions define, from when they are made until they go. */
export function keepDefinitions({store, clock}: ControllerStage): void {
	const brought = new Set(store.resources().map(nameOf));
	store.onChange(({type, resource, object}) => {
		if (resource.plural !== definitions.plural || resource.group !== definitions.group) return;
		const {name: definition} = object.metadata;
		if (type === 'DELETED') {
			brought.delete(definition);
			const {spec} = object as unknown as Raw;
			store.undefine(name(spec?.group), name(spec?.names?.plural));
			return;
		}
		// A resource the world brought with it keeps the columns it has.
		if (!brought.has(definition)) store.define(resourceOf(object));
		if (isEstablished(object)) return;
		store.change(referenceTo(definitions, object), draft => {
			draft.status = established(draft, clock.now());
		});
	});

	const {creationTimestamp} = store.get({group: '', plural: 'namespaces', namespace: '', name: 'kube-system'})?.metadata ?? {};
	for (const resource of store.resources()) {
		if (resource.custom && !store.get({...definitions, namespace: '', name: nameOf(resource)}))
			store.put(definitionOf(resource, creationTimestamp));
	}
}

const nameOf = ({group, plural}: Pick<ResourceType, 'group' | 'plural'>) => `${plural}.${group}`;

/** The resource a definition asks to be served. */
export function resourceOf(definition: KubeObject): ResourceType {
	const {spec} = definition as unknown as Raw;
	const served = items(spec?.versions).filter(each => flag(each.served));
	const stored = served.find(each => flag(each.storage)) ?? served[0];
	const texts = (list: Raw | undefined) => items(list).map(name);
	const columns = items(stored?.additionalPrinterColumns).map(column => ({
		name: name(column.name),
		type: name(column.type),
		priority: number(column.priority) ?? 0,
		of: cellOf(name(column.jsonPath), name(column.type)),
	}));
	return {
		group: name(spec?.group),
		versions: [name(stored?.name), ...served.filter(each => each !== stored).map(each => name(each.name))],
		plural: name(spec?.names?.plural),
		kind: name(spec?.names?.kind),
		namespaced: name(spec?.scope) === 'Namespaced',
		custom: true,
		status: stored?.subresources?.status !== undefined,
		columns,
		...(spec?.names?.singular === undefined ? {} : {singular: name(spec.names.singular)}),
		...(spec?.names?.shortNames === undefined ? {} : {shortNames: texts(spec.names.shortNames)}),
		...(spec?.names?.categories === undefined ? {} : {categories: texts(spec.names.categories)}),
	};
}

type Column = NonNullable<ResourceType['columns']>[number];

function cellOf(path: string, type: string): Column['of'] {
	return (object, now) => {
		const value: unknown = jsonPath(object, path);
		if (value === undefined || value === null) return '';
		if (type === 'date') return since(value as Raw, now);
		return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
	};
}

function isEstablished(definition: KubeObject): boolean {
	const {status} = definition as unknown as Raw;
	return items(status?.conditions).some(each => name(each.type) === 'Established' && name(each.status) === 'True');
}

function established(definition: KubeObject, now: number): object {
	const {names, versions} = definition.spec as {names: object; versions: ReadonlyArray<{name: string; storage: boolean}>};
	const condition = (type: string, reason: string, message: string) => ({
		type,
		status: 'True',
		reason,
		message,
		lastTransitionTime: stamp(now),
	});
	return {
		conditions: [
			condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
			condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
		],
		acceptedNames: names,
		storedVersions: versions.filter(({storage}) => storage).map(each => each.name),
	};
}

/** The definition behind a custom resource of a world, as old as the cluster. */
function definitionOf(resource: ResourceType, creationTimestamp: string | undefined): KubeObject {
	const {group, versions, plural, kind, namespaced, shortNames, categories, status} = resource;
	const schema = {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}};
	const definition: KubeObject = {
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: {name: nameOf(resource), generation: 1, ...(creationTimestamp ? {creationTimestamp} : {})},
		spec: {
			group,
			scope: namespaced ? 'Namespaced' : 'Cluster',
			names: {
				plural,
				singular: singularOf(resource),
				kind,
				listKind: `${kind}List`,
				...(shortNames ? {shortNames} : {}),
				...(categories ? {categories} : {}),
			},
			versions: versions.map((version, index) => ({
				name: version,
				served: true,
				storage: index === 0,
				schema,
				...(status ? {subresources: {status: {}}} : {}),
			})),
		},
	};
	return definition;
}

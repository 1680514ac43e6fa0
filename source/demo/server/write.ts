import {randomUUID} from 'node:crypto';
import {isDeepStrictEqual} from 'node:util';
import type {KubeObject, ResourceType} from '../model.ts';
import {drawEnding} from '../objects/identity.ts';
import {stamp} from '../objects/time.ts';
import {referenceTo, type Shelf} from '../store.ts';
import {bodyType, type Json, parseYaml, readBody, readObject} from './body.ts';
import {withDefaults} from './defaults.ts';
import type {ResourceExchange} from './exchange.ts';
import {type Writer, withManager} from './managed.ts';
import {isDryRun} from './options.ts';
import {jsonPatch, mergePatch, strategicPatch} from './patch.ts';
import {alreadyExists, badRequest, conflict, invalid, notFound, Refusal} from './status.ts';
import {validate} from './validate.ts';

/** Which half of an object a request may write. */
export type Part = 'object' | 'status';

/** Built-in kinds that count the generations of their spec; custom ones all do. */
const generational = new Set(
	['pods', 'replicationcontrollers', 'deployments', 'replicasets', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs'].concat([
		'poddisruptionbudgets',
		'ingresses',
		'networkpolicies',
		'customresourcedefinitions',
	]),
);

/** Creates the object in the body. */
export async function create(exchange: ResourceExchange, shelf: Shelf): Promise<KubeObject> {
	const {resource} = shelf;
	const body = await readObject(exchange, resource.kind);
	return add(exchange, shelf, identified(exchange, resource, body ?? {}));
}

/** Replaces the object by the one in the body. */
export async function update(exchange: ResourceExchange, shelf: Shelf, part: Part): Promise<KubeObject> {
	const {address} = exchange;
	const body = identified(exchange, shelf.resource, (await readObject(exchange, shelf.resource.kind)) ?? {});
	if (body.metadata.name !== address.name) throw nameMismatch(body, address.name);
	return commit(exchange, shelf, existing(exchange, shelf), body, {part, operation: 'Update'});
}

/** Patches the object, in any of the four ways. A server-side apply may also create it. */
export async function patch(exchange: ResourceExchange, shelf: Shelf, part: Part): Promise<KubeObject> {
	const type = bodyType(exchange);
	const {address, cluster} = exchange;
	const text = (await readBody(exchange)).toString();
	const isApply = type === 'application/apply-patch+yaml';
	const before = isApply ? cluster.store.get(address) : existing(exchange, shelf);
	if (!before) return add(exchange, shelf, identified(exchange, shelf.resource, await parseYaml(text)));
	const after = (await patched(type, before, text, shelf.resource)) as KubeObject;
	if (after.metadata.name !== address.name) throw nameMismatch(after, address.name);
	return commit(exchange, shelf, before, after, {part, operation: isApply ? 'Apply' : 'Update'});
}

async function patched(type: string, before: KubeObject, text: string, resource: ResourceType): Promise<unknown> {
	switch (type) {
		case 'application/merge-patch+json':
			return mergePatch(before, parse(text));
		case 'application/json-patch+json':
			return jsonPatch(before, parse(text));
		case 'application/strategic-merge-patch+json':
			if (resource.custom) break;
			return strategicPatch(before, parse(text));
		case 'application/apply-patch+yaml':
			return resource.custom ? mergePatch(before, await parseYaml(text)) : strategicPatch(before, await parseYaml(text));
		default:
	}
	throw new Refusal(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw badRequest(`error decoding patch: ${error instanceof Error ? error.message : ''}`);
	}
}

/** Changes an object on the server's own behalf (evictions, scaling); undefined when it is gone. */
export function commit(
	exchange: ResourceExchange,
	{resource}: Shelf,
	before: KubeObject,
	wanted: KubeObject,
	{part, operation}: {part: Part; operation: Writer['operation']},
): KubeObject {
	const {cluster, query} = exchange;
	const {metadata} = before;
	const asked = wanted.metadata;
	if (asked.resourceVersion && asked.resourceVersion !== metadata.resourceVersion) throw conflict(resource, metadata.name);
	if (asked.uid && asked.uid !== metadata.uid) throw immutableUid(resource, wanted);
	const next = combine(resource, before, wanted, part);
	if (isDeepStrictEqual(next, before)) return before;
	validate(resource, next);
	if (isGenerational(resource) && !isDeepStrictEqual(specOf(next), specOf(before))) {
		next.metadata.generation = (metadata.generation ?? 1) + 1;
	}
	const result = withManager(before, next, writer(exchange, operation, part));
	if (isDryRun(query)) return result;
	const written = cluster.store.put(result);
	if (isReleased(written)) cluster.store.remove(referenceTo(resource, written));
	return written;
}

/** What stays as it was, whatever is asked for: the other half of the object, and what the server says of it. */
function combine(resource: ResourceType, before: KubeObject, wanted: KubeObject, part: Part): KubeObject {
	if (part === 'status') return {...before, metadata: {...before.metadata}, ...statusOf(wanted)};
	const {status: _status, ...rest} = wanted;
	const {uid, resourceVersion, generation, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds} = before.metadata;
	const kept = {uid, resourceVersion, generation, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds};
	const set = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
	const object = {...rest, apiVersion: before.apiVersion, kind: before.kind, metadata: {...wanted.metadata, ...set}};
	return {...object, ...(resource.status ? statusOf(before) : statusOf(wanted))} as KubeObject;
}

const statusOf = (object: KubeObject) => (object.status === undefined ? {} : {status: object.status});

function specOf({metadata: _metadata, status: _status, ...rest}: KubeObject): object {
	return rest;
}

function isGenerational({plural, custom}: ResourceType): boolean {
	return custom === true || generational.has(plural);
}

/** Nothing holds a deleted object any longer. A pod's time of grace does. */
function isReleased({metadata}: KubeObject): boolean {
	const {deletionTimestamp, finalizers = [], deletionGracePeriodSeconds} = metadata;
	return deletionTimestamp !== undefined && finalizers.length === 0 && !deletionGracePeriodSeconds;
}

function add(exchange: ResourceExchange, shelf: Shelf, body: KubeObject): KubeObject {
	const {cluster, address, query} = exchange;
	const {resource} = shelf;
	const {generateName} = body.metadata as {generateName?: string};
	const name = body.metadata.name || (generateName ? `${generateName}${drawEnding(Math.random)}` : '');
	const named = {...body, metadata: {...body.metadata, name}};
	if (resource.namespaced) requireNamespace(exchange);
	validate(resource, named);
	if (cluster.store.get({...address, name})) throw alreadyExists(resource, name);
	const {resourceVersion: _resourceVersion, generation: _generation, ...metadata} = named.metadata;
	const object = withDefaults(resource, {
		...named,
		metadata: {
			...metadata,
			...(isGenerational(resource) ? {generation: 1} : {}),
			uid: randomUUID(),
			creationTimestamp: stamp(cluster.stage.clock.now()),
		},
	});
	const result = withManager(undefined, object, writer(exchange, 'Update', 'object'));
	return isDryRun(query) ? result : cluster.store.put(result);
}

function requireNamespace({cluster, address}: ResourceExchange): void {
	const {namespace} = address;
	const found = cluster.store.get({group: '', plural: 'namespaces', namespace: '', name: namespace});
	if (!found) throw notFound({group: '', plural: 'namespaces'}, namespace);
	if (found.metadata.deletionTimestamp === undefined) return;
	const message = `unable to create new content in namespace ${namespace} because it is being terminated`;
	const causes = [
		{reason: 'NamespaceTerminating', message: `namespace ${namespace} is being terminated`, field: 'metadata.namespace'},
	];
	throw new Refusal(403, 'Forbidden', message, {kind: address.plural, causes});
}

function existing({cluster, address}: ResourceExchange, {resource}: Shelf): KubeObject {
	const object = cluster.store.get(address);
	if (!object) throw notFound(resource, address.name);
	return object;
}

/** The body as an object of the resource that was addressed. */
function identified({address}: ResourceExchange, {group, kind}: ResourceType, body: Json): KubeObject {
	const apiVersion = group === '' ? address.version : `${group}/${address.version}`;
	const sent = body as Partial<KubeObject>;
	if (sent.kind !== undefined && sent.kind !== kind) {
		throw badRequest(
			`${sent.kind} in version "${address.version}" cannot be handled as a ${kind}: no kind "${sent.kind}" is registered`,
		);
	}
	const {namespace: own, ...metadata} = sent.metadata ?? {name: ''};
	const namespace = own || address.namespace;
	if (namespace !== '' && namespace !== address.namespace) {
		throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
	}
	return {...body, kind, apiVersion, metadata: {...metadata, ...(namespace === '' ? {} : {namespace})} as KubeObject['metadata']};
}

function nameMismatch(object: KubeObject, name: string): Refusal {
	return badRequest(`the name of the object (${object.metadata.name}) does not match the name on the URL (${name})`);
}

function immutableUid({group, kind}: ResourceType, {metadata}: KubeObject): Refusal {
	const message = `Invalid value: "${metadata.uid}": field is immutable`;
	return invalid(group, kind, metadata.name, [{reason: 'FieldValueInvalid', message, field: 'metadata.uid'}]);
}

function writer({query, request, cluster}: ResourceExchange, operation: Writer['operation'], part: Part): Writer {
	const agent = String(request.headers['user-agent'] ?? 'unknown').split('/')[0] ?? '';
	return {
		manager: query.get('fieldManager') ?? agent,
		operation,
		at: cluster.stage.clock.now(),
		subresource: part === 'status' ? 'status' : '',
	};
}

import {isDeepStrictEqual} from 'node:util';
import type {KubeObject, ResourceType} from '../../model.ts';
import {referenceTo, type Shelf} from '../../store.ts';
import type {ResourceExchange} from '../exchange.ts';
import {conflict, invalid, type Refusal} from '../status.ts';
import {type Writer, withManager} from './managed.ts';
import {isDryRun} from './options.ts';
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

/** Stores an object as it is wanted now in place of the one before, unless nothing changed; returns what is there then. */
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
	const written = cluster.stage.store.put(result);
	if (isReleased(written)) cluster.stage.store.remove(referenceTo(resource, written));
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

export function isGenerational({plural, custom}: ResourceType): boolean {
	return custom === true || generational.has(plural);
}

/** Nothing holds a deleted object any longer. A pod's time of grace does. */
function isReleased({metadata}: KubeObject): boolean {
	const {deletionTimestamp, finalizers = [], deletionGracePeriodSeconds} = metadata;
	return deletionTimestamp !== undefined && finalizers.length === 0 && !deletionGracePeriodSeconds;
}

function immutableUid({group, kind}: ResourceType, {metadata}: KubeObject): Refusal {
	const message = `Invalid value: "${metadata.uid}": field is immutable`;
	return invalid(group, kind, metadata.name, [{reason: 'FieldValueInvalid', message, field: 'metadata.uid'}]);
}

/** Who sent a request, as managed fields name them. */
export function writer({query, request, cluster}: ResourceExchange, operation: Writer['operation'], part: Part): Writer {
	const agent = String(request.headers['user-agent'] ?? 'unknown').split('/')[0] ?? '';
	return {
		manager: query.get('fieldManager') ?? agent,
		operation,
		at: cluster.stage.clock.now(),
		subresource: part === 'status' ? 'status' : '',
	};
}

import type {KubeObject, ResourceType} from '../../model.ts';
import type {Shelf} from '../../store.ts';
import {bodyType, type Json, parseYaml, readBody, readObject} from '../body.ts';
import type {ResourceExchange} from '../exchange.ts';
import {badRequest, notFound, Refusal} from '../status.ts';
import {add} from './add.ts';
import {commit, type Part} from './commit.ts';
import {jsonPatch} from './json-patch.ts';
import {mergePatch} from './merge-patch.ts';
import {strategicPatch} from './strategic-patch.ts';

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
	const before = isApply ? cluster.stage.store.get(address) : existing(exchange, shelf);
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

function existing({cluster, address}: ResourceExchange, {resource}: Shelf): KubeObject {
	const object = cluster.stage.store.get(address);
	if (!object) throw notFound(resource, address.name);
	return object;
}

/** The body as an object of the resource that was addressed. */
function identified({address}: ResourceExchange, {group, kind, versions}: ResourceType, body: Json): KubeObject {
	// Objects are kept in the storage version, whichever they are sent in.
	const apiVersion = group === '' ? (versions[0] ?? 'v1') : `${group}/${versions[0]}`;
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

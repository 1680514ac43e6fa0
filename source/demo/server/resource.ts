import type {KubeObject, ResourceType} from '../model.ts';
import type {Shelf} from '../store.ts';
import {authorize} from './access.ts';
import type {Address} from './address.ts';
import {isAvailable} from './api-services.ts';
import {readObject} from './body.ts';

import type {ResourceExchange} from './exchange.ts';
import {list} from './list.ts';
import {readLogs} from './logs.ts';
import {proxy} from './proxy.ts';
import {parseListQuery} from './query.ts';
import {find, formFor, readMany, readOne, sendObject} from './read.ts';
import {sendJson, sendPieces, sendText} from './respond.ts';
import {reviewOf} from './review.ts';
import {methodNotAllowed, notFound, notServed, qualified, Refusal} from './status.ts';
import {subresourcesOf, subresourceVerbs, verbsOf} from './verbs.ts';
import {evict} from './writes/evict.ts';
import {deleteOptions} from './writes/options.ts';
import {remove} from './writes/remove.ts';
import {scale} from './writes/scale.ts';
import {create, patch, update} from './writes/write.ts';

/** Answers a request about a resource. */
export async function answerResource(exchange: ResourceExchange): Promise<void> {
	const {address, cluster, user} = exchange;
	const verb = verbOf(exchange);
	authorize(user, {...address, namespace: scopeOf(address), verb});
	const shelf = cluster.stage.store.shelf(address.group, address.plural);
	if (!shelf?.resource.versions.includes(address.version)) {
		const isKnown = cluster.stage.store
			.resources()
			.some(({group, versions}) => group === address.group && versions.includes(address.version));
		if (!isKnown) return sendText(exchange, 404, '404 page not found\n');
		throw notServed();
	}
	if (cluster.stage.server.failing) throw new Refusal(500, undefined, 'etcdserver: request timed out');
	if (shelf.resource.compute && !isAvailable(cluster.stage.store, address.group, address.version))
		return sendText(exchange, 503, 'service unavailable\n');
	requireScope(shelf.resource, exchange);
	if (address.subresource !== '') return answerSubresource(exchange, shelf, verb);
	if (verb === 'watch' && !verbsOf(shelf.resource).includes('watch')) {
		throw new Refusal(405, 'MethodNotAllowed', `watch is not supported on resources of kind "${qualified(shelf.resource)}"`, {
			kind: address.plural,
		});
	}
	if (!verbsOf(shelf.resource).includes(verb)) throw methodNotAllowed();
	return answers[verb]?.(exchange, shelf);
}

/** The namespace whose rules hold: what is asked of a namespace itself is asked in it. */
function scopeOf({group, plural, namespace, name}: Address): string {
	return group === '' && plural === 'namespaces' ? name : namespace;
}

type Answer = (exchange: ResourceExchange, shelf: Shelf) => Promise<void> | void;

const answers: Readonly<Record<string, Answer>> = {
	get: readOne,
	list: readMany,
	watch: readMany,
	create: async (exchange, shelf) => {
		const {group, plural, name} = exchange.address;
		if (name !== '' || (shelf.resource.namespaced && exchange.address.namespace === '')) throw methodNotAllowed();
		const review = reviewOf(group, plural);
		if (review) sendJson(exchange, 201, await review(exchange));
		else sendObject(exchange, shelf, 201, await create(exchange, shelf));
	},
	update: async (exchange, shelf) => {
		if (exchange.address.name === '') throw methodNotAllowed();
		sendObject(exchange, shelf, 200, await update(exchange, shelf, 'object'));
	},
	patch: async (exchange, shelf) => {
		if (exchange.address.name === '') throw methodNotAllowed();
		sendObject(exchange, shelf, 200, await patch(exchange, shelf, 'object'));
	},
	delete: async (exchange, shelf) => {
		const options = deleteOptions(exchange.query, await readObject(exchange, 'DeleteOptions'));
		const object = find(exchange, shelf);
		if (!object) throw notFound(shelf.resource, exchange.address.name);
		const said = remove(exchange.cluster, shelf, object, options);
		if (said.kind === 'Status') sendJson(exchange, 200, said);
		else sendObject(exchange, shelf, 200, said as KubeObject);
	},
	deletecollection: async (exchange, shelf) => {
		const options = deleteOptions(exchange.query, await readObject(exchange, 'DeleteOptions'));
		const {cluster, address} = exchange;
		const {meta, items} = list(cluster.stage.store, shelf, address.namespace, parseListQuery(exchange.query, shelf.resource));
		for (const object of items) remove(cluster, shelf, object, options);
		const form = formFor(exchange, shelf.resource, 'list');
		await sendPieces(exchange, form.contentType, form.list(meta, items));
	},
};

async function answerSubresource(exchange: ResourceExchange, shelf: Shelf, verb: string): Promise<void> {
	const {subresource} = exchange.address;
	if (!subresourcesOf(shelf.resource).includes(subresource)) throw notServed();
	if (!subresourceVerbs(subresource).includes(verb)) throw methodNotAllowed();
	switch (subresource) {
		case 'status':
			if (verb === 'get') return readOne(exchange, shelf);
			return sendObject(exchange, shelf, 200, await (verb === 'update' ? update : patch)(exchange, shelf, 'status'));
		case 'eviction':
			return sendJson(exchange, 201, await evict(exchange, shelf));
		case 'log':
			return readLogs(exchange);
		case 'scale':
			return sendJson(exchange, 200, await scale(exchange, shelf));
		default:
			return proxy(exchange);
	}
}

/** The verb as permissions name it. */
function verbOf({method, address, query}: ResourceExchange): string {
	const single = address.name !== '';
	switch (method) {
		case 'GET':
		case 'HEAD':
			if (single) return 'get';
			return ['true', '1'].includes(query.get('watch') ?? '') ? 'watch' : 'list';
		case 'POST':
			return 'create';
		case 'PUT':
			return 'update';
		case 'PATCH':
			return 'patch';
		case 'DELETE':
			return single ? 'delete' : 'deletecollection';
		default:
			return method.toLowerCase();
	}
}

/** A namespaced object must be asked for in its namespace, a cluster-scoped one outside of any. */
function requireScope(resource: ResourceType, {address}: ResourceExchange): void {
	if (resource.namespaced ? address.namespace === '' && address.name !== '' : address.namespace !== '') throw notServed();
}

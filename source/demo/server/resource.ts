import type {KubeObject, ResourceType} from '../model.ts';
import type {Shelf} from '../store.ts';
import {authorize} from './access.ts';
import {readObject} from './body.ts';
import {subresourcesOf, subresourceVerbs, verbsOf} from './discovery.ts';
import {evict} from './evict.ts';
import type {ResourceExchange} from './exchange.ts';
import type {Form} from './form.ts';
import {awaitVersion, list} from './list.ts';
import {readLogs} from './logs.ts';
import {negotiate, type Wanted} from './negotiate.ts';
import {deleteOptions} from './options.ts';
import {proxy} from './proxy.ts';
import {type ListQuery, parseListQuery} from './query.ts';
import {remove} from './remove.ts';
import {headersFor, send, sendJson, sendPieces, sendText} from './respond.ts';
import {reviewOf} from './review.ts';
import {scale} from './scale.ts';
import {methodNotAllowed, notFound, notServed, qualified, Refusal} from './status.ts';
import type {IncludeObject} from './table.ts';
import {watch} from './watch.ts';
import {create, patch, update} from './write.ts';

/** Answers a request about a resource. */
export async function answerResource(exchange: ResourceExchange): Promise<void> {
	const {address, cluster, user} = exchange;
	const verb = verbOf(exchange);
	authorize(user, {...address, verb});
	const shelf = cluster.store.shelf(address.group, address.plural);
	if (!shelf?.resource.versions.includes(address.version)) {
		const isKnown = cluster.store
			.resources()
			.some(({group, versions}) => group === address.group && versions.includes(address.version));
		if (!isKnown) return sendText(exchange, 404, '404 page not found\n');
		throw notServed();
	}
	if (cluster.stage.server.failing) throw new Refusal(500, undefined, 'etcdserver: request timed out');
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
		const {meta, items} = list(cluster.store, shelf, address.namespace, parseListQuery(exchange.query, shelf.resource));
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

function readOne(exchange: ResourceExchange, shelf: Shelf): void {
	const object = find(exchange, shelf);
	if (!object) throw notFound(shelf.resource, exchange.address.name);
	sendObject(exchange, shelf, 200, object);
}

function sendObject(exchange: ResourceExchange, {resource}: Shelf, status: number, object: KubeObject): void {
	const form = formFor(exchange, resource, 'one');
	send(exchange, status, form.contentType, form.one(object));
}

function find({address, cluster}: ResourceExchange, {resource}: Shelf): KubeObject | undefined {
	const {compute} = resource;
	if (!compute) return cluster.store.get(address);
	const isIt = ({metadata}: KubeObject) => metadata.name === address.name && (metadata.namespace ?? '') === address.namespace;
	return compute(cluster.stage).find(isIt);
}

async function readMany(exchange: ResourceExchange, shelf: Shelf): Promise<void> {
	const {address, cluster, query} = exchange;
	const asked = parseListQuery(query, shelf.resource);
	if (asked.isWatch) return openWatch(exchange, shelf, asked);
	await awaitVersion(cluster.store, asked.resourceVersion);
	const form = formFor(exchange, shelf.resource, 'list');
	const {meta, items} = shelf.resource.compute
		? computed(exchange, shelf.resource, asked)
		: list(cluster.store, shelf, address.namespace, asked);
	await sendPieces(exchange, form.contentType, form.list(meta, items));
}

function computed({cluster, address}: ResourceExchange, {compute}: ResourceType, {selects}: ListQuery) {
	const all = compute?.(cluster.stage) ?? [];
	const isWanted = (object: KubeObject) =>
		(address.namespace === '' || object.metadata.namespace === address.namespace) && (selects?.(object) ?? true);
	return {meta: {resourceVersion: ''}, items: all.filter(isWanted)};
}

async function openWatch(exchange: ResourceExchange, shelf: Shelf, query: ListQuery): Promise<void> {
	const {address, cluster, response} = exchange;
	const form = formFor(exchange, shelf.resource, 'watch');
	if (query.initialEvents) await awaitVersion(cluster.store, query.resourceVersion);
	response.writeHead(200, headersFor(exchange, form.watchType));
	response.flushHeaders?.();
	await watch({store: cluster.store, shelf, namespace: address.namespace, query, form}, response);
}

/** How the client wants objects of this resource written. */
function formFor({address, cluster, query, request}: ResourceExchange, resource: ResourceType, of: Wanted['of']): Form {
	const include = (query.get('includeObject') || 'Metadata') as IncludeObject;
	const {now} = cluster.stage.clock;
	return negotiate(request.headers.accept, {resource, version: address.version, of, include, now});
}

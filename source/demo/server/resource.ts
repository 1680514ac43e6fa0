import type {KubeObject, ResourceType} from '../model.ts';
import type {Shelf} from '../store.ts';
import {authorize} from './access.ts';
import {verbsOf} from './discovery.ts';
import type {ResourceExchange} from './exchange.ts';
import type {Form} from './form.ts';
import {awaitVersion, list} from './list.ts';
import {negotiate, type Wanted} from './negotiate.ts';
import {type ListQuery, parseListQuery} from './query.ts';
import {headersFor, send, sendPieces, sendText} from './respond.ts';
import {methodNotAllowed, notFound, notServed, Refusal} from './status.ts';
import type {IncludeObject} from './table.ts';
import {watch} from './watch.ts';

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
	if (!verbsOf(shelf.resource).includes(verb)) throw methodNotAllowed();
	if (address.subresource !== '') throw notServed();
	if (verb === 'get') return readOne(exchange, shelf);
	if (verb === 'list' || verb === 'watch') return readMany(exchange, shelf);
	throw methodNotAllowed();
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
	const form = formFor(exchange, shelf.resource, 'one');
	send(exchange, 200, form.contentType, form.one(object));
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
	await watch({store: cluster.store, shelf, namespace: address.namespace, query, form}, response);
}

/** How the client wants objects of this resource written. */
function formFor({address, cluster, query, request}: ResourceExchange, resource: ResourceType, of: Wanted['of']): Form {
	const include = (query.get('includeObject') || 'Metadata') as IncludeObject;
	const {now} = cluster.stage.clock;
	return negotiate(request.headers.accept, {resource, version: address.version, of, include, now});
}

import type {KubeObject, ResourceType} from '../model.ts';
import type {Shelf} from '../store.ts';
import type {ResourceExchange} from './exchange.ts';
import type {Form} from './forms/form.ts';
import type {IncludeObject} from './forms/table.ts';
import {awaitVersion, list} from './list.ts';
import {negotiate, type Wanted} from './negotiate.ts';
import {type ListQuery, parseListQuery} from './query.ts';
import {headersFor, send, sendPieces} from './respond.ts';
import {notFound} from './status.ts';
import {watch} from './watch.ts';

/** Answers with one object. */
export function readOne(exchange: ResourceExchange, shelf: Shelf): void {
	const object = find(exchange, shelf);
	if (!object) throw notFound(shelf.resource, exchange.address.name);
	sendObject(exchange, shelf, 200, object);
}

/** Answers with an object in the form the client wants. */
export function sendObject(exchange: ResourceExchange, {resource}: Shelf, status: number, object: KubeObject): void {
	const form = formFor(exchange, resource, 'one');
	send(exchange, status, form.contentType, form.one(object));
}

/** The object a request names. */
export function find({address, cluster}: ResourceExchange, {resource}: Shelf): KubeObject | undefined {
	const {compute} = resource;
	if (!compute) return cluster.stage.store.get(address);
	const isIt = ({metadata}: KubeObject) => metadata.name === address.name && (metadata.namespace ?? '') === address.namespace;
	return compute(cluster.stage).find(isIt);
}

/** Answers with a list or opens a watch. */
export async function readMany(exchange: ResourceExchange, shelf: Shelf): Promise<void> {
	const {address, cluster, query} = exchange;
	const asked = parseListQuery(query, shelf.resource);
	if (asked.isWatch) return openWatch(exchange, shelf, asked);
	await awaitVersion(cluster.stage.store, asked.resourceVersion);
	const form = formFor(exchange, shelf.resource, 'list');
	const {meta, items} = shelf.resource.compute
		? computed(exchange, shelf.resource, asked)
		: list(cluster.stage.store, shelf, address.namespace, asked);
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
	if (query.initialEvents) await awaitVersion(cluster.stage.store, query.resourceVersion);
	response.writeHead(200, headersFor(exchange, form.watchType));
	response.flushHeaders?.();
	await watch({store: cluster.stage.store, shelf, namespace: address.namespace, query, form}, response);
}

/** How the client wants objects of this resource written. */
export function formFor({address, cluster, query, request}: ResourceExchange, resource: ResourceType, of: Wanted['of']): Form {
	const include = (query.get('includeObject') || 'Metadata') as IncludeObject;
	const {now} = cluster.stage.clock;
	return negotiate(request.headers.accept, {resource, version: address.version, of, include, now});
}

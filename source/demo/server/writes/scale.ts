import {name, number, type Raw} from '../../../cluster/raw.ts';
import type {KubeObject} from '../../model.ts';
import type {Shelf} from '../../store.ts';
import {bodyType, type Json, readObject} from '../body.ts';
import type {ResourceExchange} from '../exchange.ts';
import {labelText} from '../forms/cells.ts';
import {notFound, unsupportedMediaType} from '../status.ts';
import {commit} from './commit.ts';
import {mergePatch} from './merge-patch.ts';

/** Answers the `scale` subresource: how many replicas are wanted and there. */
export async function scale(exchange: ResourceExchange, shelf: Shelf): Promise<object> {
	const {cluster, address, method} = exchange;
	const object = cluster.stage.store.get(address);
	if (!object) throw notFound(shelf.resource, address.name);
	if (method === 'GET') return scaleOf(object);
	if (method === 'PATCH' && bodyType(exchange) !== 'application/merge-patch+json') throw unsupportedMediaType();
	const body = (await readObject(exchange, 'Scale', 'application/json')) ?? {};
	const wanted = (method === 'PATCH' ? mergePatch(scaleOf(object), body) : body) as {spec?: {replicas?: number}};
	const spec = {...(object.spec as Json), replicas: wanted.spec?.replicas ?? 0};
	return scaleOf(commit(exchange, shelf, object, {...object, spec}, {part: 'object', operation: 'Update'}));
}

function scaleOf(object: KubeObject): object {
	const {spec, status} = object as unknown as Raw;
	const {name: scaled, namespace, uid, resourceVersion, creationTimestamp} = object.metadata;
	return {
		kind: 'Scale',
		apiVersion: 'autoscaling/v1',
		metadata: {name: scaled, namespace, uid, resourceVersion, creationTimestamp},
		spec: {replicas: number(spec?.replicas) ?? 1},
		status: {replicas: number(status?.replicas) ?? 0, selector: name(status?.selector) || labelText(spec?.selector?.matchLabels)},
	};
}

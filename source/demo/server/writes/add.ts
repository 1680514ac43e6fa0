import {randomUUID} from 'node:crypto';
import type {KubeObject} from '../../model.ts';
import {drawEnding} from '../../objects/identity.ts';
import {stamp} from '../../objects/time.ts';
import type {Shelf} from '../../store.ts';
import type {ResourceExchange} from '../exchange.ts';
import {alreadyExists, notFound, Refusal} from '../status.ts';
import {isGenerational, writer} from './commit.ts';
import {withDefaults} from './defaults.ts';
import {withManager} from './managed.ts';
import {isDryRun} from './options.ts';
import {validate} from './validate.ts';

/** Stores a new object with what the server adds to it; returns it as it is there. */
export function add(exchange: ResourceExchange, shelf: Shelf, body: KubeObject): KubeObject {
	const {cluster, address, query} = exchange;
	const {resource} = shelf;
	const {generateName} = body.metadata as {generateName?: string};
	const name = body.metadata.name || (generateName ? `${generateName}${drawEnding(Math.random)}` : '');
	const named = {...body, metadata: {...body.metadata, name}};
	if (resource.namespaced) requireNamespace(exchange);
	validate(resource, named);
	if (cluster.stage.store.get({...address, name})) throw alreadyExists(resource, name);
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
	return isDryRun(query) ? result : cluster.stage.store.put(result);
}

function requireNamespace({cluster, address}: ResourceExchange): void {
	const {namespace} = address;
	const found = cluster.stage.store.get({group: '', plural: 'namespaces', namespace: '', name: namespace});
	if (!found) throw notFound({group: '', plural: 'namespaces'}, namespace);
	if (found.metadata.deletionTimestamp === undefined) return;
	const message = `unable to create new content in namespace ${namespace} because it is being terminated`;
	const causes = [
		{reason: 'NamespaceTerminating', message: `namespace ${namespace} is being terminated`, field: 'metadata.namespace'},
	];
	throw new Refusal(403, 'Forbidden', message, {kind: address.plural, causes});
}

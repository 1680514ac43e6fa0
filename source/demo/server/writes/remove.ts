import {name, number, type Raw} from '../../../cluster/raw.ts';
import type {KubeObject} from '../../model.ts';
import {stamp} from '../../objects/time.ts';
import {referenceTo, type Shelf, type VersionedStore} from '../../store.ts';
import type {Cluster} from '../exchange.ts';
import {conflict, type Status} from '../status.ts';
import type {DeleteOptions} from './options.ts';

/** Seconds until a pod is gone, however long it was given. */
const longestGrace = 2;

/**
 * Deletes an object and what it owns. Returns what the server says: the object where it stays a while (pods in their
 * grace, namespaces, whatever has finalizers), else a Status.
 */
export function remove(cluster: Cluster, shelf: Shelf, object: KubeObject, options: DeleteOptions): KubeObject | Status {
	checkPreconditions(shelf, object, options);
	const grace = graceOf(shelf, object, options);
	const isNamespace = shelf.resource.plural === 'namespaces' && shelf.resource.group === '';
	const stays = grace > 0 || isNamespace || (object.metadata.finalizers?.length ?? 0) > 0;
	const leaving = stays ? markLeaving(cluster, object, grace, isNamespace) : object;
	if (options.dryRun) return stays ? leaving : success(shelf, object);

	// A second deletion finds it leaving and changes nothing, unless it has less patience.
	const written = stays && leaving !== object ? cluster.stage.store.put(leaving) : object;
	if (grace > 0) awaitKubelet(cluster, shelf, written, Math.min(grace, longestGrace));
	else if (isNamespace) cluster.stage.clock.after(1, () => emptyNamespace(cluster, object.metadata.name));
	else if (!stays) {
		cluster.stage.store.remove(referenceTo(shelf.resource, object));
		if (options.propagationPolicy !== 'Orphan') collect(cluster, object);
	}
	return stays || isPod(shelf) ? written : success(shelf, object);
}

const isPod = ({resource}: Shelf) => resource.plural === 'pods' && resource.group === '';

function checkPreconditions({resource}: Shelf, {metadata}: KubeObject, {preconditions = {}}: DeleteOptions): void {
	const {uid, resourceVersion} = preconditions;
	const named = {group: resource.group, plural: resource.kind};
	if (uid && uid !== metadata.uid) {
		const why = `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`;
		throw conflict(named, metadata.name, why);
	}
	if (resourceVersion && resourceVersion !== metadata.resourceVersion) {
		const why = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`;
		throw conflict(named, metadata.name, why);
	}
}

/** Only pods that run somewhere are given time. */
function graceOf(shelf: Shelf, object: KubeObject, {gracePeriodSeconds}: DeleteOptions): number {
	const {spec, status} = object as unknown as Raw;
	const isOver = ['Succeeded', 'Failed'].includes(name(status?.phase));
	if (!isPod(shelf) || name(spec?.nodeName) === '' || isOver) return 0;
	const own = number(spec?.terminationGracePeriodSeconds) ?? 30;
	return gracePeriodSeconds === undefined || gracePeriodSeconds < 0 ? own : gracePeriodSeconds;
}

function markLeaving({stage}: Cluster, object: KubeObject, grace: number, isNamespace: boolean): KubeObject {
	if (object.metadata.deletionTimestamp !== undefined) return object;
	const deletionTimestamp = stamp(stage.clock.now() + grace * 1000);
	const generation = object.metadata.generation === undefined ? {} : {generation: object.metadata.generation + 1};
	const metadata = {...object.metadata, ...generation, deletionTimestamp, deletionGracePeriodSeconds: grace};
	return {...object, metadata, ...(isNamespace ? {status: {phase: 'Terminating'}} : {})};
}

/** The kubelet ends the pod; a silent one never does. */
function awaitKubelet(cluster: Cluster, shelf: Shelf, pod: KubeObject, seconds: number): void {
	const {clock, store, silent} = cluster.stage;
	const where = referenceTo(shelf.resource, pod);
	clock.after(seconds, () => {
		const now = store.get(where);
		if (now?.metadata.uid !== pod.metadata.uid) return;
		if (silent.has(name((pod as unknown as Raw).spec?.nodeName))) awaitKubelet(cluster, shelf, pod, 5);
		else if ((now?.metadata.finalizers?.length ?? 0) > 0)
			store.change(where, draft => {
				draft.metadata.deletionGracePeriodSeconds = 0;
			});
		else store.remove(where);
	});
}

function emptyNamespace({stage: {store}}: Cluster, namespace: string): void {
	for (const shelf of store.shelves()) {
		if (!shelf.resource.namespaced) continue;
		for (const object of store.list(shelf.resource.group, shelf.resource.plural, namespace))
			store.remove(referenceTo(shelf.resource, object));
	}
	store.remove({group: '', plural: 'namespaces', namespace: '', name: namespace});
}

/** Garbage collection: what the object owned goes too, and what that owned. */
function collect(cluster: Cluster, owner: KubeObject): void {
	for (const [shelf, object] of ownedBy(cluster.stage.store, owner)) {
		const others = object.metadata.ownerReferences?.filter(reference => reference.uid !== owner.metadata.uid) ?? [];
		if (others.length === 0) remove(cluster, shelf, object, {dryRun: false});
	}
}

function ownedBy(store: VersionedStore, {metadata}: KubeObject): Array<[Shelf, KubeObject]> {
	return [...store.shelves()].flatMap(shelf =>
		[...shelf.objects.values()]
			.filter(object => object.metadata.ownerReferences?.some(reference => reference.uid === metadata.uid))
			.map((object): [Shelf, KubeObject] => [shelf, object]),
	);
}

function success({resource}: Shelf, {metadata}: KubeObject): Status {
	const details = {
		name: metadata.name,
		...(resource.group === '' ? {} : {group: resource.group}),
		kind: resource.plural,
		...(metadata.uid === undefined ? {} : {uid: metadata.uid}),
	};
	return {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details};
}

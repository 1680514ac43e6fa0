import type {KubeObject, Stage} from '../../model.ts';
import {engines} from '../../objects/longhorn/engine.ts';
import {longhorn} from '../../objects/longhorn/longhorn.ts';
import {type ReplicaObject, replica, replicas} from '../../objects/longhorn/replica.ts';
import {type StorageNodeObject, storageNodes} from '../../objects/longhorn/storage-node.ts';
import {shelf} from '../../objects/shelf.ts';
import {instantOf, stamp} from '../../objects/time.ts';
import {record} from '../events.ts';
import type {Managed} from './managed.ts';

const settings = shelf<KubeObject & {value?: string}>('longhorn.io', 'settings');

/** What a rebuild copies in five seconds over 2.5 GbE, with the volume in use. */
const bytesPerLook = 5 * 180e6;

/** The address a replica is rebuilt at; the engine reports progress under it. */
const addressOf = (copy: ReplicaObject) => `tcp://${copy.metadata.name}:10000`;

/** Copies that come back are brought up to date; those that stay away are replaced after the waiting time. */
export function startRebuilds(managed: Managed): void {
	const {stage, volume, up, now} = managed;
	const copies = replicas.all(stage.store).filter(({spec}) => spec.volumeName === volume.metadata.name);
	if (copies.some(isRebuilding) || copies.filter(({spec}) => spec.failedAt === '').length >= volume.spec.numberOfReplicas) return;
	const failed = copies.filter(({spec}) => spec.failedAt !== '');
	const back = failed.find(({spec}) => up.has(spec.nodeID));
	if (back) {
		revive(managed, back);
		return;
	}
	const waitMs =
		Number(settings.get(stage.store, 'replica-replenishment-wait-interval', longhorn.namespace)?.value ?? 600) * 1000;
	const due = failed.length === 0 || failed.some(({spec}) => now - instantOf(spec.failedAt) >= waitMs);
	const disk = due ? freeDisk(stage, managed, copies) : undefined;
	if (disk) replenish(managed, disk);
}

const isRebuilding = ({spec}: ReplicaObject) => spec.failedAt === '' && spec.healthyAt === '';

function revive({stage, engine}: Managed, copy: ReplicaObject): void {
	const fresh = replicas.change(stage.store, copy, draft => {
		draft.spec.failedAt = '';
		draft.spec.healthyAt = '';
		draft.status.currentState = 'running';
	});
	if (fresh) track(stage, engine.metadata, fresh, 80);
}

function replenish({stage, volume, engine, now}: Managed, {node, tag}: {node: string; tag: string}): void {
	const copy = replica({volume: volume.metadata.name, size: volume.spec.size, node, tag, createdAt: now, rebuilding: true});
	stage.store.put(copy);
	book(stage, copy, node, tag);
	track(stage, engine.metadata, copy, 0);
	const message = `Start rebuilding replica ${copy.metadata.name} on ${node} for volume ${volume.metadata.name}`;
	record(stage, {about: volume, type: 'Normal', reason: 'Rebuilding', message, from: 'longhorn-engine-controller', at: now});
}

/** A disk with the volume's tag, on a ready node without a copy, with room for it; the emptiest one. */
function freeDisk(
	{store}: Stage,
	{volume, up}: Managed,
	copies: readonly ReplicaObject[],
): {node: string; tag: string} | undefined {
	const occupied = new Set(copies.map(({spec}) => spec.nodeID));
	const [tag = ''] = volume.spec.diskSelector;
	const room = (node: StorageNodeObject) => {
		const status = node.status.diskStatus[`${node.metadata.name}-${tag}`];
		return status ? status.storageMaximum * 0.9 - status.storageScheduled - Number(volume.spec.size) : -1;
	};
	const [best] = storageNodes
		.all(store)
		.filter(({metadata}) => up.has(metadata.name) && !occupied.has(metadata.name))
		.filter(node => room(node) >= 0)
		.toSorted((a, b) => room(b) - room(a));
	return best && {node: best.metadata.name, tag};
}

/** Counts a copy among those scheduled on its disk. */
function book({store}: Stage, copy: ReplicaObject, node: string, tag: string): void {
	storageNodes.change(store, {metadata: {name: node, namespace: longhorn.namespace}}, draft => {
		const status = draft.status.diskStatus[`${node}-${tag}`];
		if (!status) return;
		const size = Number(copy.spec.volumeSize);
		status.scheduledReplica[copy.metadata.name] = size;
		status.storageScheduled += size;
	});
}

function track({store}: Stage, engine: Managed['engine']['metadata'], copy: ReplicaObject, progress: number): void {
	engines.change(store, {metadata: engine}, draft => {
		draft.status.rebuildStatus[addressOf(copy)] = {isRebuilding: true, progress, state: 'in_progress', error: ''};
	});
}

/** Moves every rebuild of a volume on; a finished one makes a good copy, and the failed one it replaces goes. */
export function stepRebuilds({stage, volume, engine, copies, now}: Managed): void {
	for (const copy of copies.filter(isRebuilding)) {
		const key = addressOf(copy);
		const step = Math.max(1, Math.round((100 * bytesPerLook) / Math.max(1, volume.status.actualSize)));
		const progress = Math.min(100, (engine.status.rebuildStatus[key]?.progress ?? 0) + step);
		engines.change(stage.store, engine, draft => {
			if (progress < 100) draft.status.rebuildStatus[key] = {isRebuilding: true, progress, state: 'in_progress', error: ''};
			else delete draft.status.rebuildStatus[key];
		});
		if (progress === 100) finish(stage, copy, copies, now);
	}
}

function finish(stage: Stage, copy: ReplicaObject, copies: readonly ReplicaObject[], now: number): void {
	replicas.change(stage.store, copy, draft => {
		draft.spec.healthyAt = stamp(now);
		draft.spec.lastHealthyAt = stamp(now);
	});
	const [replaced] = copies.filter(({spec}) => spec.failedAt !== '');
	if (replaced) replicas.remove(stage.store, replaced);
}

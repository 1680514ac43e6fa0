import type {Stage} from '../../model.ts';
import {attachments} from '../../objects/csi.ts';
import {engines} from '../../objects/longhorn/engine.ts';
import {longhorn} from '../../objects/longhorn/longhorn.ts';
import {replicas} from '../../objects/longhorn/replica.ts';
import {storageNodes} from '../../objects/longhorn/storage-node.ts';
import {type VolumeObject, volumes} from '../../objects/longhorn/volume.ts';
import {conditionOf, isReady, nodes} from '../../objects/node.ts';
import {pods} from '../../objects/pod.ts';
import {stamp} from '../../objects/time.ts';
import {record} from '../events.ts';
import type {Player} from '../player.ts';
import type {Managed} from './managed.ts';
import {judgeNode} from './node.ts';
import {startRebuilds, stepRebuilds} from './rebuild.ts';

/** Longhorn's managers: copies on a lost node fail, missing ones are rebuilt after a while, and every volume says how it is. */
export const longhornManager: Player = {
	name: 'Longhorn managers',
	every: 5,
	act: (stage, now) => {
		const {store} = stage;
		if (!isManaged(stage)) return;
		const ready = new Set(nodes.all(store).flatMap(node => (isReady(node) ? [node.metadata.name] : [])));
		for (const node of storageNodes.all(store)) judgeNode(stage, node, ready.has(node.metadata.name), now);
		const up = running(stage, ready);
		const copies = Map.groupBy(replicas.all(store), ({spec}) => spec.volumeName);
		const attachedTo = new Map(attachments.all(store).map(({spec}) => [spec?.source?.persistentVolumeName, spec?.nodeName]));
		for (const volume of volumes.all(store)) {
			const {name, namespace} = volume.metadata;
			const engine = engines.get(store, `${name}-e-0`, namespace);
			if (engine) manage({stage, volume, engine, copies: copies.get(name) ?? [], node: attachedTo.get(name) ?? '', up, now});
		}
	},
};

/** True while a manager runs; without one nothing is written, and everything stays as it was. */
export function isManaged({store}: Stage): boolean {
	const managers = pods.all(store, longhorn.namespace).filter(({metadata}) => metadata.labels?.app === 'longhorn-manager');
	return managers.some(pod => conditionOf(pod, 'Ready')?.status === 'True');
}

/** The ready nodes whose instance manager runs: elsewhere there are neither engines nor copies. */
function running({store}: Stage, ready: ReadonlySet<string>): ReadonlySet<string> {
	const hosts = pods
		.all(store, longhorn.namespace)
		.filter(({metadata}) => metadata.labels?.['longhorn.io/component'] === 'instance-manager');
	const well = hosts.filter(pod => conditionOf(pod, 'Ready')?.status === 'True').map(({spec}) => spec.nodeName ?? '');
	return new Set(well.filter(node => ready.has(node)));
}

function manage(managed: Managed): void {
	const {node, up} = managed;
	if (node === '') settle(managed, {state: 'detached', robustness: 'unknown', engine: 'stopped', modes: {}});
	// Nobody knows what an engine on a lost node does: Longhorn says unknown, and leaves its copies alone.
	else if (!up.has(node))
		settle(managed, {state: 'attached', robustness: 'unknown', engine: 'unknown', modes: managed.engine.status.replicaModeMap});
	else attend(managed);
}

function attend(managed: Managed): void {
	const {stage, engine, copies, up, now} = managed;
	for (const copy of copies) {
		if (copy.spec.failedAt !== '' || up.has(copy.spec.nodeID)) continue;
		replicas.change(stage.store, copy, draft => {
			draft.spec.failedAt = stamp(now);
			draft.spec.lastFailedAt = stamp(now);
			draft.status.currentState = 'stopped';
		});
	}
	stepRebuilds(managed);
	startRebuilds(managed);
	const fresh = replicas.all(stage.store).filter(({spec}) => spec.volumeName === engine.spec.volumeName && spec.failedAt === '');
	const modes = Object.fromEntries(fresh.map(({metadata, spec}) => [metadata.name, spec.healthyAt === '' ? 'WO' : 'RW']));
	const good = Object.values(modes).filter(mode => mode === 'RW').length;
	const wanted = managed.volume.spec.numberOfReplicas;
	settle(managed, {
		state: 'attached',
		robustness: good >= wanted ? 'healthy' : good > 0 ? 'degraded' : 'faulted',
		engine: 'running',
		modes,
	});
}

type Verdict = {
	readonly state: string;
	readonly robustness: string;
	readonly engine: string;
	readonly modes: Record<string, string>;
};

function settle({stage, volume, engine, node, now}: Managed, verdict: Verdict): void {
	const {state, robustness, modes} = verdict;
	const before = volume.status;
	if (before.state !== state || before.robustness !== robustness || before.currentNodeID !== node) {
		volumes.change(stage.store, volume, draft => {
			draft.spec.nodeID = node;
			Object.assign(draft.status, {state, robustness, currentNodeID: node});
			if (robustness === 'degraded') draft.status.lastDegradedAt = stamp(now);
		});
		if (before.robustness !== robustness && state !== 'detached') announce(stage, volume, robustness, now);
	}
	const same =
		engine.status.currentState === verdict.engine && JSON.stringify(engine.status.replicaModeMap) === JSON.stringify(modes);
	if (same && engine.spec.nodeID === node) return;
	engines.change(stage.store, engine, draft => {
		draft.spec.nodeID = node;
		draft.status.currentState = verdict.engine;
		draft.status.replicaModeMap = modes;
	});
}

function announce(stage: Stage, volume: VolumeObject, robustness: string, at: number): void {
	const {name} = volume.metadata;
	const well = robustness === 'healthy';
	const message = well ? `volume ${name} became healthy` : `volume ${name} became ${robustness}`;
	const reason = `${robustness.slice(0, 1).toUpperCase()}${robustness.slice(1)}`;
	record(stage, {about: volume, type: well ? 'Normal' : 'Warning', reason, message, from: 'longhorn-volume-controller', at});
}

import type {KubeObject, Scenario, Stage} from '../model.ts';
import {claims} from '../objects/claim.ts';
import {engines} from '../objects/longhorn/engine.ts';
import {longhorn} from '../objects/longhorn/longhorn.ts';
import {replicas} from '../objects/longhorn/replica.ts';
import {type VolumeObject, volumes} from '../objects/longhorn/volume.ts';
import {claimsOf, type PodObject, pods} from '../objects/pod.ts';
import {services} from '../objects/service.ts';
import {shelf} from '../objects/shelf.ts';
import {day, stamp} from '../objects/time.ts';
import {schedules} from '../objects/velero/schedule.ts';
import {veleroNamespace, veleroObject} from '../objects/velero/velero.ts';
import {startBackup} from '../players/velero.ts';

const tier = 'tier-0';
const uploads = shelf<KubeObject & {status?: object}>('velero.io', 'podvolumebackups');

/** No moment for a drain: data is on its way to a backup, a copy is being rebuilt, and an address hangs on one node. */
export const maintenance: Scenario = {
	id: 'maintenance',
	title: 'No moment for a drain',
	description: 'a backup of tier-0 uploads volumes and a copy is being rebuilt; adguard-home is answered for by one node alone',
	worlds: ['homelab'],
	steps: [
		{at: (-9 * day) / 1000, what: 'adguard-home is told to keep the addresses of who asks', act: keepLocal},
		{at: -8, what: 'a copy of the largest volume is rebuilt', act: rebuildCopy},
		{at: -6, what: 'a backup of tier-0 begins', act: backUp},
		{at: 90, what: 'its uploads are done', act: finishUploads},
	],
};

function keepLocal({store}: Stage): void {
	services.change(store, {metadata: {namespace: 'network', name: 'adguard-home'}}, draft => {
		draft.spec = {...draft.spec, externalTrafficPolicy: 'Local'};
	});
}

const sizeOf = ({status}: VolumeObject) => status.actualSize;

/** Back from a restart of its process, and brought up to date. */
function rebuildCopy({store}: Stage, at: number): void {
	const attached = volumes.all(store).filter(({status}) => status.state === 'attached');
	const [largest] = attached.toSorted((a, b) => sizeOf(b) - sizeOf(a));
	const copy = replicas.all(store).find(({spec}) => spec.volumeName === largest?.metadata.name);
	if (largest === undefined || copy === undefined) return;
	const {name} = copy.metadata;
	replicas.change(store, copy, draft => {
		draft.spec.healthyAt = '';
	});
	volumes.change(store, largest, draft => {
		Object.assign(draft.status, {robustness: 'degraded', lastDegradedAt: stamp(at)});
	});
	engines.change(store, {metadata: {name: `${largest.metadata.name}-e-0`, namespace: longhorn.namespace}}, draft => {
		draft.status.replicaModeMap[name] = 'WO';
		draft.status.rebuildStatus[`tcp://${name}:10000`] = {isRebuilding: true, progress: 40, state: 'in_progress', error: ''};
	});
}

/** The pods of a tier whose volumes are uploaded where they run. */
function uploaded({store}: Stage, namespaces: readonly string[]): readonly PodObject[] {
	const known = new Set(claims.all(store).map(({metadata}) => `${metadata.namespace}/${metadata.name}`));
	return pods
		.all(store)
		.filter(({metadata}) => namespaces.includes(metadata.namespace ?? ''))
		.filter(pod => claimsOf(pod).some(claim => known.has(`${pod.metadata.namespace}/${claim}`)));
}

/** So many are uploaded at once. */
const atOnce = 4;

function backUp(stage: Stage, at: number): void {
	const schedule = schedules.get(stage.store, tier, veleroNamespace);
	if (schedule === undefined) return;
	const {metadata} = startBackup(stage, schedule, at);
	const busy = uploaded(stage, schedule.spec.template.includedNamespaces ?? []).slice(0, atOnce);
	for (const [index, pod] of busy.entries()) {
		const {namespace, name, uid} = pod.metadata;
		const [volume = ''] = claimsOf(pod);
		const body = {
			spec: {
				node: pod.spec.nodeName,
				pod: {kind: 'Pod', namespace, name, uid},
				volume,
				uploaderType: 'kopia',
				backupStorageLocation: 'default',
			},
			status: {
				phase: 'InProgress',
				startTimestamp: stamp(at),
				progress: {totalBytes: 2_400_000_000, bytesDone: 130_000_000 * (index + 1)},
			},
		};
		stage.store.put(veleroObject('PodVolumeBackup', {name: `${metadata.name}-${index}`, createdAt: at}, body));
	}
}

function finishUploads({store}: Stage, at: number): void {
	for (const upload of uploads.all(store)) {
		uploads.change(store, upload, draft => {
			draft.status = {...draft.status, phase: 'Completed', completionTimestamp: stamp(at)};
		});
	}
}

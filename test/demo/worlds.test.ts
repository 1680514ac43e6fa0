import {describe, expect, it} from 'vitest';
import {worlds} from '../../source/demo/catalog.ts';
import type {KubeObject} from '../../source/demo/model.ts';
import {claims, persistentVolumes} from '../../source/demo/objects/claim.ts';
import {attachments} from '../../source/demo/objects/csi.ts';
import {endpointSlices} from '../../source/demo/objects/endpoints.ts';
import {leases} from '../../source/demo/objects/lease.ts';
import {engines} from '../../source/demo/objects/longhorn/engine.ts';
import {replicas} from '../../source/demo/objects/longhorn/replica.ts';
import {storageNodes} from '../../source/demo/objects/longhorn/storage-node.ts';
import {volumes} from '../../source/demo/objects/longhorn/volume.ts';
import {conditionOf, nodes} from '../../source/demo/objects/node.ts';
import {claimsOf, pods} from '../../source/demo/objects/pod.ts';
import {revisions} from '../../source/demo/objects/revision.ts';
import {services} from '../../source/demo/objects/service.ts';
import {backups} from '../../source/demo/objects/velero/backup.ts';
import {schedules} from '../../source/demo/objects/velero/schedule.ts';
import {webhookConfigurations} from '../../source/demo/objects/webhook.ts';
import {deployments, replicaSets, revisionOf, templateHash} from '../../source/demo/objects/workload.ts';
import {freeOn} from '../../source/demo/players/fit.ts';
import {opening, type Rehearsal, rehearse} from './rehearsal.ts';

const everything = ({store}: Rehearsal['stage']): readonly KubeObject[] =>
	store.resources().flatMap(({group, plural}) => store.list(group, plural));

const sorted = (names: Iterable<string | undefined>) => [...names].map(String).toSorted();

/** Times that objects carry, wherever they are in it. */
function times(value: unknown, found: string[] = []): string[] {
	if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) found.push(value);
	else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) times(each, found);
	return found;
}

describe.each(worlds)('the world $id', world => {
	const {stage} = rehearse(world);
	const {store} = stage;

	it('has valid names, uids and times, and nobody twice', () => {
		const uids = new Set<string>();
		for (const {kind, metadata, ...rest} of everything(stage)) {
			expect(metadata.name, kind).toMatch(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/);
			expect(metadata.uid, `${kind} ${metadata.name}`).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
			expect(uids.has(metadata.uid ?? ''), `${kind} ${metadata.name}`).toBe(false);
			uids.add(metadata.uid ?? '');
			for (const time of times([metadata, rest])) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$/);
			expect(Date.parse(metadata.creationTimestamp ?? '')).toBeLessThanOrEqual(opening);
			for (const [key, value] of Object.entries(metadata.labels ?? {}))
				expect(value, key).toMatch(/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/);
		}
	});

	it('has every owner and every namespace that is named', () => {
		const all = everything(stage);
		const uids = new Set(all.map(({metadata}) => metadata.uid));
		const namespaces = new Set(store.list('', 'namespaces').map(({metadata}) => metadata.name));
		for (const {kind, metadata} of all) {
			for (const owner of metadata.ownerReferences ?? [])
				expect(uids.has(owner.uid), `${kind} ${metadata.name} owned by ${owner.kind}`).toBe(true);
			if (metadata.namespace !== undefined) expect(namespaces, `${kind} ${metadata.name}`).toContain(metadata.namespace);
		}
	});

	it('is healthy: nodes ready, pods running, claims bound, backups completed', () => {
		expect(nodes.all(store).map(node => conditionOf(node, 'Ready')?.status)).toEqual(nodes.all(store).map(() => 'True'));
		expect(pods.all(store).filter(pod => conditionOf(pod, 'Ready')?.status !== 'True')).toEqual([]);
		expect(claims.all(store).filter(({status}) => status?.phase !== 'Bound')).toEqual([]);
		expect(backups.all(store).filter(({status}) => status?.phase !== 'Completed')).toEqual([]);
	});

	it('has room for its pods, each on a node that takes it', () => {
		for (const node of nodes.all(store)) {
			for (const [resource, left] of Object.entries(freeOn(node, pods.all(store)))) {
				expect(left, `${resource} on ${node.metadata.name}`).toBeGreaterThanOrEqual(0);
			}
			for (const pod of pods.all(store).filter(({spec}) => spec.nodeName === node.metadata.name)) {
				expect(node.metadata.labels, pod.metadata.name).toMatchObject(pod.spec.nodeSelector ?? {});
			}
		}
	});

	it('mounts only claims that exist, attached where the pod runs', () => {
		for (const pod of pods.all(store)) {
			for (const name of claimsOf(pod)) {
				const claim = claims.get(store, name, pod.metadata.namespace);
				expect(claim, `${pod.metadata.namespace}/${name}`).toBeDefined();
				const volume = persistentVolumes.get(store, claim?.spec?.volumeName ?? '');
				expect(volume?.spec?.claimRef).toMatchObject({namespace: pod.metadata.namespace, name});
				if (!volume?.spec?.csi || volume.spec.csi.driver === 'nfs.csi.k8s.io') continue;
				const at = attachments.all(store).filter(({spec}) => spec?.source?.persistentVolumeName === volume.metadata.name);
				expect(at.map(({spec}) => spec?.nodeName)).toContain(pod.spec.nodeName);
			}
		}
		for (const {spec} of claims.all(store)) {
			expect(sorted(store.list('storage.k8s.io', 'storageclasses').map(({metadata}) => metadata.name))).toContain(
				spec?.storageClassName,
			);
		}
	});

	it('has at least one backup within each schedule’s period', () => {
		for (const {metadata, status} of schedules.all(store)) {
			const own = backups.all(store).filter(backup => backup.metadata.labels?.['velero.io/schedule-name'] === metadata.name);
			expect(own.length).toBeGreaterThan(3);
			expect(status?.lastBackup).toBe(sorted(own.map(each => each.metadata.creationTimestamp)).at(-1));
		}
	});

	it('knows what its workloads were before: one ReplicaSet or revision in use, older ones left', () => {
		const sets = Map.groupBy(replicaSets.all(store), ({metadata}) => metadata.ownerReferences?.[0]?.uid);
		for (const deployment of deployments.all(store)) {
			const own = (sets.get(deployment.metadata.uid) ?? []).toSorted((one, other) => revisionOf(other) - revisionOf(one));
			const [current, ...older] = own;
			expect(revisionOf(deployment)).toBe(own.length);
			expect(current?.spec?.replicas).toBe(deployment.spec?.replicas);
			expect(current?.metadata.labels?.['pod-template-hash']).toBe(templateHash(deployment));
			expect(older.filter(({spec, status}) => spec?.replicas !== 0 || status?.replicas !== 0)).toEqual([]);
			const times = own.map(({metadata}) => metadata.creationTimestamp);
			expect(times).toEqual(sorted(times).reverse());
			const conditions = deployment.status?.conditions as Array<{type: string; status: string; lastTransitionTime: string}>;
			expect(conditions.map(({type, status}) => [type, status])).toEqual([
				['Available', 'True'],
				['Progressing', 'True'],
			]);
		}
		const revised = new Set(revisions.all(store).map(({metadata}) => metadata.labels?.['controller-revision-hash']));
		for (const {metadata} of pods.all(store)) {
			const hash = metadata.labels?.['controller-revision-hash'];
			if (hash !== undefined) expect(revised, metadata.name).toContain(hash);
		}
	});

	it('has somebody behind every service, its DNS, its API server and every webhook among them', () => {
		const answering = endpointSlices
			.all(store)
			.filter(({endpoints}) => endpoints.some(({conditions}) => conditions.ready))
			.map(({metadata}) => `${metadata.namespace}/${metadata.labels?.['kubernetes.io/service-name']}`);
		const served = services.all(store).map(({metadata}) => `${metadata.namespace}/${metadata.name}`);
		expect(sorted(answering)).toEqual(sorted(served));
		expect(served).toEqual(expect.arrayContaining(['default/kubernetes', 'kube-system/kube-dns', 'kube-system/metrics-server']));
		const asked = webhookConfigurations.flatMap(shelf => shelf.all(store).flatMap(({webhooks}) => webhooks)) as ReadonlyArray<{
			clientConfig: {service: {namespace: string; name: string}};
		}>;
		expect(asked.length).toBeGreaterThan(0);
		for (const {clientConfig} of asked)
			expect(served).toContain(`${clientConfig.service.namespace}/${clientConfig.service.name}`);
	});

	it('holds its elections, each won on a node that is there', () => {
		const elections = leases.all(store, 'kube-system');
		expect(sorted(elections.map(({metadata}) => metadata.name))).toEqual(
			expect.arrayContaining(['cilium-operator-resource-lock', 'kube-controller-manager', 'kube-scheduler']),
		);
		const names = nodes.all(store).map(({metadata}) => metadata.name);
		for (const {spec} of elections) expect(names.some(name => spec?.holderIdentity?.startsWith(name))).toBe(true);
	});

	it('stays as it is for an hour', () => {
		const played = rehearse(world);
		const workloads = () =>
			played.stage.store
				.resources()
				.flatMap(({group, plural}) => (group === 'apps' ? played.stage.store.list(group, plural) : []));
		const versions = sorted(workloads().map(({metadata}) => metadata.resourceVersion));
		const before = sorted(pods.all(played.stage.store).map(({metadata}) => metadata.uid));
		played.advance(3600);
		expect(sorted(pods.all(played.stage.store).map(({metadata}) => metadata.uid))).toEqual(before);
		expect(sorted(workloads().map(({metadata}) => metadata.resourceVersion))).toEqual(versions);
		expect(pods.all(played.stage.store).filter(pod => pod.status?.phase !== 'Running')).toEqual([]);
		expect(played.stage.store.list('', 'events').filter(event => event.type === 'Warning')).toEqual([]);
	});
});

describe('the world homelab', () => {
	const [homelab] = worlds;
	if (!homelab) throw new Error('There is no world.');
	const {stage} = rehearse(homelab);
	const {store} = stage;

	it('is the one of the users’ page', () => {
		expect(sorted(nodes.all(store).map(({metadata}) => metadata.name))).toEqual([
			'gpu-1',
			'nas-1',
			'nuc-1',
			'nuc-2',
			'nuc-3',
			'pi4-1',
			'pi4-2',
			'ryzen-1',
		]);
		expect(nodes.all(store).filter(node => conditionOf(node, 'EtcdIsVoter')?.status === 'True')).toHaveLength(3);
		expect(pods.all(store).length).toBeGreaterThan(90);
		expect(persistentVolumes.all(store)).toHaveLength(33);
		expect(sorted(schedules.all(store).map(({metadata}) => metadata.name))).toEqual(['tier-0', 'tier-1', 'tier-2']);
		expect(store.list('cilium.io', 'ciliumbgpnodeconfigs')).toHaveLength(7);
	});

	it('agrees with itself about every Longhorn volume', () => {
		for (const volume of volumes.all(store)) {
			const {name, namespace} = volume.metadata;
			const copies = replicas.all(store).filter(({spec}) => spec.volumeName === name);
			const engine = engines.get(store, `${name}-e-0`, namespace);
			expect(persistentVolumes.get(store, name)?.spec?.csi?.volumeHandle).toBe(name);
			expect(copies).toHaveLength(volume.spec.numberOfReplicas);
			expect(new Set(copies.map(({spec}) => spec.nodeID)).size).toBe(copies.length);
			const attached = volume.status.state === 'attached';
			expect(sorted(Object.keys(engine?.status.replicaModeMap ?? {}))).toEqual(
				attached ? sorted(copies.map(({metadata}) => metadata.name)) : [],
			);
			const at = attachments.all(store).find(({spec}) => spec?.source?.persistentVolumeName === name)?.spec?.nodeName ?? '';
			expect([volume.status.currentNodeID, engine?.spec.nodeID]).toEqual([at, at]);
		}
	});

	it('agrees with itself about every Longhorn disk', () => {
		const placed = storageNodes
			.all(store)
			.flatMap(({status}) => Object.values(status.diskStatus).flatMap(disk => Object.keys(disk.scheduledReplica)));
		expect(sorted(placed)).toEqual(sorted(replicas.all(store).map(({metadata}) => metadata.name)));
		for (const {spec, status} of storageNodes.all(store)) {
			for (const [name, disk] of Object.entries(status.diskStatus)) {
				expect(disk.storageScheduled).toBeLessThan(disk.storageMaximum - (spec.disks[name]?.storageReserved ?? 0));
				expect(disk.storageAvailable / disk.storageMaximum).toBeGreaterThan(0.25);
			}
		}
	});
});

import {describe, expect, it} from 'vitest';
import {worlds} from '../../source/demo/catalog.ts';
import type {KubeObject, Stage} from '../../source/demo/model.ts';
import {apiServices} from '../../source/demo/objects/api-service.ts';
import {nodeConfigs} from '../../source/demo/objects/cilium/node-config.ts';
import {clusterConfigs} from '../../source/demo/objects/cilium/peering.ts';
import {pools} from '../../source/demo/objects/cilium/pool.ts';
import {endpointSlices} from '../../source/demo/objects/endpoints.ts';
import {snapshots} from '../../source/demo/objects/etcd-snapshot.ts';
import {leases, nodeLeases} from '../../source/demo/objects/lease.ts';
import {engines} from '../../source/demo/objects/longhorn/engine.ts';
import {replicas} from '../../source/demo/objects/longhorn/replica.ts';
import {volumes} from '../../source/demo/objects/longhorn/volume.ts';
import {conditionOf, nodes} from '../../source/demo/objects/node.ts';
import {pods} from '../../source/demo/objects/pod.ts';
import {revisions} from '../../source/demo/objects/revision.ts';
import {service, services, tcp} from '../../source/demo/objects/service.ts';
import {backups} from '../../source/demo/objects/velero/backup.ts';
import {locations} from '../../source/demo/objects/velero/location.ts';
import {schedules} from '../../source/demo/objects/velero/schedule.ts';
import {daemonSets, deployments, replicaSets, statefulSets} from '../../source/demo/objects/workload.ts';
import {leave} from '../../source/demo/players/leave.ts';
import {startBackup} from '../../source/demo/players/velero.ts';
import {rehearse} from './rehearsal.ts';

const [homelab] = worlds;
if (!homelab) throw new Error('There is no world.');
const start = () => rehearse(homelab);

/** The pods of a workload by the start of their names. */
const podsOf = ({store}: Stage, namespace: string, workload: string) =>
	pods.all(store, namespace).filter(({metadata}) => metadata.name.startsWith(`${workload}-`));

function only<T>(list: readonly T[]): T {
	const [first] = list;
	if (first === undefined || list.length > 1) throw new Error(`One was expected, there are ${list.length}.`);
	return first;
}

const isReady = (stage: Stage, node: string) => {
	const found = nodes.get(stage.store, node);
	return found && conditionOf(found, 'Ready')?.status;
};

/** What is served in place of stored objects. */
function computed({store, ...stage}: Stage, plural: string): readonly KubeObject[] {
	const resource = store.resources().find(each => each.group === 'metrics.k8s.io' && each.plural === plural);
	return resource?.compute?.({store, ...stage}) ?? [];
}

describe('kubelets', () => {
	it('renew their leases every ten seconds', () => {
		const {stage, advance, now} = start();
		const seen = new Set<string>();
		for (const _ of Array.from({length: 60})) {
			advance(1);
			const lease = leases.get(stage.store, 'nuc-1', nodeLeases);
			expect(now() - Date.parse(lease?.spec?.renewTime ?? '')).toBeLessThan(12_000);
			seen.add(lease?.spec?.renewTime ?? '');
		}
		expect(seen.size).toBeGreaterThanOrEqual(6);
		expect(seen.size).toBeLessThanOrEqual(7);
	});

	it('report within five minutes, and keep their transitions', () => {
		const {stage, advance, now} = start();
		const before = nodes.get(stage.store, 'pi4-1')?.status?.conditions?.map(({lastTransitionTime}) => lastTransitionTime);
		advance(900);
		const node = nodes.get(stage.store, 'pi4-1');
		expect(now() - Date.parse((node && conditionOf(node, 'Ready')?.lastHeartbeatTime) ?? '')).toBeLessThan(320_000);
		expect(node?.status?.conditions?.map(({lastTransitionTime}) => lastTransitionTime)).toEqual(before);
	});
});

describe('a kubelet that is asked', () => {
	it('is well, and tells how much of their volumes its pods use', () => {
		const {stage} = start();
		const ask = (path: string) => {
			const answer = stage.proxies.get('nodes/nuc-3')?.(path);
			return typeof answer === 'object' ? answer : undefined;
		};
		expect(ask('/healthz')).toMatchObject({status: 200, body: 'ok'});
		expect(ask('/none')?.status).toBe(404);
		const {node, pods: told} = JSON.parse(ask('/stats/summary')?.body ?? '') as {
			node: {nodeName: string; fs: {availableBytes: number}};
			pods: ReadonlyArray<{podRef: {name: string}; volume: ReadonlyArray<Record<string, unknown>>}>;
		};
		expect(node.nodeName).toBe('nuc-3');
		expect(node.fs.availableBytes).toBeGreaterThan(0);
		const grafana = told.find(({podRef}) => podRef.name.startsWith('grafana-'));
		expect(grafana?.volume).toMatchObject([{pvcRef: {namespace: 'monitoring', name: 'grafana'}, capacityBytes: 10 * 2 ** 30}]);
	});
});

describe('a node that falls silent', () => {
	it('is doubted after fifty seconds, and trusted again when it speaks', () => {
		const {stage, advance} = start();
		stage.silent.add('pi4-1');
		advance(40);
		expect(isReady(stage, 'pi4-1')).toBe('True');
		advance(30);
		expect(isReady(stage, 'pi4-1')).toBe('Unknown');
		stage.silent.delete('pi4-1');
		advance(20);
		expect(isReady(stage, 'pi4-1')).toBe('True');
		expect(podsOf(stage, 'network', 'adguard-home').map(pod => conditionOf(pod, 'Ready')?.status)).toEqual(['True']);
	});

	it('has no metrics, and its exporter does not answer', () => {
		const {stage, advance} = start();
		const names = () => computed(stage, 'nodes').map(({metadata}) => metadata.name);
		expect(names()).toContain('gpu-1');
		stage.silent.add('gpu-1');
		advance(15);
		expect(names()).not.toContain('gpu-1');
		const exporters = [...stage.proxies].filter(([key]) => key.startsWith('pods/'));
		expect(exporters.map(([, answer]) => answer('/metrics'))).toEqual(['hang']);
	});
});

describe('workloads', () => {
	it('get another pod where one is deleted, running within half a minute', () => {
		const {stage, advance, now} = start();
		const before = only(podsOf(stage, 'apps', 'vaultwarden'));
		leave(stage, before, now());
		advance(30);
		const after = only(podsOf(stage, 'apps', 'vaultwarden'));
		expect(after.metadata.name).not.toBe(before.metadata.name);
		expect(after.status?.phase).toBe('Running');
	});

	it('keep the name of a StatefulSet’s pod, never two of it', () => {
		const {stage, advance, now} = start();
		const before = only(podsOf(stage, 'monitoring', 'loki'));
		leave(stage, before, now());
		advance(1);
		only(podsOf(stage, 'monitoring', 'loki'));
		advance(30);
		const after = only(podsOf(stage, 'monitoring', 'loki'));
		expect(after.metadata.name).toBe('loki-0');
		expect(after.metadata.uid).not.toBe(before.metadata.uid);
		expect(statefulSets.get(stage.store, 'loki', 'monitoring')?.status?.readyReplicas).toBe(1);
	});

	it('scale, and roll out a new template', () => {
		const {stage, advance} = start();
		const where = {metadata: {name: 'traefik', namespace: 'network'}};
		const sets = () => replicaSets.all(stage.store, 'network').filter(({metadata}) => metadata.name.startsWith('traefik-'));
		const before = sets().length;
		deployments.change(stage.store, where, draft => {
			draft.spec = {...draft.spec, replicas: 3};
		});
		advance(30);
		expect(podsOf(stage, 'network', 'traefik')).toHaveLength(3);
		deployments.change(stage.store, where, draft => {
			const annotations = {'kubectl.kubernetes.io/restartedAt': '2026-11-21T02:15:00Z'};
			if (draft.spec?.template) draft.spec.template.metadata.annotations = annotations;
		});
		advance(60);
		expect(podsOf(stage, 'network', 'traefik').map(({metadata}) => metadata.annotations)).toEqual(
			Array.from({length: 3}, () => ({'kubectl.kubernetes.io/restartedAt': '2026-11-21T02:15:00Z'})),
		);
		expect(sets()).toHaveLength(before + 1);
		expect(sets().filter(({spec}) => spec?.replicas !== 0)).toHaveLength(1);
		expect(deployments.get(stage.store, 'traefik', 'network')?.status).toMatchObject({readyReplicas: 3, replicas: 3});
	});

	it('replace the pods of a DaemonSet as fast as it lets them, and record the template', () => {
		const {stage, advance} = start();
		const release = (name: string, tag: string) =>
			daemonSets.change(stage.store, {metadata: {name, namespace: 'longhorn-system'}}, draft => {
				for (const container of draft.spec?.template?.spec.containers ?? [])
					container.image = container.image.replace(/:.*$/, `:${tag}`);
			});
		const images = (name: string) => podsOf(stage, 'longhorn-system', name).map(({spec}) => spec.containers[0]?.image);
		const records = () =>
			revisions.all(stage.store, 'longhorn-system').filter(({metadata}) => metadata.name.startsWith('longhorn-'));
		const before = records().length;
		release('longhorn-manager', 'v1.9.3');
		release('longhorn-csi-plugin', 'v1.9.3');
		advance(25);
		expect(new Set(images('longhorn-manager'))).toEqual(new Set(['docker.io/longhornio/longhorn-manager:v1.9.3']));
		expect(new Set(images('longhorn-csi-plugin')).size).toBe(2);
		advance(120);
		expect(new Set(images('longhorn-csi-plugin'))).toEqual(new Set(['docker.io/longhornio/longhorn-manager:v1.9.3']));
		expect(records()).toHaveLength(before + 2);
		expect(daemonSets.get(stage.store, 'longhorn-csi-plugin', 'longhorn-system')?.status).toMatchObject({
			updatedNumberScheduled: 6,
			numberReady: 6,
		});
	});

	it('replace the pod of a StatefulSet by one of its new template', () => {
		const {stage, advance} = start();
		statefulSets.change(stage.store, {metadata: {name: 'loki', namespace: 'monitoring'}}, draft => {
			for (const container of draft.spec?.template?.spec.containers ?? []) container.image = 'docker.io/grafana/loki:3.6.0';
		});
		advance(40);
		expect(only(podsOf(stage, 'monitoring', 'loki')).spec.containers[0]?.image).toBe('docker.io/grafana/loki:3.6.0');
		expect(statefulSets.get(stage.store, 'loki', 'monitoring')?.status).toMatchObject({readyReplicas: 1, updatedReplicas: 1});
	});

	it('go back to an older template as to a new one', () => {
		const {stage, advance} = start();
		const where = {metadata: {name: 'oauth2-proxy', namespace: 'auth'}};
		const deployment = () => deployments.get(stage.store, 'oauth2-proxy', 'auth');
		const setImage = (image: string) => {
			deployments.change(stage.store, where, draft => {
				for (const container of draft.spec?.template?.spec.containers ?? []) container.image = image;
			});
			advance(60);
		};
		const before = deployment();
		const image = before?.spec?.template?.spec.containers[0]?.image ?? '';
		setImage('quay.io/oauth2-proxy/oauth2-proxy:v7.14.0');
		setImage(image);
		expect(deployment()?.metadata.annotations).toEqual({
			...before?.metadata.annotations,
			'deployment.kubernetes.io/revision': `${Number(before?.metadata.annotations?.['deployment.kubernetes.io/revision']) + 2}`,
		});
		const pod = only(podsOf(stage, 'auth', 'oauth2-proxy').filter(({metadata}) => !metadata.deletionTimestamp));
		expect(pod.spec.containers[0]?.image).toBe(image);
	});

	it('wait where no node can take them, with the scheduler’s words', () => {
		const {stage, advance, now} = start();
		nodes.change(stage.store, {metadata: {name: 'gpu-1'}}, draft => {
			draft.spec = {...draft.spec, unschedulable: true};
		});
		leave(stage, only(podsOf(stage, 'ai', 'ollama')), now());
		advance(20);
		const pod = only(podsOf(stage, 'ai', 'ollama'));
		expect(pod.status?.phase).toBe('Pending');
		const why = '1 node(s) were unschedulable, 6 Insufficient memory, 7 Insufficient nvidia.com/gpu';
		const message = `0/8 nodes are available: ${why}. preemption: 0/8 nodes are available: 8 Preemption is not helpful for scheduling.`;
		expect(conditionOf(pod, 'PodScheduled')?.message).toBe(message);
	});

	it('stay with their node’s own disk', () => {
		const {stage, advance, now} = start();
		nodes.change(stage.store, {metadata: {name: 'nuc-3'}}, draft => {
			draft.spec = {...draft.spec, unschedulable: true};
		});
		leave(stage, only(podsOf(stage, 'monitoring', 'prometheus-main')), now());
		advance(20);
		const pod = only(podsOf(stage, 'monitoring', 'prometheus-main'));
		expect(conditionOf(pod, 'PodScheduled')?.message).toContain("node(s) didn't match PersistentVolume's node affinity");
	});

	it('take their endpoints along', () => {
		const {stage, advance, now} = start();
		const addresses = () =>
			endpointSlices
				.all(stage.store, 'media')
				.filter(({metadata}) => metadata.labels?.['kubernetes.io/service-name'] === 'jellyfin')
				.flatMap(({endpoints}) => endpoints.filter(({conditions}) => conditions.ready).map(({targetRef}) => targetRef?.name));
		const [before] = addresses();
		leave(stage, only(podsOf(stage, 'media', 'jellyfin')), now());
		advance(4);
		expect(addresses()).toEqual([]);
		advance(30);
		expect(addresses()).toHaveLength(1);
		expect(addresses()).not.toContain(before);
	});
});

describe('containers that fail', () => {
	const told = (stage: Stage) => {
		const [status] = only(podsOf(stage, 'auth', 'oauth2-proxy')).status?.containerStatuses ?? [];
		return {restarts: status?.restartCount, waits: status?.state.waiting?.message?.split(' restarting')[0]};
	};

	it('are started again after an ever longer wait, and are ready again when they are well', () => {
		const {stage, advance, now} = start();
		stage.ailments.add({
			is: 'crashing',
			since: now(),
			hits: ({metadata}) => metadata.name.startsWith('oauth2-proxy-'),
			exitCode: 2,
			lines: ['panic: no such issuer'],
		});
		advance(12);
		expect(told(stage)).toEqual({restarts: 1, waits: 'back-off 10s'});
		advance(60);
		expect(told(stage)).toEqual({restarts: 3, waits: 'back-off 40s'});
		advance(1200);
		expect(told(stage)).toEqual({restarts: expect.any(Number), waits: 'back-off 5m0s'});
		const pod = only(podsOf(stage, 'auth', 'oauth2-proxy'));
		expect(conditionOf(pod, 'Ready')).toMatchObject({status: 'False', reason: 'ContainersNotReady'});
		expect(stage.logs.get(`auth/${pod.metadata.name}/oauth2-proxy/previous`)?.at(-1)).toContain('panic: no such issuer');
		stage.ailments.clear();
		advance(320);
		expect(conditionOf(only(podsOf(stage, 'auth', 'oauth2-proxy')), 'Ready')?.status).toBe('True');
	});

	it('are not ready while their probe fails', () => {
		const {stage, advance, now} = start();
		const hits = ({metadata}: KubeObject) => metadata.name.startsWith('oauth2-proxy-');
		stage.ailments.add({is: 'not ready', since: now(), hits, probe: 'HTTP probe failed with statuscode: 500'});
		advance(10);
		const pod = () => only(podsOf(stage, 'auth', 'oauth2-proxy'));
		expect([pod().status?.phase, conditionOf(pod(), 'Ready')?.status]).toEqual(['Running', 'False']);
		expect(stage.store.list('', 'events').filter(({reason}) => reason === 'Unhealthy')).toHaveLength(1);
		stage.ailments.clear();
		advance(10);
		expect(conditionOf(pod(), 'Ready')?.status).toBe('True');
	});
});

describe('what the API server looks after', () => {
	it('counts what is used of a quota', () => {
		const {stage, advance} = start();
		deployments.change(stage.store, {metadata: {name: 'open-webui', namespace: 'ai'}}, draft => {
			draft.spec = {...draft.spec, replicas: 0};
		});
		advance(30);
		const quota = stage.store.list('', 'resourcequotas').find(({metadata}) => metadata.namespace === 'ai');
		expect(quota?.status).toMatchObject({used: {pods: '1', 'requests.nvidia.com/gpu': '1'}});
	});

	it('calls metrics unavailable while nobody serves them', () => {
		const {stage, advance} = start();
		const status = () => apiServices.get(stage.store, 'v1beta1.metrics.k8s.io')?.status?.conditions?.[0]?.status;
		deployments.change(stage.store, {metadata: {name: 'metrics-server', namespace: 'kube-system'}}, draft => {
			draft.spec = {...draft.spec, replicas: 0};
		});
		advance(20);
		expect(status()).toBe('False');
		deployments.change(stage.store, {metadata: {name: 'metrics-server', namespace: 'kube-system'}}, draft => {
			draft.spec = {...draft.spec, replicas: 1};
		});
		advance(30);
		expect(status()).toBe('True');
	});
});

describe('k3s', () => {
	it('takes a snapshot of etcd on each server when it is due, and keeps five', () => {
		const {stage, advance} = start();
		const all = () => snapshots.all(stage.store);
		const newest = () =>
			all()
				.map(({status}) => status.creationTime)
				.toSorted()
				.at(-1);
		expect(all()).toHaveLength(30);
		expect(newest()).toBe('2026-11-21T00:00:00Z');
		const due = all().filter(({status}) => status.creationTime === '2026-11-21T00:00:00Z');
		for (const each of due) {
			snapshots.change(stage.store, each, draft => {
				draft.status.creationTime = '2026-11-20T14:20:00Z';
			});
		}
		stage.silent.add('nuc-3');
		advance(600);
		expect(all()).toHaveLength(30);
		expect(newest()).toBe('2026-11-21T02:20:00Z');
		expect(all().filter(({status}) => status.creationTime === newest())).toHaveLength(4);
	});
});

describe('Longhorn', () => {
	const isManager = ({metadata}: KubeObject) => metadata.labels?.['longhorn.io/component'] === 'instance-manager';

	it('brings a copy up to date that was away for a moment', () => {
		const {stage, advance} = start();
		const robustness = () => {
			const all = volumes.all(stage.store).filter(({status}) => status.kubernetesStatus.pvcName === 'paperless-data');
			return only(all).status.robustness;
		};
		stage.silent.add('nuc-2');
		advance(80);
		expect(robustness()).toBe('degraded');
		stage.silent.delete('nuc-2');
		advance(30);
		const rebuilding = engines.all(stage.store).flatMap(({status}) => Object.values(status.rebuildStatus));
		expect(rebuilding.some(({progress}) => progress >= 80 && progress < 100)).toBe(true);
		advance(120);
		expect(robustness()).toBe('healthy');
		expect(replicas.all(stage.store).filter(({spec}) => spec.failedAt !== '')).toEqual([]);
	});

	it('lets a drain take its instance manager once nothing needs it, and brings it back', () => {
		const {stage, advance, now} = start();
		const manager = only(pods.all(stage.store).filter(pod => pod.spec.nodeName === 'gpu-1' && isManager(pod)));
		const budget = () =>
			stage.store.list('policy', 'poddisruptionbudgets').find(({metadata}) => metadata.name === manager.metadata.name);
		const cordon = (unschedulable: boolean) =>
			nodes.change(stage.store, {metadata: {name: 'gpu-1'}}, draft => {
				draft.spec = {...draft.spec, unschedulable};
			});
		cordon(true);
		advance(10);
		expect(budget()).toBeDefined();
		leave(stage, only(podsOf(stage, 'ai', 'ollama')), now());
		advance(20);
		expect(budget()).toBeUndefined();
		leave(stage, manager, now());
		advance(20);
		const short = volumes.all(stage.store).filter(({status}) => status.robustness === 'degraded');
		expect(short.map(({status}) => status.kubernetesStatus.pvcName)).toEqual(['open-webui-data']);
		cordon(false);
		advance(90);
		expect(budget()).toBeDefined();
		expect(pods.all(stage.store).filter(pod => pod.spec.nodeName === 'gpu-1' && isManager(pod))).toHaveLength(1);
		expect(volumes.all(stage.store).filter(({status}) => status.robustness === 'degraded')).toEqual([]);
	});

	it('follows its pod to another node', () => {
		const {stage, advance, now} = start();
		const pod = only(podsOf(stage, 'apps', 'vaultwarden'));
		nodes.change(stage.store, {metadata: {name: pod.spec.nodeName ?? ''}}, draft => {
			draft.spec = {...draft.spec, unschedulable: true};
		});
		leave(stage, pod, now());
		advance(40);
		const moved = only(podsOf(stage, 'apps', 'vaultwarden'));
		expect(moved.spec.nodeName).not.toBe(pod.spec.nodeName);
		const volume = only(volumes.all(stage.store).filter(({status}) => status.kubernetesStatus.pvcName === 'vaultwarden-data'));
		expect(volume.status).toMatchObject({state: 'attached', robustness: 'healthy', currentNodeID: moved.spec.nodeName});
	});
});

describe('Cilium', () => {
	const session = ({store}: Stage, node: string) => nodeConfigs.get(store, node)?.status?.bgpInstances?.[0]?.peers[0];

	it('lets a node peer as long as its labels say so', () => {
		const {stage, advance} = start();
		const label = (value: string | undefined) =>
			nodes.change(stage.store, {metadata: {name: 'nas-1'}}, draft => {
				if (value === undefined) delete draft.metadata.labels?.['homelab.demo/bgp'];
				else draft.metadata.labels = {...draft.metadata.labels, 'homelab.demo/bgp': value};
			});
		label('true');
		advance(30);
		expect(session(stage, 'nas-1')).toMatchObject({peeringState: 'established', routeCount: [{advertised: 9, received: 4}]});
		label(undefined);
		advance(6);
		expect(session(stage, 'nas-1')).toBeUndefined();
	});

	it('says when no node matches', () => {
		const {stage, advance} = start();
		clusterConfigs.change(stage.store, {metadata: {name: 'homelab'}}, draft => {
			if (draft.spec) draft.spec.nodeSelector = {matchLabels: {nobody: 'has it'}};
		});
		advance(6);
		const conditions = clusterConfigs.get(stage.store, 'homelab')?.status?.conditions;
		expect(conditions?.find(({type}) => type === 'cilium.io/NoMatchingNode')?.status).toBe('True');
	});

	it('writes modestly: a start that wanders by seconds, not every five seconds', () => {
		const {stage, advance} = start();
		let writes = 0;
		stage.store.onChange(({resource}) => {
			if (resource.plural === 'ciliumbgpnodeconfigs') writes += 1;
		});
		const before = Date.parse(session(stage, 'nuc-1')?.establishedTime ?? '');
		advance(600);
		expect(writes).toBeGreaterThan(0);
		expect(writes).toBeLessThan(120);
		expect(Math.abs(Date.parse(session(stage, 'nuc-1')?.establishedTime ?? '') - before)).toBeLessThan(60_000);
	});

	it('gives addresses to services until the pool is empty, and advertises them', () => {
		const {stage, advance, now} = start();
		const ask = (name: string) =>
			stage.store.put({
				...service({
					namespace: 'apps',
					name,
					selector: {app: name},
					ports: [tcp(80)],
					clusterIp: '10.43.99.1',
					address: '0.0.0.0',
					createdAt: now(),
				}),
				status: {loadBalancer: {}},
			});
		for (const at of Array.from({length: 12}).keys()) ask(`more-${at}`);
		advance(20);
		const given = services.all(stage.store).flatMap(({status}) => status?.loadBalancer?.ingress ?? []);
		expect(new Set(given.map(({ip}) => ip)).size).toBe(20);
		const waiting = services
			.all(stage.store)
			.filter(({spec, status}) => spec?.type === 'LoadBalancer' && !status?.loadBalancer?.ingress);
		expect(only(waiting).status?.conditions).toMatchObject([
			{type: 'cilium.io/IPAMRequestSatisfied', status: 'False', reason: 'out_of_ips'},
		]);
		const [pool] = pools.all(stage.store);
		expect(pool?.status?.conditions).toContainEqual(
			expect.objectContaining({type: 'cilium.io/IPsAvailable', status: 'Unknown', message: '0'}),
		);
		expect(session(stage, 'nuc-1')?.routeCount?.[0]?.advertised).toBe(20);
	});
});

describe('Velero', () => {
	it('runs what is due on the played clock, through all phases', () => {
		const {stage, advance} = start();
		schedules.change(stage.store, {metadata: {name: 'tier-0', namespace: 'velero'}}, draft => {
			draft.spec.schedule = '15 * * * *';
			draft.status = {...draft.status, lastBackup: '2026-11-21T01:15:00Z'};
		});
		const before = new Set(backups.all(stage.store).map(({metadata}) => metadata.name));
		const phases = new Set<string>();
		for (const _ of Array.from({length: 80})) {
			advance(2);
			for (const {metadata, status} of backups.all(stage.store)) if (!before.has(metadata.name)) phases.add(status?.phase ?? '');
		}
		expect([...phases]).toEqual(['New', 'ReadyToStart', 'InProgress', 'Finalizing', 'Completed']);
		const made = only(backups.all(stage.store).filter(({metadata}) => !before.has(metadata.name)));
		expect(made.metadata.name).toMatch(/^tier-0-2026112102150\d$/);
		expect(made.metadata.labels).toMatchObject({'velero.io/schedule-name': 'tier-0', 'velero.io/storage-location': 'b2'});
		expect(Date.parse(made.status?.expiration ?? '') - Date.parse(made.status?.startTimestamp ?? '')).toBe(7 * 86_400_000);
	});

	it('runs one at a time, and fails what loses its location', () => {
		const {stage, advance, now} = start();
		const schedule = schedules.get(stage.store, 'tier-0', 'velero');
		if (!schedule) throw new Error('There is no schedule.');
		const first = startBackup(stage, schedule, now());
		advance(9);
		const second = startBackup(stage, schedule, now());
		const phaseOf = ({metadata}: typeof first) => backups.get(stage.store, metadata.name, 'velero')?.status?.phase;
		advance(6);
		expect([phaseOf(first), phaseOf(second)]).toEqual(['InProgress', 'Queued']);
		advance(60);
		expect([phaseOf(first), phaseOf(second)]).toEqual(['Completed', 'InProgress']);
		for (const location of locations.all(stage.store))
			locations.change(stage.store, location, draft => {
				draft.status = {...draft.status, phase: 'Unavailable'};
			});
		advance(3);
		expect(backups.get(stage.store, second.metadata.name, 'velero')?.status).toMatchObject({
			phase: 'Failed',
			failureReason: expect.stringContaining('b2'),
		});
	});

	it('waits for data that is moved away, in part where a volume is slow', () => {
		const {stage, advance, now} = start();
		const schedule = schedules.change(stage.store, {metadata: {name: 'tier-0', namespace: 'velero'}}, draft => {
			draft.spec.template.snapshotMoveData = true;
		});
		if (!schedule) throw new Error('There is no schedule.');
		stage.ailments.add({is: 'not uploaded', since: 0, hits: pod => pod.metadata.namespace === 'apps'});
		const made = startBackup(stage, schedule, now());
		const phases = new Set<string>();
		for (const _ of Array.from({length: 80})) {
			advance(1);
			phases.add(backups.get(stage.store, made.metadata.name, 'velero')?.status?.phase ?? '');
		}
		expect([...phases].slice(-4)).toEqual([
			'InProgress',
			'WaitingForPluginOperationsPartiallyFailed',
			'FinalizingPartiallyFailed',
			'PartiallyFailed',
		]);
	});

	it('says that a schedule cannot be read, and goes on', () => {
		const {stage, advance} = start();
		schedules.change(stage.store, {metadata: {name: 'tier-0', namespace: 'velero'}}, draft => {
			draft.spec.schedule = 'every now and then';
		});
		advance(6);
		const {phase, validationErrors} = schedules.get(stage.store, 'tier-0', 'velero')?.status ?? {};
		expect(phase).toBe('FailedValidation');
		expect(validationErrors).toHaveLength(1);
	});

	it('looks at its locations once a minute, and forgets what has expired', () => {
		const {stage, advance, now} = start();
		const [oldest] = backups.all(stage.store);
		if (!oldest) throw new Error('There is no backup.');
		backups.change(stage.store, oldest, draft => {
			draft.status = {...draft.status, expiration: '2026-11-21T02:20:00Z'};
		});
		advance(300);
		expect(backups.get(stage.store, oldest.metadata.name, 'velero')).toBeDefined();
		advance(300);
		expect(backups.get(stage.store, oldest.metadata.name, 'velero')).toBeUndefined();
		const [location] = locations.all(stage.store);
		expect(now() - Date.parse(location?.status?.lastValidationTime ?? '')).toBeLessThan(70_000);
	});
});

describe('dcgm-exporter', () => {
	const page = ({proxies}: Stage) => {
		const [answer] = [...proxies].filter(([key]) => key.startsWith('pods/')).map(([, ask]) => ask('/metrics'));
		return typeof answer === 'object' ? answer.body : '';
	};

	it('writes what a parser of the text format reads', () => {
		const {stage} = start();
		const lines = page(stage).trimEnd().split('\n');
		const metrics = lines.filter(line => line.startsWith('# TYPE ')).map(line => line.split(' ')[2]);
		expect(metrics).toContain('DCGM_FI_DEV_GPU_UTIL');
		expect(metrics).toContain('DCGM_FI_PROF_GR_ENGINE_ACTIVE');
		for (const line of lines.filter(each => !each.startsWith('#'))) {
			expect(line).toMatch(/^DCGM_FI_[A-Z_]+\{([A-Za-z_]+="[^"\\]*",?)+\} \d+(\.\d+)?$/);
			expect(line).toContain('Hostname="gpu-1"');
		}
		expect(page(stage)).toMatch(/DCGM_FI_DEV_GPU_UTIL\{[^}]*modelName="NVIDIA RTX 4000 SFF Ada Generation"[^}]*pod="ollama-0"/);
	});

	it('moves every thirty seconds, not in between', () => {
		const {stage, advance} = start();
		const pages = Array.from({length: 20}, () => {
			advance(15);
			return page(stage);
		});
		const changes = pages.filter((each, at) => at > 0 && each !== pages[at - 1]).length;
		expect(changes).toBeGreaterThan(7);
		expect(changes).toBeLessThanOrEqual(10);
	});
});

describe('metrics-server', () => {
	it('says what nodes and pods use, within what they have, and moves', () => {
		const {stage, advance} = start();
		const read = () =>
			computed(stage, 'nodes').map(
				({metadata, ...rest}) => ({name: metadata.name, ...rest}) as {name: string; usage?: Record<string, string>},
			);
		const first = read();
		expect(first).toHaveLength(8);
		for (const {name, usage} of first) {
			const capacity = nodes.get(stage.store, name)?.status?.capacity;
			expect(usage?.cpu).toMatch(/^\d+n$/);
			expect(Number.parseInt(usage?.cpu ?? '', 10)).toBeLessThan(Number(capacity?.cpu) * 1e9);
			expect(Number.parseInt(usage?.memory ?? '', 10)).toBeLessThan(Number.parseInt(capacity?.memory ?? '', 10));
		}
		advance(60);
		expect(read()).not.toEqual(first);
		expect(computed(stage, 'pods')).toHaveLength(pods.all(stage.store).length);
	});
});

describe('a container', () => {
	it('says something now and then', () => {
		const {stage, advance} = start();
		const lines = () => [...stage.logs].find(([key]) => key.startsWith('media/jellyfin-'))?.[1].length ?? 0;
		const before = lines();
		advance(600);
		expect(before).toBeGreaterThan(0);
		expect(lines()).toBeGreaterThan(before);
	});
});

describe('everybody', () => {
	const bodies = [{}, {spec: {}}, {spec: {}, status: {}}, {spec: null, status: null}];
	it.each(bodies)('gets along with objects of every kind that say next to nothing: %j', body => {
		const {stage, advance} = start();
		for (const {group, versions, kind, namespaced, compute} of stage.store.resources()) {
			if (compute) continue;
			const apiVersion = group === '' ? (versions[0] ?? '') : `${group}/${versions[0]}`;
			const namespaces = namespaced ? ['default', 'kube-system', 'kube-node-lease', 'velero', 'longhorn-system'] : [undefined];
			for (const namespace of namespaces) {
				stage.store.put({apiVersion, kind, metadata: {name: 'strange', ...(namespace ? {namespace} : {})}, ...body});
			}
		}
		expect(() => advance(120)).not.toThrow();
	});
});

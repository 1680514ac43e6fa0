import {setImmediate} from 'node:timers/promises';
import {describe, expect, it} from 'vitest';
import {scenarios, worlds} from '../../source/demo/catalog.ts';
import type {KubeObject, Scenario, World} from '../../source/demo/model.ts';
import {budgets} from '../../source/demo/objects/budget.ts';
import {nodeConfigs} from '../../source/demo/objects/cilium/node-config.ts';
import {claims} from '../../source/demo/objects/claim.ts';
import {leases} from '../../source/demo/objects/lease.ts';
import {engines} from '../../source/demo/objects/longhorn/engine.ts';
import {storageNodes} from '../../source/demo/objects/longhorn/storage-node.ts';
import {volumes} from '../../source/demo/objects/longhorn/volume.ts';
import {conditionOf, nodes} from '../../source/demo/objects/node.ts';
import {pods} from '../../source/demo/objects/pod.ts';
import {backups} from '../../source/demo/objects/velero/backup.ts';
import {opening, type Rehearsal, rehearse} from './rehearsal.ts';

function called<T extends World | Scenario>(list: readonly T[], id: string): T {
	const found = list.find(each => each.id === id);
	if (!found) throw new Error(`There is no ${id}.`);
	return found;
}

const homelab = called(worlds, 'homelab');
const start = (id: string) => rehearse(homelab, called(scenarios, id));

const named = (objects: readonly KubeObject[]) => objects.map(({metadata}) => metadata.name).toSorted();

describe('calm', () => {
	it('shows a backup running during the first minute, and completed after two', () => {
		const {stage, advance} = start('calm');
		const before = backups.all(stage.store).length;
		advance(30);
		expect(backups.all(stage.store).filter(({status}) => status?.phase === 'InProgress')).toHaveLength(1);
		advance(90);
		expect(backups.all(stage.store)).toHaveLength(before + 1);
		expect(backups.all(stage.store).every(({status}) => status?.phase === 'Completed')).toBe(true);
	});

	it('stays calm for an hour', () => {
		const {stage, advance} = start('calm');
		advance(3600);
		expect(nodes.all(stage.store).every(node => conditionOf(node, 'Ready')?.status === 'True')).toBe(true);
		expect(pods.all(stage.store).every(pod => pod.status?.phase === 'Running')).toBe(true);
		expect(volumes.all(stage.store).some(({status}) => ['degraded', 'faulted'].includes(status.robustness))).toBe(false);
		expect(stage.store.list('', 'events').filter(event => event.type === 'Warning')).toEqual([]);
	});
});

describe('node-lost', () => {
	it('has happened half an hour ago', () => {
		const {stage} = start('node-lost');
		const lost = nodes.get(stage.store, 'nuc-2');
		const ready = lost && conditionOf(lost, 'Ready');
		expect(ready).toMatchObject({status: 'Unknown', reason: 'NodeStatusUnknown'});
		expect(opening - Date.parse(ready?.lastTransitionTime ?? '')).toBeGreaterThan(30 * 60_000);
		expect(lost && conditionOf(lost, 'EtcdIsVoter')?.status).toBe('False');
		expect(lost?.spec?.taints?.map(({effect}) => effect)).toEqual(['NoSchedule', 'NoExecute']);
	});

	it('leaves volumes without a copy, pods without a node and the session at its last word', () => {
		const {stage} = start('node-lost');
		const degraded = volumes.all(stage.store).filter(({status}) => status.robustness === 'degraded');
		expect(degraded.map(({status}) => status.kubernetesStatus.pvcName).toSorted()).toEqual([
			'paperless-data',
			'vaultwarden-data',
		]);
		const waiting = pods.all(stage.store).filter(({status}) => status?.phase === 'Pending');
		expect(waiting).toHaveLength(6);
		expect(waiting.filter(({spec}) => spec.nodeName !== undefined).map(({metadata}) => metadata.name)).toEqual([
			expect.stringContaining('immich-postgres'),
		]);
		const session = nodeConfigs.get(stage.store, 'nuc-2')?.status?.bgpInstances?.[0]?.peers[0];
		expect(session?.peeringState).toBe('established');
		expect(nodeConfigs.all(stage.store)).toHaveLength(7);
	});

	it('hands the virtual address to another server', () => {
		const {stage} = start('node-lost');
		expect(leases.get(stage.store, 'plndr-cp-lock', 'kube-system')?.spec).toMatchObject({
			holderIdentity: 'nuc-1',
			leaseTransitions: 8,
		});
	});

	it('begins to replace the copies in the first minute, and is done with it in the end', () => {
		const {stage, advance} = start('node-lost');
		advance(60);
		expect(engines.all(stage.store).filter(({status}) => Object.keys(status.rebuildStatus).length > 0)).toHaveLength(2);
		advance(1800);
		expect(volumes.all(stage.store).filter(({status}) => status.robustness === 'degraded')).toEqual([]);
	});

	it('heals when the node comes back', () => {
		const {stage, advance} = start('node-lost');
		stage.silent.delete('nuc-2');
		advance(600);
		const back = nodes.get(stage.store, 'nuc-2');
		expect(back && conditionOf(back, 'Ready')?.status).toBe('True');
		expect(back?.spec?.taints).toBeUndefined();
		expect(named(pods.all(stage.store).filter(pod => pod.status?.phase !== 'Running' || pod.metadata.deletionTimestamp))).toEqual(
			[],
		);
		expect(
			volumes
				.all(stage.store)
				.filter(({status}) => status.state === 'attached')
				.every(({status}) => status.robustness === 'healthy'),
		).toBe(true);
	});

	it('plays the same from the same seed', () => {
		const told = () => {
			const {stage, advance} = start('node-lost');
			advance(120);
			return stage.store.resources().flatMap(({group, plural}) => stage.store.list(group, plural));
		};
		expect(told()).toEqual(told());
	});
});

describe('disk-full', () => {
	const disk = (stage: Rehearsal['stage']) => {
		const found = storageNodes.get(stage.store, 'nuc-3', 'longhorn-system')?.status.diskStatus['nuc-3-nvme'];
		if (!found) throw new Error('The disk is gone.');
		return found;
	};
	const share = (stage: Rehearsal['stage']) => disk(stage).storageAvailable / disk(stage).storageMaximum;

	it('starts below the reserve and falls below five per cent within the first minute', () => {
		const {stage, advance} = start('disk-full');
		expect(share(stage)).toBeLessThan(0.1);
		const schedulable = disk(stage).conditions.find(({type}) => type === 'Schedulable');
		expect(schedulable).toMatchObject({status: 'False', reason: 'DiskPressure'});
		advance(60);
		expect(share(stage)).toBeLessThan(0.05);
		expect(claims.get(stage.store, 'tdarr-cache', 'media')?.status?.phase).toBe('Pending');
		const node = nodes.get(stage.store, 'nuc-3');
		expect(node && conditionOf(node, 'DiskPressure')?.status).toBe('True');
	});
});

describe('bgp-down', () => {
	it('takes the node without the label out of the peering, and resets another session for a while', () => {
		const {stage, advance} = start('bgp-down');
		const states = () => nodeConfigs.all(stage.store).map(({status}) => status?.bgpInstances?.[0]?.peers[0]?.peeringState);
		expect(nodeConfigs.get(stage.store, 'nuc-3')).toBeUndefined();
		expect(states()).toEqual(Array.from({length: 6}, () => 'established'));
		advance(40);
		expect(states().filter(state => state === 'active')).toHaveLength(1);
		advance(80);
		expect(states()).toEqual(Array.from({length: 6}, () => 'established'));
	});
});

describe('backup-stale', () => {
	it('has no good backup for eight hours, and the next try fails in part as well', () => {
		const {stage, advance} = start('backup-stale');
		const own = () => backups.all(stage.store).filter(({metadata}) => metadata.labels?.['velero.io/schedule-name'] === 'tier-0');
		const newest = (phase: string) =>
			Math.max(...own().map(({status}) => (status?.phase === phase ? Date.parse(status.startTimestamp ?? '') : 0)));
		expect((opening - newest('Completed')) / 3_600_000).toBeCloseTo(8.07, 1);
		expect((opening - newest('PartiallyFailed')) / 3_600_000).toBeCloseTo(2.07, 1);
		advance(30);
		expect(own().filter(({status}) => status?.phase === 'InProgress')).toHaveLength(1);
		advance(60);
		expect(own().filter(({status}) => status?.phase === 'PartiallyFailed')).toHaveLength(2);
	});
});

describe('gpu-xid', () => {
	const page = (stage: Rehearsal['stage']) => {
		const [key] = [...stage.proxies.keys()].filter(each => each.startsWith('pods/gpu-operator/'));
		const answer = stage.proxies.get(key ?? '')?.('/metrics');
		return typeof answer === 'object' ? answer.body : '';
	};

	it('loses the GPU within the first minute', () => {
		const {stage, advance} = start('gpu-xid');
		expect(page(stage)).toMatch(/DCGM_FI_DEV_XID_ERRORS\{[^}]*\} 31/);
		expect(page(stage)).toMatch(/DCGM_FI_DEV_GPU_UTIL\{/);
		advance(60);
		expect(page(stage)).toMatch(/DCGM_FI_DEV_XID_ERRORS\{[^}]*err_msg="GPU has fallen off the bus"[^}]*\} 79/);
		expect(page(stage)).not.toMatch(/DCGM_FI_DEV_GPU_UTIL\{/);
		expect(nodes.get(stage.store, 'gpu-1')?.status).toMatchObject({
			capacity: {'nvidia.com/gpu': '1'},
			allocatable: {'nvidia.com/gpu': '0'},
		});
		expect(pods.get(stage.store, 'ollama-0', 'ai')?.status?.containerStatuses?.[0]?.state.waiting?.reason).toBe(
			'CrashLoopBackOff',
		);
	});
});

describe('drain-blocked', () => {
	it('moves everything but what a budget holds', async () => {
		const {stage, advance} = start('drain-blocked');
		await setImmediate();
		const here = () => pods.all(stage.store).filter(({spec}) => spec.nodeName === 'nuc-1');
		const before = here().length;
		expect(nodes.get(stage.store, 'nuc-1')?.spec?.unschedulable).toBe(true);
		for (const _ of Array.from({length: 12})) {
			advance(10);
			await setImmediate();
		}
		const movable = here().filter(({metadata}) => metadata.ownerReferences?.every(({kind}) => kind !== 'DaemonSet'));
		expect(here().length).toBeLessThan(before - 5);
		expect(named(movable)).toContain('authentik-postgresql-0');
		expect(budgets.get(stage.store, 'authentik-postgresql', 'auth')?.status?.disruptionsAllowed).toBe(0);
	});
});

describe('control-plane-flapping', () => {
	it('is slow, fails, refuses and is well again within each minute', () => {
		const {stage, advance} = start('control-plane-flapping');
		const seen = new Set<string>();
		for (const _ of Array.from({length: 60})) {
			advance(1);
			const {delayMs, failing, refuse} = stage.server;
			seen.add(refuse ? 'refuses' : failing ? 'fails' : delayMs >= 1000 ? 'slow' : 'well');
		}
		expect([...seen].toSorted()).toEqual(['fails', 'refuses', 'slow', 'well']);
		advance(20 * 60);
		expect(stage.server).toMatchObject({delayMs: 0, failing: false, refuse: false});
	});
});

describe('every scenario', () => {
	const pairs = scenarios.flatMap(scenario => scenario.worlds.map(world => ({scenario: scenario.id, world})));
	it.each(pairs)('$scenario plays ten minutes in $world, and something changes in the first', ({scenario, world}) => {
		const {stage, advance} = rehearse(called(worlds, world), called(scenarios, scenario));
		const before = stage.store.version();
		advance(60);
		expect(stage.store.version()).toBeGreaterThan(before + 20);
		advance(540);
	});
});

import {describe, expect, it} from 'vitest';
import {scenarios, worlds} from '../../source/demo/catalog.ts';
import type {KubeObject, Scenario, World} from '../../source/demo/model.ts';
import {nodeConfigs} from '../../source/demo/objects/cilium.ts';
import {leases} from '../../source/demo/objects/lease.ts';
import {engines} from '../../source/demo/objects/longhorn/engine.ts';
import {volumes} from '../../source/demo/objects/longhorn/volume.ts';
import {conditionOf, nodes} from '../../source/demo/objects/node.ts';
import {pods} from '../../source/demo/objects/pod.ts';
import {backups} from '../../source/demo/objects/velero.ts';
import {opening, rehearse} from './rehearsal.ts';

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

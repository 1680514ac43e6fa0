import {expect, it} from 'vitest';
import {volumes} from '../../../source/demo/objects/longhorn/volume.ts';
import {revisions} from '../../../source/demo/objects/revision.ts';
import {webhookConfigurations} from '../../../source/demo/objects/webhook.ts';
import {daemonSets} from '../../../source/demo/objects/workload.ts';
import {hasEndpoint} from '../../../source/demo/players/admission.ts';
import {minutesBefore, podOf, start, troubled} from './started.ts';

it('has no manager on any node, and volumes that still call themselves healthy', () => {
	const {stage} = start('longhorn-down');
	expect(troubled(stage)).toEqual(Array.from({length: 6}, () => 'longhorn-system/longhorn-manager CrashLoopBackOff'));
	const attached = volumes.all(stage.store).filter(({status}) => status.state === 'attached');
	expect(attached.every(({status}) => status.robustness === 'healthy')).toBe(true);
	expect(daemonSets.get(stage.store, 'longhorn-manager', 'longhorn-system')?.status).toMatchObject({
		desiredNumberScheduled: 6,
		numberReady: 0,
		numberUnavailable: 6,
	});
	expect(webhookConfigurations.flatMap(shelf => shelf.all(stage.store))).toHaveLength(1);
	expect(hasEndpoint(stage, 'longhorn-system', 'longhorn-admission-webhook')).toBe(false);
});

it('tells which rollout it was, and what the containers said last', () => {
	const {stage} = start('longhorn-down');
	const own = revisions.all(stage.store, 'longhorn-system').filter(({metadata}) => metadata.name.startsWith('longhorn-manager-'));
	const newest = own.toSorted((one, other) => other.revision - one.revision)[0];
	expect(minutesBefore(newest?.metadata.creationTimestamp)).toBe(42);
	expect(JSON.stringify(newest?.data)).toContain('longhorn-manager:v1.11.0');
	const pod = podOf(stage, 'longhorn-system', 'longhorn-manager');
	const [container] = pod.status?.containerStatuses ?? [];
	expect(container?.restartCount).toBeGreaterThan(8);
	expect(container?.lastState?.terminated).toMatchObject({exitCode: 1, message: expect.stringContaining('is not supported')});
	expect(stage.logs.get(`longhorn-system/${pod.metadata.name}/longhorn-manager/previous`)?.at(-1)).toContain('level=fatal');
});

it('keeps the volumes frozen when a node is lost, and lives again once the release is put back', () => {
	const {stage, advance} = start('longhorn-down');
	stage.silent.add('nuc-2');
	advance(300);
	expect(volumes.all(stage.store).filter(({status}) => status.robustness === 'degraded')).toEqual([]);
	daemonSets.change(stage.store, {metadata: {name: 'longhorn-manager', namespace: 'longhorn-system'}}, draft => {
		for (const container of draft.spec?.template?.spec.containers ?? [])
			container.image = 'docker.io/longhornio/longhorn-manager:v1.9.2';
	});
	advance(120);
	expect(volumes.all(stage.store).filter(({status}) => status.robustness === 'degraded')).not.toEqual([]);
});

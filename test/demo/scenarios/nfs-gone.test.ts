import {expect, it} from 'vitest';
import {conditionOf} from '../../../source/demo/objects/node.ts';
import {deployments} from '../../../source/demo/objects/workload.ts';
import {eventsOf, minutesBefore, podOf, saidOf, start, troubled} from './started.ts';

it('hangs whatever lives on the server, on four nodes', () => {
	const {stage} = start('nfs-gone');
	expect(troubled(stage)).toEqual([
		'apps/nextcloud ContainerCreating',
		'apps/paperless-ngx running',
		'media/jellyfin ContainerCreating',
		'media/navidrome running',
		'media/radarr running',
		'media/sonarr running',
		'media/tdarr-node running',
		'photos/immich-microservices running',
		'photos/immich-server running',
	]);
	const hosts = eventsOf(stage, 'FailedMount').map(({source}) => (source as {host: string}).host);
	expect(hosts.toSorted()).toEqual(['nuc-1', 'nuc-2']);
	expect(eventsOf(stage, 'FailedMount')[0]?.message).toMatch(
		/Mounting arguments: -t nfs -o hard,nfsvers=4.2 10.0.0.41:\/volume1\/media .*\nOutput: mount.nfs: Connection timed out/,
	);
	const pod = podOf(stage, 'media', 'sonarr');
	expect(conditionOf(pod, 'Ready')).toMatchObject({
		reason: 'ContainersNotReady',
		message: 'containers with unready status: [sonarr]',
	});
	const available = saidOf(deployments.get(stage.store, 'sonarr', 'media'), 'Available');
	expect(available).toMatchObject({status: 'False', reason: 'MinimumReplicasUnavailable'});
	expect(minutesBefore(available?.lastTransitionTime)).toBeGreaterThan(20);
});

it('stays so, and is well again when the server answers', () => {
	const {stage, advance} = start('nfs-gone');
	const before = troubled(stage);
	advance(600);
	expect(troubled(stage)).toEqual(before);
	stage.ailments.clear();
	advance(60);
	expect(troubled(stage)).toEqual([]);
	expect(saidOf(deployments.get(stage.store, 'sonarr', 'media'), 'Available')?.status).toBe('True');
});

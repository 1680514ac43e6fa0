import {expect, test} from 'vitest';
import {pinnedVolumes} from '../../../../source/actions/drain/checks/pinned-volumes.ts';
import {own} from '../../../../source/vocabulary.ts';
import {node} from '../../../nodes/objects.ts';
import {localVolume, volume} from '../../../storage/objects.ts';
import {drained, podWith, told} from './sight.ts';

const nodes = [node('nuc-1'), node(drained, {labels: {'kubernetes.io/hostname': 'nuc-2.lan'}})];
const pods = [podWith('media/jellyfin-0', 'jellyfin-cache')];
const pinnedTo = (where: string) => [localVolume('pvc-9', 'media/jellyfin-cache', where)];

test('a pod whose data lies on the node alone stays pending', () => {
	for (const where of ['nuc-2', 'nuc-2.lan'])
		expect(told(pinnedVolumes, {nodes, pods, volumes: pinnedTo(where)})).toEqual([
			'overrides: pending until nuc-2 is uncordoned, as their data lies on it alone: media/jellyfin-0 (claim jellyfin-cache)',
		]);
});

test('one whose data lies elsewhere, or anywhere, does not', () => {
	expect(told(pinnedVolumes, {nodes, pods, volumes: pinnedTo('nuc-1')})).toEqual([]);
	expect(told(pinnedVolumes, {nodes, pods, volumes: [volume('pvc-9', 'nvme', 'media/jellyfin-cache')]})).toEqual([]);
	expect(told(pinnedVolumes, {nodes, volumes: pinnedTo('nuc-2')})).toEqual([]);
});

test('a pod that stays, or that nothing creates again, waits for nothing', () => {
	const [pod] = pods as readonly object[];
	for (const fate of [{is: 'stays', why: own('of a DaemonSet')} as const, {next: {is: 'gone'}} as const])
		expect(told(pinnedVolumes, {nodes, pods: [{...pod, fate}], volumes: pinnedTo('nuc-2')})).toEqual([]);
});

test('a directory of whichever node it runs on is another one elsewhere', () => {
	const anywhere = volume('pvc-9', 'manual', 'media/jellyfin-cache', {csi: undefined, hostPath: {path: '/data'}});
	expect(told(pinnedVolumes, {nodes, pods, volumes: [anywhere]})).toEqual([
		'hurts: with other data elsewhere, as theirs is a directory (hostPath) of whichever node they run on: media/jellyfin-0 (claim jellyfin-cache)',
	]);
});

import {describe, expect, test} from 'vitest';
import {transfersHere} from '../../../../source/actions/drain/checks/transfers.ts';
import {backup, hour, running} from '../../../backups/objects.ts';
import {node} from '../../../nodes/objects.ts';
import {longhornVolume} from '../../../storage/objects.ts';
import {drained, pod, podWith, told} from './sight.ts';

const nodes = [node('nuc-1'), node(drained)];
const named = (name: string) => ({namespace: 'velero', name, uid: name});
const progress = {bytesDone: 420, totalBytes: 1000};
const volumeBackup = (on: string, phase = 'InProgress') => ({
	metadata: named('tier-0-x7k'),
	spec: {node: on, pod: {namespace: 'apps', name: 'nextcloud-0'}},
	status: {phase, progress},
});
const upload = (on: string | undefined, phase = 'InProgress') => ({
	metadata: named('tier-0-data'),
	spec: {sourceNamespace: 'apps', sourcePVC: 'nextcloud-data'},
	status: {phase, node: on},
});

describe('data that is moved', () => {
	test('by the node is waited for', () => {
		expect(told(transfersHere, {nodes, transfers: {podvolumebackups: [volumeBackup('nuc-2')]}})).toEqual([
			'overrides: pod volume backup velero/tier-0-x7k runs on nuc-2, at 42%: the drain would make it fail',
		]);
		expect(told(transfersHere, {nodes, transfers: {datauploads: [upload('nuc-2')]}})).toEqual([
			'overrides: data upload velero/tier-0-data runs on nuc-2: the drain would make it fail',
		]);
	});

	test('by another node, or that is over, is none of its business', () => {
		const transfers = {
			podvolumebackups: [volumeBackup('nuc-1'), volumeBackup('nuc-2', 'Completed')],
			datauploads: [upload('nuc-1'), upload('nuc-2', 'Failed'), upload('nuc-2', 'Canceled')],
		};
		expect(told(transfersHere, {nodes, transfers})).toEqual([]);
	});

	test('is found by the claim or the pod where no node is said', () => {
		const pods = [podWith('apps/nextcloud-0', 'nextcloud-data')];
		const restore = {
			metadata: named('drill-x'),
			spec: {pod: {namespace: 'apps', name: 'nextcloud-0'}},
			status: {phase: 'InProgress'},
		};
		const download = {
			metadata: named('drill-y'),
			spec: {targetVolume: {namespace: 'apps', pvc: 'nextcloud-data'}},
			status: {phase: 'Accepted'},
		};
		const transfers = {datauploads: [upload(undefined)], podvolumerestores: [restore], datadownloads: [download]};
		expect(told(transfersHere, {nodes, pods, transfers})).toEqual([
			expect.stringContaining('pod volume restore velero/drill-x'),
			expect.stringContaining('data upload velero/tier-0-data'),
			expect.stringContaining('data download velero/drill-y'),
		]);
		expect(told(transfersHere, {nodes, transfers})).toEqual([]);
	});

	test("a backup of Longhorn's is where its volume is served", () => {
		const transfers = {backups: [{metadata: named('backup-1'), status: {state: 'InProgress', progress: 7, volumeName: 'pvc-1'}}]};
		const on = (currentNodeID: string) => [longhornVolume('pvc-1', 'media/jellyfin-config', {currentNodeID})];
		expect(told(transfersHere, {nodes, transfers, longhornVolumes: on('nuc-2')})).toEqual([
			'overrides: Longhorn backup velero/backup-1 runs on nuc-2, at 7%: the drain would make it fail',
		]);
		expect(told(transfersHere, {nodes, transfers, longhornVolumes: on('nuc-1')})).toEqual([]);
	});
});

describe("Velero's server on the node", () => {
	const server = pod('velero/velero-6d5f', {metadata: {labels: {component: 'velero'}}});
	const restores = [{metadata: named('restore-1'), spec: {backupName: 'b'}, status: {phase: 'InProgress'}}];

	test('takes what it runs with it', () => {
		expect(told(transfersHere, {nodes, pods: [server], backups: [running('tier-0-1', 'tier-0', hour)], restores})).toEqual([
			'overrides: backup tier-0-1 is running, and Velero itself is on nuc-2: the drain would make it fail',
			'overrides: restore restore-1 is running, and Velero itself is on nuc-2: the drain would make it fail',
		]);
	});

	test('is no concern while it runs nothing, or runs elsewhere', () => {
		expect(told(transfersHere, {nodes, pods: [server], backups: [backup('tier-0-1', 'tier-0', hour)]})).toEqual([]);
		expect(told(transfersHere, {nodes, backups: [running('tier-0-1', 'tier-0', hour)], restores})).toEqual([]);
	});
});

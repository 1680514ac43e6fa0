import {expect, test} from 'vitest';
import {rebuilding} from '../../../../source/actions/drain/checks/rebuilding.ts';
import {node} from '../../../nodes/objects.ts';
import {engine, longhornVolume, replica} from '../../../storage/objects.ts';
import {type Objects, told} from './sight.ts';

/** A copy on `to` is rebuilt from that on `from`, by the engine on `by`. */
const rebuilt = (from: string, to: string, by = 'nuc-1'): Objects => ({
	nodes: ['nuc-1', 'nuc-2', 'nuc-3', 'nuc-4'].map(name => node(name)),
	longhornVolumes: [longhornVolume('pvc-1', 'media/jellyfin-config', {currentNodeID: by})],
	replicas: [replica('a', 'pvc-1', from), replica('b', 'pvc-1', to)],
	engines: [engine('pvc-1', {a: 'RW', b: 'WO'}, {rebuildStatus: {'tcp://10.42.0.9': {isRebuilding: true, progress: 40}}})],
});

test('a rebuild onto, from or by the node is waited for', () => {
	expect(told(rebuilding, rebuilt('nuc-3', 'nuc-2'))).toEqual([
		'overrides: a copy of claim media/jellyfin-config is being rebuilt onto nuc-2, at 40%: the drain would break it off',
	]);
	expect(told(rebuilding, rebuilt('nuc-2', 'nuc-3'))).toEqual([expect.stringContaining('being rebuilt from nuc-2, at 40%')]);
	expect(told(rebuilding, rebuilt('nuc-3', 'nuc-4', 'nuc-2'))).toEqual([
		expect.stringContaining('being rebuilt by nuc-2, at 40%'),
	]);
});

test('one between other nodes is none of its business', () => {
	expect(told(rebuilding, rebuilt('nuc-3', 'nuc-4'))).toEqual([]);
});

test('where nothing is rebuilt there is nothing to wait for', () => {
	expect(told(rebuilding, {...rebuilt('nuc-3', 'nuc-2'), engines: [engine('pvc-1', {a: 'RW', b: 'RW'})]})).toEqual([]);
});

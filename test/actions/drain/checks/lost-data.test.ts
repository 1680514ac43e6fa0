import {expect, test} from 'vitest';
import {lostData} from '../../../../source/actions/drain/checks/lost-data.ts';
import {own} from '../../../../source/vocabulary.ts';
import {node} from '../../../nodes/objects.ts';
import {drained, pod, told} from './sight.ts';

const nodes = [node(drained)];

const by = {ownerReferences: [{apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'cache', uid: 'cache', controller: true}]};

test('data and pods that go for good are listed', () => {
	const losing = (path: string, volume: string, metadata: object = {}) =>
		pod(path, {metadata, spec: {volumes: [{name: volume, emptyDir: {}}]}, fate: {is: 'leaves', loses: [own('it')]}});
	expect(told(lostData, {nodes, pods: [losing('default/cache-0', 'cache', by), losing('default/debug', 'tmp')]})).toEqual([
		'hurts: gone for good, as nothing would create it again: default/debug',
		'hurts: lost for good is the emptyDir data of default/cache-0 (cache), default/debug (tmp)',
	]);
});

test('where nothing is lost nothing is said', () => {
	expect(told(lostData, {nodes, pods: [pod('default/web-0')]})).toEqual([]);
});

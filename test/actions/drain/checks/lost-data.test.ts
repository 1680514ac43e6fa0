import {expect, test} from 'vitest';
import {lostData} from '../../../../source/actions/drain/checks/lost-data.ts';
import {own} from '../../../../source/vocabulary.ts';
import {node} from '../../../nodes/objects.ts';
import {drained, pod, told} from './sight.ts';

const nodes = [node(drained)];

test('what goes for good is listed, pod by pod', () => {
	const losing = (path: string, ...loses: string[]) => pod(path, {fate: {is: 'leaves', loses: loses.map(own)}});
	const pods = [
		losing('default/cache-0', 'emptyDir data (cache, 1 volume)'),
		losing('default/debug', 'the pod itself: it has no controller'),
	];
	expect(told(lostData, {nodes, pods})).toEqual([
		'hurts: lost for good: default/cache-0 (emptyDir data (cache, 1 volume)), default/debug (the pod itself: it has no controller)',
	]);
});

test('where nothing is lost nothing is said', () => {
	expect(told(lostData, {nodes, pods: [pod('default/web-0')]})).toEqual([]);
});

import {expect, test} from 'vitest';
import {fit as check} from '../../../../source/actions/drain/checks/fit.ts';
import type {Next} from '../../../../source/actions/drain/sight.ts';
import {own, type RawName} from '../../../../source/vocabulary.ts';
import {node} from '../../../nodes/objects.ts';
import {drained, pod, sight, told} from './sight.ts';

const nodes = [node(drained, {labels: {'kubernetes.io/hostname': drained}})];
const then = (next: Next) => [pod('default/db-0', {fate: {next}})];
const why = own('needs 4Gi memory, the roomiest fitting node has 1.2Gi');

test('what fits nowhere asks for a typed name; what may find its room taken hurts', () => {
	expect(told(check, {nodes, pods: then({is: 'pending', why})})).toEqual([`overrides: default/db-0 will be pending: ${why}`]);
	expect(told(check, {nodes, pods: then({is: 'pending', why, contested: true})})).toEqual([
		`hurts: default/db-0 will be pending: ${why}`,
	]);
});

test('pods that wait for the same reason are told together', () => {
	const pods = [0, 1].map(at => pod(`default/db-${at}`, {fate: {next: {is: 'pending', why}}}));
	expect(told(check, {nodes, pods})).toEqual([`overrides: default/db-0, default/db-1 will be pending: ${why}`]);
	const all = pods.map(({metadata: {namespace, name}}) => ({resource: 'pods', namespace, name}));
	expect(check(sight({nodes, pods}))).toMatchObject([{objects: all}]);
});

test('what cannot be told is told as that', () => {
	const [line] = told(check, {nodes, pods: then({is: 'untold', why: own('its claim data has no volume yet')})});
	expect(line).toBe('unknown: whether there is room elsewhere cannot be told for default/db-0: its claim data has no volume yet');
});

test('what may come back to the drained node is told, but not of what an operator makes', () => {
	const ownerReferences = [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'operator', uid: 'set', controller: true}];
	const pods = [pod('kube-system/operator', {metadata: {ownerReferences}, fate: {next: {is: 'fits', here: true}}})];
	const owner = {
		is: 'there',
		shown: own('kube-system/operator'),
		wanted: 1,
		ends: undefined,
		bound: '' as RawName,
	} as const;
	expect(told(check, {nodes, pods, owners: {set: owner}})).toEqual([
		'tells: may come back to nuc-2 itself, tolerating its cordon: kube-system/operator',
	]);
	expect(told(check, {nodes, pods, owners: {set: {is: 'unread', why: own('not known here')}}})).toEqual([]);
});

test('what fits, goes for good or stays is no concern', () => {
	expect(told(check, {nodes, pods: [...then({is: 'fits'}), ...then({is: 'gone'})]})).toEqual([]);
	expect(told(check, {nodes, pods: [pod('default/agent', {fate: {is: 'stays', why: own(''), next: {is: 'stays'}}})]})).toEqual(
		[],
	);
});

test('a volume that lies on the drained node is told as pinned, and not twice', () => {
	const volumes = [
		{
			metadata: {name: 'pv-1'},
			spec: {
				claimRef: {namespace: 'default', name: 'data'},
				local: {path: '/data'},
				nodeAffinity: {
					required: {
						nodeSelectorTerms: [{matchExpressions: [{key: 'kubernetes.io/hostname', operator: 'In', values: [drained]}]}],
					},
				},
			},
		},
	];
	const pods = then({is: 'pending', why, volume: 'pv-1' as RawName});
	expect(told(check, {nodes, pods, volumes})).toEqual([]);
	expect(told(check, {nodes, pods})).toHaveLength(1);
});

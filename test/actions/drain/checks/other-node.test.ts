import {expect, test} from 'vitest';
import {otherNode} from '../../../../source/actions/drain/checks/other-node.ts';
import {condition, cordoned, days, lease, minutes, node} from '../../../nodes/objects.ts';
import {told} from './sight.ts';

test('nodes that are well are no concern, nor is one that was cordoned long ago, nor the node itself', () => {
	const notReady = {conditions: [condition('Ready', 'False', 5 * minutes)]};
	const nodes = [node('nuc-1'), node('nuc-2', notReady), node('pi4-1', {spec: cordoned(2 * days)})];
	expect(told(otherNode, {nodes})).toEqual([]);
});

test('a second node that is down is told with its state', () => {
	const nodes = [node('nuc-1'), node('nuc-2'), node('nuc-3', {conditions: [condition('Ready', 'False', 5 * minutes)]})];
	const leases = [lease('nuc-1', 35 * minutes), lease('nuc-2'), lease('nuc-3')];
	expect(told(otherNode, {nodes, leases})).toEqual([
		'hurts: this would be one more node that is away, beside nuc-1 (silent 35m), nuc-3 (not ready 5m)',
	]);
});

test('a node that is worked on is told with what is done to it', () => {
	const nodes = [
		node('nuc-1', {spec: cordoned(12 * minutes)}),
		node('nuc-2'),
		node('nuc-3', {conditions: [condition('DrainInProgress', 'True', minutes)]}),
		node('tal-1', {metadata: {annotations: {'talos.dev/cordoned': 'true'}}, spec: {unschedulable: true}}),
		node('tal-2', {spec: cordoned(3 * minutes)}),
	];
	expect(told(otherNode, {nodes})).toEqual([
		'hurts: another node is worked on: nuc-1 (cordoned 12m ago), nuc-3 (in maintenance), tal-1 (upgraded or rebooted by Talos) and 1 more',
	]);
});

test('the others of the same drain are no news to whoever drains them', () => {
	const nodes = [node('nuc-1', {spec: cordoned(minutes)}), node('nuc-2'), node('nuc-3', {spec: cordoned(minutes)})];
	expect(told(otherNode, {nodes, turns: ['nuc-1', 'nuc-2', 'nuc-3']})).toEqual([]);
});

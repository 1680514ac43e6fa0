import {expect, test} from 'vitest';
import {cordonOwner} from '../../../../source/actions/drain/checks/cordon-owner.ts';
import {ago, cordoned, days, minutes, node, plan, wroteCordon} from '../../../nodes/objects.ts';
import {drained, told} from './sight.ts';

const of = (fields: object, plans: readonly object[] = []) =>
	told(cordonOwner, {nodes: [node('nuc-1'), node(drained, fields)], plans});

test('a node that takes pods has no cordon to speak of', () => {
	expect(of({})).toEqual([]);
	expect(of({}, [plan('k3s-agent', ['nuc-1'])])).toEqual([]);
});

test('whoever cordoned it is told, and that it stays so', () => {
	expect(of({spec: cordoned(2 * days), metadata: wroteCordon('kubectl-cordon')})).toEqual([
		'tells: nuc-2 is cordoned already (by kubectl-cordon, 2d ago): no roll back takes that cordon away',
	]);
	expect(of({spec: {unschedulable: true}})).toEqual([expect.stringContaining('cordoned already (by somebody)')]);
});

test('the cordon of the run that is taken up again is its own', () => {
	const mark = {by: 'anna@bridge', at: ago(5 * minutes), run: 'run-1'};
	const annotations = {'midwatch.dev/cordoned-by': JSON.stringify(mark)};
	const nodes = [node(drained, {spec: cordoned(5 * minutes), metadata: {annotations}})];
	expect(told(cordonOwner, {nodes, resumes: 'run-1'})).toEqual([]);
	expect(told(cordonOwner, {nodes})).toEqual([expect.stringContaining('(by anna@bridge with midwatch, 5m ago)')]);
});

test('an upgrade under way drains it by itself', () => {
	expect(of({}, [plan('k3s-agent', ['nuc-2'])])).toEqual([
		'overrides: nuc-2 is being upgraded by plan system-upgrade/k3s-agent, which drains and uncordons it by itself',
	]);
	expect(of({spec: {unschedulable: true}, metadata: {annotations: {'talos.dev/cordoned': 'true'}}})).toEqual([
		'overrides: nuc-2 is being upgraded or rebooted by Talos, which cordoned it and uncordons it by itself',
	]);
});

import {expect, test} from 'vitest';
import {onlyReplica} from '../../../../source/actions/drain/checks/only-replica.ts';
import {ownerOf} from '../../../../source/actions/drain/owner.ts';
import type {Raw} from '../../../../source/cluster/raw.ts';
import {own} from '../../../../source/vocabulary.ts';
import {node} from '../../../nodes/objects.ts';
import {drained, pod, told} from './sight.ts';

const nodes = [node(drained)];
const by = (owner: string) => ({
	ownerReferences: [{apiVersion: 'apps/v1', kind: 'StatefulSet', name: owner, uid: owner, controller: true}],
});
const owners = (replicas: number) => ({
	db: ownerOf({metadata: {namespace: 'default', name: 'db'}, spec: {replicas}} as unknown as Raw, 'StatefulSet'),
});
const db = (at: number, more: object = {}) => pod(`default/db-${at}`, {metadata: {...by('db'), ...more}});

test('a workload with its only pod here is down meanwhile', () => {
	expect(told(onlyReplica, {nodes, pods: [db(0)], owners: owners(1)})).toEqual([
		'hurts: down until its pods run elsewhere, for all are on nuc-2: default/db',
	]);
});

test('so is one with all of its pods here', () => {
	expect(told(onlyReplica, {nodes, pods: [db(0), db(1)], owners: owners(2)})).toEqual([
		'hurts: down until its pods run elsewhere, for all are on nuc-2: default/db (all 2)',
	]);
});

test('not one that runs elsewhere too, or whose pod stays', () => {
	expect(told(onlyReplica, {nodes, pods: [db(0)], owners: owners(2)})).toEqual([]);
	const stays = pod('default/db-0', {metadata: by('db'), fate: {is: 'stays', why: own('')}});
	expect(told(onlyReplica, {nodes, pods: [stays], owners: owners(1)})).toEqual([]);
	expect(told(onlyReplica, {nodes, pods: [db(0)], owners: {}})).toEqual([]);
});

test('a Deployment is named, not its ReplicaSet', () => {
	const owner = {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', controller: true};
	const raw = {
		metadata: {namespace: 'default', name: 'web-5d4', ownerReferences: [owner]},
		spec: {replicas: 1},
	} as unknown as Raw;
	const of = {db: ownerOf(raw, 'ReplicaSet')};
	expect(told(onlyReplica, {nodes, pods: [db(0)], owners: of})).toEqual([
		'hurts: down until its pods run elsewhere, for all are on nuc-2: default/web',
	]);
});

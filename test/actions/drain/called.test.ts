import {expect, test} from 'vitest';
import {calledAll} from '../../../source/actions/drain/called.ts';
import {type Owners, ownerOf} from '../../../source/actions/drain/owner.ts';
import type {DrainPod} from '../../../source/actions/drain/pod.ts';
import type {Raw} from '../../../source/cluster/raw.ts';
import {pod} from './objects.ts';

const set = (name: string, above?: string): Raw => {
	const ownerReferences = above === undefined ? [] : [{kind: 'Deployment', name: above, controller: true}];
	return {metadata: {namespace: 'photos', name, ownerReferences}} as unknown as Raw;
};
const owners: Owners = new Map([
	['server', ownerOf(set('server-5d4', 'server'), 'ReplicaSet')],
	['plain', ownerOf(set('plain'), 'ReplicaSet')],
	['db', ownerOf(set('db'), 'StatefulSet')],
	['gone', {is: 'gone'}],
]);
const of = (name: string, kind: string, owner: string): DrainPod => ({
	...pod(`photos/${name}`),
	controller: {apiVersion: 'apps/v1', kind, name: owner as DrainPod['name'], uid: owner},
});

test('pods go by their workload, counted; those of a StatefulSet, and such as nobody made, by their own names', () => {
	const pods = [
		of('server-5d4-x7x2q', 'ReplicaSet', 'server'),
		of('server-5d4-l4cjg', 'ReplicaSet', 'server'),
		of('plain-q2z7k', 'ReplicaSet', 'plain'),
		of('db-0', 'StatefulSet', 'db'),
		of('lost-1', 'ReplicaSet', 'gone'),
	];
	expect(calledAll(pods, owners)).toBe('photos/server ×2, photos/plain, photos/db-0, photos/lost-1');
});

test('of many the first are named', () => {
	const pods = Array.from({length: 12}, (_, at) => of(`db-${at}`, 'StatefulSet', 'db'));
	expect(calledAll(pods, owners)).toBe('photos/db-0, photos/db-1, photos/db-2, photos/db-3 and 8 more');
});

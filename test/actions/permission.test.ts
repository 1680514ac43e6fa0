import {afterAll, beforeAll, expect, test} from 'vitest';
import {notPermitted} from '../../source/actions/permission.ts';
import type {Deed} from '../../source/cluster/access.ts';
import {spoilerBefore} from '../_helpers/spoiler.ts';
import {type Running, running} from '../demo/running.ts';
import {handsOn} from './hands.ts';

let embedded: Running;
beforeAll(async () => {
	embedded = await running();
});
afterAll(() => embedded.stop());

const evict = (namespace: string): Deed => ({verb: 'create', group: '', resource: 'pods', subresource: 'eviction', namespace});
const patch = (name: string): Deed => ({verb: 'patch', group: '', resource: 'nodes', name});

test('nothing is missing where all is permitted', async () => {
	using hands = handsOn(embedded.cluster);
	expect(await notPermitted('drain', [evict('default'), patch('n1')], hands.transport)).toBeUndefined();
	expect(await notPermitted('drain', [], hands.transport)).toBeUndefined();
});

test('what is missing is named by verb, resource and namespace, with the role that would do', async () => {
	const token = embedded.cluster.addUser('helper', [
		{apiGroups: [''], resources: ['nodes'], verbs: ['patch']},
		{namespace: 'default', apiGroups: [''], resources: ['pods/eviction'], verbs: ['create']},
	]);
	using hands = handsOn(embedded.cluster, {token});
	const said = await notPermitted('drain', [patch('n1'), evict('default'), evict('apps'), evict('apps')], hands.transport);
	expect(said).toMatch(
		/^not permitted: create pods\/eviction in namespace apps(?!.*and \d more).*; the role for it: midwatch rbac drain$/,
	);
	const velero: Deed = {verb: 'create', group: 'velero.io', resource: 'backups', namespace: 'velero'};
	expect(await notPermitted('backup', [velero], hands.transport)).toMatch(
		/^not permitted: create backups\.velero\.io in namespace velero.*; the role for it: midwatch rbac backup$/,
	);
});

test('many are counted; names of objects are shown safely', async () => {
	const token = embedded.cluster.addUser('nobody', []);
	using hands = handsOn(embedded.cluster, {token});
	const said = await notPermitted('cordon', ['a\u001b[2J', 'b', 'c', 'd', 'e'].map(patch), hands.transport);
	expect(said).toMatch(
		/^not permitted: patch nodes a, patch nodes b, patch nodes c and 2 more.*; the role for it: midwatch rbac cordon$/,
	);
});

test('where it may not even be asked, that is told, and nothing is taken for permitted', async () => {
	await using spoiler = await spoilerBefore(embedded.cluster.server, embedded.cluster.ca);
	const refusal = {kind: 'Status', message: 'selfsubjectaccessreviews is forbidden', reason: 'Forbidden', code: 403};
	spoiler.spoil(({path}) => (path.includes('selfsubjectaccessreviews') ? {status: 403, body: refusal} : 'pass'));
	using hands = handsOn(embedded.cluster, spoiler);
	expect(await notPermitted('cordon', [patch('n1')], hands.transport)).toMatch(
		/^whether it is permitted may not be asked here: 403: selfsubjectaccessreviews is forbidden$/,
	);
});
